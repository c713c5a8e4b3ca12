#include "services/gateway/http/arrival.h"

#include <utility>
#include <vector>

#include "absl/strings/str_join.h"
#include "common/rpc/metadata.h"

namespace jiebang::gateway {
namespace {

constexpr char kSignature[] = "jiebang-signature";

// Of one that was sent several times: all, in order, joined by commas.
std::string AllValues(const http::Request& request, std::string_view name) {
  std::vector<std::string> values;
  for (const http::Request::Field& field : request.fields) {
    if (http::SameName(field.name, name)) values.emplace_back(field.value);
  }
  return absl::StrJoin(values, ",");
}

Credentials CredentialsOf(const http::Request& request, const TrustedProxies& proxies, std::string body) {
  Origin origin = OriginOf(request, proxies);
  Credentials credentials{.authorization = std::string(request.Value(rpc::kAuthorizationMetadata)),
                          .address = std::move(origin.address),
                          .client_certificate = std::move(origin.client_certificate),
                          .on_behalf_of = std::string(request.Value(kOnBehalfOfHeader))};
  if (!IsSigned(request)) return credentials;
  credentials.signed_request = SignedRequest{.key_id = std::string(request.Value("jiebang-key-id")),
                                             .timestamp = std::string(request.Value("jiebang-timestamp")),
                                             .nonce = std::string(request.Value("jiebang-nonce")),
                                             .content_digest = std::string(request.Value("content-digest")),
                                             .signature = std::string(request.Value(kSignature)),
                                             .verb = std::string(request.verb),
                                             .target = std::string(request.target),
                                             .body = std::move(body)};
  return credentials;
}

}  // namespace

bool IsSigned(const http::Request& request) { return request.Find(kSignature).has_value(); }

bool HasCredentials(const http::Request& request) {
  return IsSigned(request) || !request.client_certificate.empty() ||
         !request.Value(rpc::kAuthorizationMetadata).empty();
}

Origin OriginOf(const http::Request& request, const TrustedProxies& proxies) {
  if (!proxies.Trusts(request.peer_address)) {
    return {.address = std::string(request.peer_address),
            .client_certificate = std::string(request.client_certificate)};
  }
  return proxies.OriginOf(request.peer_address, AllValues(request, kForwardedForHeader),
                          AllValues(request, kClientCertificateHeader));
}

Arrival ArrivalOf(const http::Request& request, const Route& route, const TrustedProxies& proxies, absl::Time deadline,
                  std::string body) {
  return {.route = &route,
          .credentials = CredentialsOf(request, proxies, std::move(body)),
          .trace_parent = std::string(request.Value(rpc::kTraceParentMetadata)),
          .deadline = deadline};
}

}  // namespace jiebang::gateway
