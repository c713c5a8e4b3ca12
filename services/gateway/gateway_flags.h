// The flags of a gateway, alone or within the suite, and what comes of them.
#ifndef JIEBANG_SERVICES_GATEWAY_GATEWAY_FLAGS_H_
#define JIEBANG_SERVICES_GATEWAY_GATEWAY_FLAGS_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/token/principal_seal.h"
#include "services/gateway/gateway.h"
#include "services/gateway/identity/identity_flags.h"
#include "services/gateway/tls/server_certificate.h"

namespace CLI {
class App;
}  // namespace CLI

namespace jiebang::gateway {

struct GatewayFlags {
  std::vector<std::string> listen;
  int loops = 1;
  std::vector<std::string> http;
  int http_threads = 1;
  std::vector<std::string> allowed_origins;
  CertificateFiles tls;  // without a certificate: plaintext
  IdentityFlags identity;
  AdmissionOptions admission;
  ConnectionLimits connections;
  std::vector<std::string> rates;
  std::string failure_rate = "20:200";
  int target_latency_ms = 250;

  void AddTo(CLI::App& app);

  // What a program says when the gateway has started: "listening on host:port", with the port that a 0 became, and the
  // same of the HTTP port where there is one.
  std::string Announcement(const Gateway& gateway) const;

  // Starts a gateway before these backends. `seal` outlives it. Gateway::Start's errors, and those of files that cannot
  // be used.
  absl::StatusOr<std::unique_ptr<Gateway>> Start(std::vector<Backend> backends, const token::PrincipalSeal& seal) const;
};

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_GATEWAY_FLAGS_H_
