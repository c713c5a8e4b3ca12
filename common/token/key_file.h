// Small files with keys and secrets in them.
#ifndef JIEBANG_COMMON_TOKEN_KEY_FILE_H_
#define JIEBANG_COMMON_TOKEN_KEY_FILE_H_

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace jiebang::token {

// The whole file, of less than `limit_bytes`. NOT_FOUND when there is none, OUT_OF_RANGE when it is larger, otherwise
// the code of errno.
absl::StatusOr<std::string> ReadSmallFile(const std::filesystem::path& path, std::size_t limit_bytes = 64 << 10);

inline constexpr mode_t kForOwner = 0600;
inline constexpr mode_t kForAll = 0644;

// Makes the file with this content and mode, on the disk when it returns. It appears whole or not at all, whoever else
// tries the same: ALREADY_EXISTS when it is there. Otherwise the code of errno.
absl::Status CreateFile(const std::filesystem::path& path, std::string_view content, mode_t mode);

}  // namespace jiebang::token

#endif  // JIEBANG_COMMON_TOKEN_KEY_FILE_H_
