#include "services/gateway/http/suite_resources.h"

#include <string>
#include <utility>

#include "absl/time/clock.h"
#include "common/rpc/metadata.h"
#include "services/gateway/http/arrival.h"
#include "services/gateway/http/connect/error.h"
#include "services/gateway/openapi/pages.h"

namespace jiebang::gateway {
namespace {

constexpr std::size_t kMaxFormBytes = 16 << 10;

http::Response AnswerForm(TokenEndpoint& endpoint, Admission& admission, const TrustedProxies& proxies,
                          const http::Request& request, const std::string& form) {
  const absl::Time now = absl::Now();
  const Origin origin = OriginOf(request, proxies);
  const absl::Status too_often = admission.CheckFailures(origin.address, now);
  if (!too_often.ok()) return ConnectError(too_often);
  const Credentials credentials{.authorization = std::string(request.Value(rpc::kAuthorizationMetadata)),
                                .address = origin.address,
                                .client_certificate = origin.client_certificate};
  TokenAnswer answer = endpoint.Answer(form, credentials, now);
  if (answer.http_status == 401) admission.CountFailure(origin.address, now);
  // RFC 6749, 5.1: nobody keeps a token but who asked for it.
  return {.status = answer.http_status,
          .content_type = "application/json",
          .body = std::move(answer.body),
          .headers = {{"Cache-Control", "no-store"}}};
}

}  // namespace

void AddTokenEndpoint(TokenEndpoint& endpoint, Admission& admission, const TrustedProxies& proxies,
                      Resources& resources) {
  const auto answer = [&endpoint, &admission, &proxies](const http::Request& request,
                                                        std::string form) -> Task<http::Response> {
    co_return AnswerForm(endpoint, admission, proxies, request, form);
  };
  resources.Add("POST", "/oauth2/token", answer, kMaxFormBytes);
}

void AddPages(Resources& resources) {
  for (const Page& page : Pages()) {
    resources.AddDocument(std::string(page.path), std::string(page.content_type), std::string(page.body));
  }
}

}  // namespace jiebang::gateway
