#include "services/gateway/http/front.h"

#include <iterator>
#include <optional>
#include <string>
#include <utility>

#include "services/gateway/door/refusals.h"
#include "services/gateway/http/connect/error.h"
#include "services/gateway/http/connect/unary.h"
#include "services/gateway/http/dialect.h"
#include "services/gateway/http/enveloped_call.h"
#include "services/gateway/http/refusals.h"
#include "services/gateway/http/rest_call.h"

namespace jiebang::gateway {
namespace {

constexpr std::string_view kRestPrefix = "/v1/";

bool IsRest(const http::Request& request) { return request.path.substr(0, kRestPrefix.size()) == kRestPrefix; }

bool IsStream(const Route& route) { return route.client_streaming || route.server_streaming; }

// A method of streams that is called as if it had none.
http::Response NotAStream(const http::Request& request) {
  http::Response response = ConnectError(UnknownContentType(request.Value("content-type"), kEnvelopedTypes));
  response.headers.emplace_back("Accept-Post", kEnvelopedTypes);
  return response;
}

}  // namespace

Task<void> Front::Serve(http::Exchange& exchange) {
  const http::Request& request = exchange.request();
  http::Response::Headers headers = cors_.HeadersFor(request);
  if (serving_ && request.verb == "POST") {
    const std::optional<Dialect> dialect = Dialect::Of(request.Value("content-type"));
    const Route* const route = dialect ? routes_.Find(std::string(request.path)) : nullptr;
    if (route != nullptr && (dialect->is_grpc_web || IsStream(*route))) {
      co_await ServeEnveloped(door_, exchange, *route, *dialect, std::move(headers));
      co_return;
    }
  }
  if (serving_ && IsRest(request) && !cors_.IsPreflight(request)) {
    co_await ServeRest(door_, rest_routes_, exchange, std::move(headers));
    co_return;
  }
  http::Response response = co_await Answer(exchange);
  std::move(headers.begin(), headers.end(), std::back_inserter(response.headers));
  exchange.Respond(std::move(response));
}

Task<http::Response> Front::Answer(http::Exchange& exchange) {
  const http::Request& request = exchange.request();
  if (cors_.IsPreflight(request)) co_return cors_.AnswerPreflight(request);
  if (resources_.Has(request.path)) co_return co_await resources_.Answer(exchange);
  if (!serving_) co_return IsRest(request) ? RestErrorResponse(Stopping()) : ConnectError(Stopping());
  const Route* const route = routes_.Find(std::string(request.path));
  if (route == nullptr) co_return ConnectError(NoSuchPath(request.path));
  if (IsStream(*route)) co_return NotAStream(request);
  co_return co_await AnswerConnectUnary(door_, exchange, *route);
}

http::Response Front::ResponseTo(http::Fault fault) const { return ConnectError(RefusalOf(fault)); }

}  // namespace jiebang::gateway
