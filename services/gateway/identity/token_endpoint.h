// POST /oauth2/token: a registered platform shows a signed assertion and is given a token of this gateway's (RFC 6749,
// 4.4, with private_key_jwt of RFC 7523).
#ifndef JIEBANG_SERVICES_GATEWAY_IDENTITY_TOKEN_ENDPOINT_H_
#define JIEBANG_SERVICES_GATEWAY_IDENTITY_TOKEN_ENDPOINT_H_

#include <optional>
#include <string>
#include <string_view>

#include "absl/time/time.h"
#include "common/token/keys.h"
#include "services/gateway/identity/authenticator.h"
#include "services/gateway/identity/credentials.h"
#include "services/gateway/identity/nonces.h"

namespace jiebang::gateway {

// Both are JSON; the port adds `content-type: application/json` and `cache-control: no-store` (RFC 6749, 5.1).
struct TokenAnswer {
  int http_status = 200;
  std::string body;
};

// How long a token is valid.
inline constexpr absl::Duration kTokenLife = absl::Minutes(10);

// Thread-safe.
class TokenEndpoint {
 public:
  // `authenticator` outlives it; its trust says who is registered, and its `own_issuer` is the audience of assertions
  // and the issuer of tokens. Without a key the endpoint answers that it is not offered.
  TokenEndpoint(const Authenticator& authenticator, std::optional<token::SigningKey> key)
      : authenticator_(authenticator), key_(std::move(key)) {}

  // `form`: the body, application/x-www-form-urlencoded, with grant_type=client_credentials, client_assertion_type and
  // client_assertion; client_id may repeat the platform's id. Errors as RFC 6749, 5.2 has them: invalid_request,
  // invalid_client (401), unsupported_grant_type, invalid_scope; 404 where it is not offered, 503 when too many
  // assertions are remembered.
  //
  // The assertion: signed with one of the platform's registered keys; `iss` and `sub` are the platform's id; `aud` is
  // or has own_issuer; `exp` is at most five minutes away; a `jti`, which this process takes once.
  TokenAnswer Answer(std::string_view form, const Credentials& credentials, absl::Time now);

 private:
  const Authenticator& authenticator_;
  const std::optional<token::SigningKey> key_;
  NonceMemory assertions_;
};

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_IDENTITY_TOKEN_ENDPOINT_H_
