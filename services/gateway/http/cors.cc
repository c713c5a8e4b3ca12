#include "services/gateway/http/cors.h"

#include <algorithm>
#include <string_view>

namespace jiebang::gateway {
namespace {

constexpr char kVerbs[] = "GET, POST, PUT, PATCH, DELETE";
constexpr char kRequestHeaders[] =
    "Authorization, Content-Type, Content-Encoding, Content-Digest, Connect-Protocol-Version, Connect-Timeout-Ms, "
    "Connect-Accept-Encoding, Connect-Content-Encoding, Grpc-Timeout, X-Grpc-Web, X-User-Agent, Idempotency-Key, "
    "If-None-Match, Traceparent, Jiebang-On-Behalf-Of, Jiebang-Key-Id, Jiebang-Timestamp, Jiebang-Nonce, "
    "Jiebang-Signature";
constexpr char kResponseHeaders[] =
    "Connect-Content-Encoding, Content-Encoding, ETag, Grpc-Encoding, Grpc-Status, Grpc-Message, "
    "Grpc-Status-Details-Bin, Retry-After";
// Two hours, beyond which Chromium does not remember.
constexpr char kMaxAgeSeconds[] = "7200";

}  // namespace

bool Cors::IsPreflight(const http::Request& request) const {
  return !allowed_.empty() && request.verb == "OPTIONS" && request.Find("origin") &&
         request.Find("access-control-request-method");
}

http::Response Cors::AnswerPreflight(const http::Request& request) const {
  http::Response response{.status = 204};
  if (Allows(request)) {
    response.headers.emplace_back("Access-Control-Allow-Methods", kVerbs);
    response.headers.emplace_back("Access-Control-Allow-Headers", kRequestHeaders);
    response.headers.emplace_back("Access-Control-Max-Age", kMaxAgeSeconds);
  }
  return response;
}

http::Response::Headers Cors::HeadersFor(const http::Request& request) const {
  http::Response::Headers headers;
  if (allowed_.empty()) return headers;
  // What is cached for one origin is not for another one.
  headers.emplace_back("Vary", "Origin");
  if (!Allows(request)) return headers;
  headers.emplace_back("Access-Control-Allow-Origin", allows_all() ? "*" : std::string(request.Value("origin")));
  headers.emplace_back("Access-Control-Expose-Headers", kResponseHeaders);
  return headers;
}

bool Cors::Allows(const http::Request& request) const {
  const std::string_view origin = request.Value("origin");
  return !origin.empty() && (allows_all() || std::find(allowed_.begin(), allowed_.end(), origin) != allowed_.end());
}

bool Cors::allows_all() const { return std::find(allowed_.begin(), allowed_.end(), "*") != allowed_.end(); }

}  // namespace jiebang::gateway
