// Bearer tokens: what a caller from outside shows the gateway. JWT (RFC 7519) signed with EdDSA over Ed25519 (RFC
// 8037).
#ifndef JIEBANG_COMMON_TOKEN_BEARER_TOKEN_H_
#define JIEBANG_COMMON_TOKEN_BEARER_TOKEN_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/token/keys.h"
#include "jiebang/identity/v1/principal.pb.h"

namespace jiebang::token {

using Principal = jiebang::identity::v1::Principal;

inline constexpr char kAudience[] = "jiebang";

// A token with exactly these claims. INVALID_ARGUMENT when they are no UTF-8.
absl::StatusOr<std::string> SignBearer(const jiebang::identity::v1::Claims& claims, const SigningKey& key);

// Immutable, thread-safe.
class BearerVerifier {
 public:
  // Accepts what any of the keys signed, so that keys can be changed one after the other. `skew` is how far the clocks
  // of issuer and gateway may differ.
  BearerVerifier(std::vector<VerifyingKey> keys, std::string issuer, absl::Duration skew = absl::Seconds(30));

  // Whose token it is; valid as long as the token is. UNAUTHENTICATED: TOKEN_MALFORMED, TOKEN_SIGNATURE_WRONG (also:
  // another algorithm than EdDSA, an unknown key), TOKEN_WRONG_ISSUER, TOKEN_WRONG_AUDIENCE, TOKEN_EXPIRED,
  // TOKEN_ROLE_REFUSED (none, unknown, `public`, `service`, or an owner's role without the id of what it owns). Nothing
  // of a token is believed, or told, before its signature.
  absl::StatusOr<Principal> Verify(std::string_view token, absl::Time now) const;

 private:
  bool IsSigned(std::string_view kid, std::string_view message, std::string_view signature) const;

  std::vector<VerifyingKey> keys_;
  std::string issuer_;
  absl::Duration skew_;
};

}  // namespace jiebang::token

#endif  // JIEBANG_COMMON_TOKEN_BEARER_TOKEN_H_
