// Passwords stand in files, so that none shows in the list of processes.
#ifndef JIEBANG_COMMON_STORE_PASSWORD_FILE_H_
#define JIEBANG_COMMON_STORE_PASSWORD_FILE_H_

#include <filesystem>
#include <string>

#include "absl/status/statusor.h"

namespace jiebang::store {

// A final line break is not part of it. No file: no password, "". FAILED_PRECONDITION: it cannot be read.
absl::StatusOr<std::string> ReadPassword(const std::filesystem::path& file);

}  // namespace jiebang::store

#endif  // JIEBANG_COMMON_STORE_PASSWORD_FILE_H_
