// Why a bearer token is not believed. UNAUTHENTICATED, but for what SignBearer refuses.
#ifndef JIEBANG_COMMON_TOKEN_BEARER_ERRORS_H_
#define JIEBANG_COMMON_TOKEN_BEARER_ERRORS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace jiebang::token {

absl::Status TokenMalformed();
absl::Status SignatureWrong();
absl::Status WrongIssuer();
absl::Status WrongAudience();
absl::Status TokenExpired();
absl::Status TokenNotYetValid();
absl::Status TokenLifetimeTooLong(absl::Duration longest);
// `role`: empty when the token names none.
absl::Status RoleRefused(const std::string& role);
absl::Status OwnerIdMissing(const std::string& role, const std::string& claim);
absl::Status ClaimsUnprintable();  // INVALID_ARGUMENT

}  // namespace jiebang::token

#endif  // JIEBANG_COMMON_TOKEN_BEARER_ERRORS_H_
