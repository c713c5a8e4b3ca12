// Bearer tokens: what a caller from outside shows the gateway. JWT (RFC 7519) signed with EdDSA over Ed25519 (RFC 8037)
// or with RS256 (RFC 7518, 3.3).
#ifndef JIEBANG_COMMON_TOKEN_BEARER_TOKEN_H_
#define JIEBANG_COMMON_TOKEN_BEARER_TOKEN_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/token/key_set.h"
#include "common/token/keys.h"
#include "jiebang/identity/v1/principal.pb.h"

namespace jiebang::token {

using Principal = jiebang::identity::v1::Principal;

inline constexpr char kAudience[] = "jiebang";

// A token with exactly these claims, and a `jti` unless it is empty. INVALID_ARGUMENT when they are no UTF-8.
absl::StatusOr<std::string> SignBearer(const jiebang::identity::v1::Claims& claims, const SigningKey& key,
                                       const std::string& jti = "");

// Somebody whose tokens are believed, in all that they say.
struct TrustedIssuer {
  std::string issuer;  // as the claim `iss` spells it
  std::shared_ptr<const KeySet> keys;
  // Whether its tokens say what somebody is; those that say only who need no role.
  bool names_roles = true;
};

struct TokenLimits {
  // How far the clocks of issuer and gateway may differ.
  absl::Duration skew = absl::Seconds(30);
  // From `iat`, or for a token without one from now, to `exp`.
  absl::Duration longest_life = absl::InfiniteDuration();
};

// What a token said that was believed.
struct BearerToken {
  Principal principal;  // valid as long as the token is
  std::string issuer;
  std::string id;                               // `jti`; empty: none
  absl::Time issued_at = absl::InfinitePast();  // `iat`
  std::string key_id;                           // of the key that signed it
  std::string client_key;                       // `client_key`: with which a platform asked for it; empty: none
};

// Immutable, thread-safe.
class BearerVerifier {
 public:
  // Accepts what any of the issuer's keys signed, so that keys can be changed one after the other.
  BearerVerifier(std::vector<VerifyingKey> keys, std::string issuer, absl::Duration skew = absl::Seconds(30));

  // An issuer that comes twice has the keys of both.
  BearerVerifier(std::vector<TrustedIssuer> issuers, TokenLimits limits);

  // Whose token it is. UNAUTHENTICATED: TOKEN_MALFORMED, TOKEN_SIGNATURE_WRONG (also: another algorithm than EdDSA and
  // RS256, an unknown key, a key of another issuer), TOKEN_WRONG_ISSUER, TOKEN_WRONG_AUDIENCE, TOKEN_EXPIRED,
  // TOKEN_NOT_YET_VALID (`nbf` or `iat` are to come), TOKEN_LIFETIME_TOO_LONG, TOKEN_ROLE_REFUSED (none, unknown,
  // `public`, `service`, or an owner's role without the id of what it owns). Nothing of a token is believed, or told,
  // before its signature.
  absl::StatusOr<BearerToken> Verify(std::string_view token, absl::Time now) const;

 private:
  struct Signer {
    const TrustedIssuer* issuer = nullptr;
    const NamedKey* key = nullptr;
  };

  // Who signed it, as itself. TOKEN_SIGNATURE_WRONG, TOKEN_WRONG_ISSUER.
  absl::StatusOr<Signer> SignerOf(const Jwt& jwt, const std::string& issuer) const;

  std::vector<TrustedIssuer> issuers_;
  TokenLimits limits_;
};

}  // namespace jiebang::token

#endif  // JIEBANG_COMMON_TOKEN_BEARER_TOKEN_H_
