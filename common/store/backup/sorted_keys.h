// Sorts more keys than fit into memory.
#ifndef JIEBANG_COMMON_STORE_BACKUP_SORTED_KEYS_H_
#define JIEBANG_COMMON_STORE_BACKUP_SORTED_KEYS_H_

#include <cstddef>
#include <cstdio>
#include <functional>
#include <memory>
#include <optional>
#include <queue>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace jiebang::store::backup {

// First all are added, then each comes once, ascending by its bytes. What does not fit is kept in files of the
// directory for temporary files (TMPDIR) that have no name and vanish with the process. For one thread at a time.
class SortedKeys {
 public:
  explicit SortedKeys(std::size_t memory_bytes) : memory_bytes_(memory_bytes) {}

  absl::Status Add(std::string key);
  // After the last Add.
  absl::Status Sort();
  absl::StatusOr<std::optional<std::string>> Next();

 private:
  struct CloseRun {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  using Run = std::unique_ptr<std::FILE, CloseRun>;
  using Head = std::pair<std::string, std::size_t>;  // the first key that is left of a run

  void SortMemory();
  absl::Status Spill();
  absl::Status Pull(std::size_t run);
  absl::StatusOr<std::optional<std::string>> Smallest();

  const std::size_t memory_bytes_;
  std::vector<std::string> keys_;
  std::size_t bytes_ = 0;
  std::size_t next_ = 0;  // of keys_, when there is no run
  std::vector<Run> runs_;
  std::priority_queue<Head, std::vector<Head>, std::greater<>> heads_;
  std::optional<std::string> last_;
};

}  // namespace jiebang::store::backup

#endif  // JIEBANG_COMMON_STORE_BACKUP_SORTED_KEYS_H_
