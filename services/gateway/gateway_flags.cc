#include "services/gateway/gateway_flags.h"

#include <utility>

#include "CLI/CLI.hpp"
#include "common/status/status_macros.h"

namespace jiebang::gateway {

void GatewayFlags::AddTo(CLI::App& app) {
  app.add_option("--listen", listen, "host:port or unix:path for gRPC; plaintext; port 0: any")->required();
  app.add_option("--loops", loops, "threads that run calls")->check(CLI::Range(1, 64))->capture_default_str();
  app.add_option("--token-key", token_keys,
                 "PEM file of an Ed25519 public key that signs tokens; several for a change of keys")
      ->required()
      ->check(CLI::ExistingFile);
  app.add_option("--issuer", issuer, "the tokens' issuer (iss)")->capture_default_str();
}

absl::StatusOr<std::unique_ptr<Gateway>> GatewayFlags::Start(std::vector<Backend> backends,
                                                             const token::PrincipalSeal& seal) const {
  std::vector<token::VerifyingKey> keys;
  for (const std::string& file : token_keys) {
    ASSIGN_OR_RETURN(token::VerifyingKey key, token::VerifyingKey::FromPemFile(file));
    keys.push_back(std::move(key));
  }
  GatewayOptions options{.addresses = listen, .loops = loops, .backends = std::move(backends), .seal = &seal};
  return Gateway::Start(std::move(options), token::BearerVerifier(std::move(keys), issuer));
}

}  // namespace jiebang::gateway
