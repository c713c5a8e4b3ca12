// The signed principal: how the gateway tells the services who calls. HMAC-SHA256 with a key that the suite's processes
// share.
#ifndef JIEBANG_COMMON_TOKEN_PRINCIPAL_SEAL_H_
#define JIEBANG_COMMON_TOKEN_PRINCIPAL_SEAL_H_

#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/token/secret.h"  // IWYU pragma: export (where the key comes from)
#include "jiebang/identity/v1/principal.pb.h"

namespace jiebang::token {

using Principal = jiebang::identity::v1::Principal;

// Thread-safe; copies share what they remember.
class PrincipalSeal {
 public:
  // INVALID_ARGUMENT SECRET_TOO_SHORT for fewer than 32 bytes.
  static absl::StatusOr<PrincipalSeal> FromKey(std::string key);

  // Bytes, for a metadata key that ends in -bin.
  std::string Seal(const Principal& principal) const;

  // The principal as it was sealed. UNAUTHENTICATED: PRINCIPAL_FORGED, or PRINCIPAL_EXPIRED after its last second.
  // Remembers what it opened lately, because opening costs as much as all other checks of a call together.
  absl::StatusOr<Principal> Open(std::string_view sealed, absl::Time now) const;

 private:
  class Memory;

  explicit PrincipalSeal(std::string key);

  std::string key_;
  std::shared_ptr<Memory> memory_;
};

}  // namespace jiebang::token

#endif  // JIEBANG_COMMON_TOKEN_PRINCIPAL_SEAL_H_
