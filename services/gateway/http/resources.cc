#include "services/gateway/http/resources.h"

#include <utility>
#include <vector>

#include "absl/strings/str_join.h"
#include "services/gateway/http/connect/error.h"
#include "services/gateway/http/etag.h"
#include "services/gateway/http/refusals.h"

namespace jiebang::gateway {
namespace {

http::Response DocumentResponse(const http::Request& request, const http::Response& document) {
  const std::string& etag = document.headers.front().second;
  if (!EtagMatches(request.Value("if-none-match"), etag)) return document;
  return {.status = 304, .headers = document.headers};
}

}  // namespace

void Resources::Add(std::string verb, std::string path, Resource resource, std::size_t max_body_bytes) {
  by_path_[std::move(path)][std::move(verb)] = {std::move(resource), max_body_bytes};
}

void Resources::AddDocument(std::string path, std::string content_type, std::string body) {
  std::string etag = EtagOf(body, false);
  http::Response document{
      .content_type = std::move(content_type),
      .body = std::move(body),
      .headers = {
          {"ETag", std::move(etag)}, {"Cache-Control", "public, max-age=300"}, {"X-Content-Type-Options", "nosniff"}}};
  Add("GET", std::move(path),
      [document = std::move(document)](const http::Request& request, std::string) -> Task<http::Response> {
        co_return DocumentResponse(request, document);
      });
}

Task<http::Response> Resources::Answer(http::Exchange& exchange) const {
  const http::Request& request = exchange.request();
  const auto& by_verb = by_path_.find(request.path)->second;
  const auto found = by_verb.find(request.verb == "HEAD" ? "GET" : request.verb);
  if (found == by_verb.end()) {
    const std::string allowed =
        absl::StrJoin(by_verb, ", ", [](std::string* out, const auto& entry) { out->append(entry.first); });
    http::Response response = ConnectError(WrongVerb(request.verb, allowed));
    response.headers.emplace_back("Allow", allowed);
    co_return response;
  }
  const Entry& entry = found->second;
  absl::StatusOr<std::string> body = co_await exchange.ReadBody(entry.max_body_bytes);
  if (!body.ok()) co_return ConnectError(UnreadableBody(body.status(), entry.max_body_bytes));
  co_return co_await entry.resource(request, *std::move(body));
}

}  // namespace jiebang::gateway
