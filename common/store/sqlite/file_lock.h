// Keeps a second process off a file that one process owns.
#ifndef JIEBANG_COMMON_STORE_SQLITE_FILE_LOCK_H_
#define JIEBANG_COMMON_STORE_SQLITE_FILE_LOCK_H_

#include <filesystem>
#include <utility>

#include "absl/status/statusor.h"

namespace jiebang::store::sqlite {

// Held until destroyed, or until the process ends in whatever way.
class FileLock {
 public:
  // Creates `file`, which holds nothing. FAILED_PRECONDITION: somebody else holds it.
  static absl::StatusOr<FileLock> Acquire(const std::filesystem::path& file);

  FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  FileLock& operator=(FileLock&&) = delete;
  ~FileLock();

 private:
  explicit FileLock(int descriptor) : descriptor_(descriptor) {}

  int descriptor_;
};

}  // namespace jiebang::store::sqlite

#endif  // JIEBANG_COMMON_STORE_SQLITE_FILE_LOCK_H_
