// The gateway: one address for all services, and one more for those who speak HTTP/1.1. It finds out who calls, decides
// by role whether they may, and forwards bytes; on its gRPC port it opens no message but those of gRPC's own health and
// reflection services.
#ifndef JIEBANG_SERVICES_GATEWAY_GATEWAY_H_
#define JIEBANG_SERVICES_GATEWAY_GATEWAY_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/token/keys.h"
#include "common/token/principal_seal.h"
#include "services/gateway/admission/admission.h"
#include "services/gateway/grpc/connection_limits.h"
#include "services/gateway/http/server/server.h"
#include "services/gateway/identity/nonces.h"
#include "services/gateway/identity/trust_source.h"
#include "services/gateway/identity/trusted_proxies.h"
#include "services/gateway/routing/routes.h"
#include "services/gateway/tls/server_certificate.h"

namespace jiebang::gateway {

struct GatewayOptions {
  // host:port or unix:path.
  std::vector<std::string> addresses;
  // What TLS is spoken with, but for sockets of this machine. None: plaintext, for a proxy in front that speaks it.
  std::optional<CertificateFiles> tls;
  int loops = 1;
  // Calls that a loop accepts beyond those that are let in, to refuse them: a call that waits in gRPC's own queue is
  // neither answered nor refused.
  int refusing_slots = 512;
  AdmissionOptions admission;
  ConnectionLimits connections;
  std::vector<Backend> backends;
  // The port for HTTP/1.1, as above; none: there is no such port.
  std::vector<std::string> http_addresses;
  int http_threads = 1;  // that move its bytes; calls run on the loops
  // Web pages from these origins ("https://portal.example") may call; "*": from all.
  std::vector<std::string> allowed_origins;
  http::Limits http_limits;
  const token::PrincipalSeal* seal = nullptr;  // outlives the gateway
  TrustedProxies trusted_proxies = {};
  std::unique_ptr<Nonces> nonces = std::make_unique<NonceMemory>();
  // What tokens of its own are signed with; none: it gives out none.
  std::optional<token::SigningKey> token_signing_key = std::nullopt;
};

class Gateway {
 public:
  // FAILED_PRECONDITION as Routes::To, CurrentCertificate::Watch and, with an HTTP port, RestRoutes::Of; UNAVAILABLE
  // when an address cannot be bound. `trust`: whom it believes, and goes on to ask.
  static absl::StatusOr<std::unique_ptr<Gateway>> Start(GatewayOptions options, TrustSource trust);

  // Shutdown was called.
  virtual ~Gateway() = default;

  // The port that the first address is bound to; for an address with port 0.
  virtual int port() const = 0;
  // The same of the first HTTP address; 0 without one.
  virtual int http_port() const = 0;

  // Says "not serving" to health checks, takes no new calls, gives the running ones `grace` to end, cancels the rest,
  // waits for all.
  virtual void Shutdown(absl::Duration grace) = 0;
};

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_GATEWAY_H_
