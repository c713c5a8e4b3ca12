#include "services/gateway/http/representation.h"

#include <utility>

#include "absl/algorithm/container.h"
#include "google/protobuf/descriptor.pb.h"
#include "services/gateway/http/arrival.h"
#include "services/gateway/http/etag.h"
#include "services/gateway/http/gzip.h"

namespace jiebang::gateway {
namespace {

constexpr char kPublicCaching[] = "public, max-age=5";
constexpr char kPrivateCaching[] = "private, no-cache";
constexpr char kVaryWith[] = "Accept-Encoding, Authorization, Jiebang-On-Behalf-Of, Jiebang-Signature";

bool IsPublic(const Route& route) { return absl::c_linear_search(route.policy->roles(), options::v1::ROLE_PUBLIC); }

}  // namespace

bool HasNoSideEffects(const Route& route) {
  return route.method->options().idempotency_level() == google::protobuf::MethodOptions::NO_SIDE_EFFECTS;
}

bool IsGet(const http::Request& request) { return request.verb == "GET" || request.verb == "HEAD"; }

http::Response Represent(const http::Request& request, const Route& route, std::string content_type, std::string body) {
  http::Response response{.content_type = std::move(content_type), .body = std::move(body)};
  const bool compresses = response.body.size() >= kWorthCompressing && TakesGzip(request.Value("accept-encoding"));
  if (IsGet(request)) {
    std::string etag = EtagOf(response.body, compresses);
    const bool has_it = EtagMatches(request.Value("if-none-match"), etag);
    response.headers.emplace_back("ETag", std::move(etag));
    const bool is_public = IsPublic(route) && !HasCredentials(request);
    response.headers.emplace_back("Cache-Control", is_public ? kPublicCaching : kPrivateCaching);
    response.headers.emplace_back("Vary", kVaryWith);
    if (has_it) {
      response.status = 304;
      response.content_type.clear();
      response.body.clear();
      return response;
    }
  }
  if (compresses) {
    response.body = Compress(response.body);
    response.headers.emplace_back("Content-Encoding", kGzip);
  }
  return response;
}

}  // namespace jiebang::gateway
