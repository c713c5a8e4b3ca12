#include "services/gateway/http/rest_call.h"

#include <iterator>
#include <optional>
#include <string>
#include <utility>

#include "absl/time/clock.h"
#include "common/errors/error.h"
#include "common/rpc/loop.h"
#include "common/rpc/status_conversion.h"
#include "common/status/status_macros.h"
#include "services/gateway/door/backend_call.h"
#include "services/gateway/http/calls.h"
#include "services/gateway/http/codec.h"
#include "services/gateway/http/http_status.h"
#include "services/gateway/http/media_type.h"
#include "services/gateway/http/refusals.h"
#include "services/gateway/http/representation.h"
#include "services/gateway/json/json.h"
#include "services/gateway/rest/rest_error.h"

namespace jiebang::gateway {
namespace {

constexpr char kRestType[] = "application/json";
constexpr char kLinesType[] = "application/x-ndjson";

absl::Status NotByRest() {
  return Refusal{.code = absl::StatusCode::kUnimplemented,
                 .reason = "STREAM_OF_REQUESTS",
                 .en = "a stream of requests is not for REST; use Connect or gRPC",
                 .zh = "请求流不支持 REST 方式，请使用 Connect 或 gRPC"}
      .ToStatus();
}

// What is no refusal gets the details that rpc::ToGrpc gives it.
RestError RestErrorOf(const absl::Status& status) {
  return RestError::Of(rpc::FromGrpc(rpc::ToGrpc(status)), HttpStatusOf(status));
}

// A call whose caller was admitted, and its request.
struct RestCall {
  const Route* route = nullptr;
  Admitted admitted;
  grpc::ByteBuffer request;
};

Task<absl::StatusOr<RestCall>> ReadRest(Door& door, const RestRoutes& routes, http::Exchange& exchange) {
  const http::Request& head = exchange.request();
  CO_ASSIGN_OR_RETURN(const RestMatch match, routes.Match(IsGet(head) ? "GET" : head.verb, head.path));
  const bool is_head_of_stream = head.verb == "HEAD" && match.route->server_streaming;
  if (is_head_of_stream) co_return routes.Match(head.verb, head.path).status();
  if (match.route->client_streaming) co_return NotByRest();
  const std::string type = MediaTypeOf(head.Value("content-type"));
  if (!type.empty() && type != kRestType) co_return UnknownContentType(type, kRestType);
  const std::string_view encoding = head.Value("content-encoding");
  CO_ASSIGN_OR_RETURN(AdmittedRequest read, co_await AdmitAndRead(door, exchange, *match.route, absl::InfiniteFuture(),
                                                                  encoding, kMaxJsonBytes));
  google::protobuf::Arena arena;
  google::protobuf::Message& request = NewMessage(*match.route->method->input_type(), arena);
  CO_RETURN_IF_ERROR(Bind(match, head.query, read.body, request));
  CO_ASSIGN_OR_RETURN(grpc::ByteBuffer bytes, RequestOf(request, head.Value("idempotency-key")));
  co_return RestCall{match.route, std::move(read.admitted), std::move(bytes)};
}

Task<absl::StatusOr<http::Response>> AnswerRest(http::Exchange& exchange, RestCall rest) {
  BackendCall call = BackendCallOf(exchange, *rest.route, rest.admitted);
  CO_ASSIGN_OR_RETURN(grpc::ByteBuffer answer, co_await CallService(std::move(call), std::move(rest.request)));
  CO_ASSIGN_OR_RETURN(std::string body, AnswerOf(Codec::kJson, *rest.route->method, std::move(answer)));
  co_return Represent(exchange.request(), *rest.route, kRestType, std::move(body));
}

// One answer as a line; none where there are no more.
Task<absl::StatusOr<std::optional<std::string>>> NextLine(const Route& route, ServiceStream& stream) {
  std::optional<grpc::ByteBuffer> answer = co_await stream.Read();
  std::optional<std::string> line;
  if (answer) {
    CO_ASSIGN_OR_RETURN(const std::string json, AnswerOf(Codec::kJson, *route.method, *std::move(answer)));
    line = ResultLine(json);
  }
  co_return line;
}

// What fails before its first answer is an error like any other; behind that, the last line tells of it.
Task<std::optional<http::Response>> ServeLines(OpenStreams& streams, http::Exchange& exchange, RestCall rest,
                                               http::Response::Headers headers) {
  rpc::Loop& loop = static_cast<rpc::Loop&>(co_await Home());
  exchange.BecomeStream();
  ServiceStream stream(BackendCallOf(exchange, *rest.route, rest.admitted), streams);
  co_await stream.Start(loop);
  co_await stream.Write(std::move(rest.request));
  co_await stream.WritesDone();
  bool has_begun = false;
  absl::Status fault;
  while (true) {
    absl::StatusOr<std::optional<std::string>> line = co_await NextLine(*rest.route, stream);
    if (!line.ok()) fault = line.status();
    if (!line.ok() || !line->has_value()) break;
    if (!has_begun) exchange.Begin({.content_type = kLinesType, .headers = headers});
    has_begun = true;
    const bool taken = co_await exchange.Write(**std::move(line));
    if (!taken) {
      stream.Cancel();
      break;
    }
  }
  if (!fault.ok()) stream.Cancel();
  const absl::Status outcome = co_await stream.Finish();
  const absl::Status status = fault.ok() ? outcome : fault;
  if (!has_begun && !status.ok()) co_return RestErrorResponse(status);
  if (!has_begun) exchange.Begin({.content_type = kLinesType, .headers = headers});
  exchange.End(status.ok() ? "" : RestErrorOf(status).body + "\n");
  co_return std::nullopt;
}

void Respond(http::Exchange& exchange, http::Response response, http::Response::Headers headers) {
  std::move(headers.begin(), headers.end(), std::back_inserter(response.headers));
  exchange.Respond(std::move(response));
}

}  // namespace

http::Response RestErrorResponse(const absl::Status& status) {
  RestError error = RestErrorOf(status);
  http::Response response{.status = error.http_status,
                          .content_type = kRestType,
                          .body = std::move(error.body),
                          .headers = {{"Cache-Control", "no-store"}}};
  if (!error.allow.empty()) response.headers.emplace_back("Allow", std::move(error.allow));
  if (!error.retry_after.empty()) response.headers.emplace_back("Retry-After", std::move(error.retry_after));
  return response;
}

Task<void> ServeRest(Door& door, const RestRoutes& routes, http::Exchange& exchange, http::Response::Headers headers) {
  absl::StatusOr<RestCall> call = co_await ReadRest(door, routes, exchange);
  if (!call.ok()) {
    Respond(exchange, RestErrorResponse(call.status()), std::move(headers));
  } else if (call->route->server_streaming) {
    std::optional<http::Response> error = co_await ServeLines(door.streams(), exchange, *std::move(call), headers);
    if (error) Respond(exchange, *std::move(error), std::move(headers));
  } else {
    absl::StatusOr<http::Response> response = co_await AnswerRest(exchange, *std::move(call));
    Respond(exchange, response.ok() ? *std::move(response) : RestErrorResponse(response.status()), std::move(headers));
  }
}

}  // namespace jiebang::gateway
