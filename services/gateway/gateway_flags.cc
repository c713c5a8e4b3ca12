#include "services/gateway/gateway_flags.h"

#include <utility>

#include "CLI/CLI.hpp"
#include "common/status/status_macros.h"

namespace jiebang::gateway {

void GatewayFlags::AddTo(CLI::App& app) {
  app.add_option("--listen", listen, "host:port or unix:path for gRPC; port 0: any")->required();
  app.add_option("--loops", loops, "threads that run calls")->check(CLI::Range(1, 64))->capture_default_str();
  CLI::Option* const certificate =
      app.add_option(
             "--tls-cert", tls.certificate,
             "PEM file of the certificate and its chain: TLS on all ports but unix:; renewed files are taken up")
          ->check(CLI::ExistingFile);
  CLI::Option* const key =
      app.add_option("--tls-key", tls.key, "PEM file of its private key")->check(CLI::ExistingFile)->needs(certificate);
  certificate->needs(key);
  app.add_option("--tls-client-ca", tls.client_ca,
                 "PEM file of the authorities of clients' certificates, which are then asked for and not required")
      ->check(CLI::ExistingFile)
      ->needs(certificate);
  identity.AddTo(app);
}

absl::StatusOr<std::unique_ptr<Gateway>> GatewayFlags::Start(std::vector<Backend> backends,
                                                             const token::PrincipalSeal& seal) const {
  ASSIGN_OR_RETURN(TrustSource trust, identity.Trust());
  GatewayOptions options{.addresses = listen, .loops = loops, .backends = std::move(backends), .seal = &seal};
  if (!tls.certificate.empty()) options.tls = tls;
  ASSIGN_OR_RETURN(options.trusted_proxies, TrustedProxies::Of(identity.trusted_proxies));
  return Gateway::Start(std::move(options), std::move(trust));
}

}  // namespace jiebang::gateway
