// The flags that say whom a gateway believes.
#ifndef JIEBANG_SERVICES_GATEWAY_IDENTITY_IDENTITY_FLAGS_H_
#define JIEBANG_SERVICES_GATEWAY_IDENTITY_IDENTITY_FLAGS_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/token/keys.h"
#include "services/gateway/identity/trust_source.h"

namespace CLI {
class App;
}  // namespace CLI

namespace jiebang::gateway {

struct IdentityFlags {
  std::vector<std::string> token_keys;
  std::string issuer = "jiebang";
  std::vector<std::string> jwks;  // ISSUER=FILE
  int clock_skew_seconds = 30;
  int longest_token_hours = 366 * 24;
  std::string registry;
  std::string token_signing_key;
  std::string token_endpoint = "https://jiebang/oauth2/token";
  std::vector<std::string> trusted_proxies;
  std::string nonce_store;  // empty: this process remembers nonces itself

  void AddTo(CLI::App& app);

  // INVALID_ARGUMENT when nobody would be believed, or for a flag that cannot be read; the errors of files that cannot
  // be used.
  absl::StatusOr<TrustSource> Trust() const;

  // What the gateway signs its own tokens with; nullopt: it gives out none.
  absl::StatusOr<std::optional<token::SigningKey>> TokenSigningKey() const;
};

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_IDENTITY_IDENTITY_FLAGS_H_
