// Secrets that a machine makes for itself.
#ifndef JIEBANG_COMMON_TOKEN_SECRET_H_
#define JIEBANG_COMMON_TOKEN_SECRET_H_

#include <filesystem>
#include <string>

#include "absl/status/statusor.h"

namespace jiebang::token {

// The secret in the file, without white space at its ends; a file that is not there is made first (64 hexadecimal
// digits of 32 random bytes, mode 0600). Processes that start together agree on one secret. FAILED_PRECONDITION
// SECRET_TOO_SHORT when it has fewer than 32 bytes, SECRET_FILE_UNUSABLE when the file can neither be read nor made.
absl::StatusOr<std::string> ReadOrCreateSecret(const std::filesystem::path& path);

}  // namespace jiebang::token

#endif  // JIEBANG_COMMON_TOKEN_SECRET_H_
