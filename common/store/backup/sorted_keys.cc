#include "common/store/backup/sorted_keys.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <filesystem>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"

namespace jiebang::store::backup {
namespace {

// What a string costs beside its bytes.
constexpr std::size_t kOverhead = 64;

absl::Status TemporaryFileFailed() { return absl::ErrnoToStatus(errno, "the temporary file of the keys"); }

// Readable by its owner only, and without a name.
absl::StatusOr<std::FILE*> OpenTemporaryFile() {
  std::string name = std::filesystem::temp_directory_path() / "jiebang-keys-XXXXXX";
  const int descriptor = mkostemp(name.data(), O_CLOEXEC);
  if (descriptor < 0) return absl::ErrnoToStatus(errno, name);
  unlink(name.c_str());
  std::FILE* const file = fdopen(descriptor, "w+b");
  if (file == nullptr) close(descriptor);
  if (file == nullptr) return TemporaryFileFailed();
  return file;
}

}  // namespace

absl::Status SortedKeys::Add(std::string key) {
  bytes_ += key.size() + kOverhead;
  keys_.push_back(std::move(key));
  return bytes_ < memory_bytes_ ? absl::OkStatus() : Spill();
}

void SortedKeys::SortMemory() { std::sort(keys_.begin(), keys_.end()); }

absl::Status SortedKeys::Spill() {
  SortMemory();
  ASSIGN_OR_RETURN(std::FILE* const file, OpenTemporaryFile());
  runs_.emplace_back(file);
  for (const std::string& key : keys_) {
    const auto size = static_cast<std::uint32_t>(key.size());
    if (std::fwrite(&size, sizeof(size), 1, file) != 1 || std::fwrite(key.data(), 1, size, file) != size) {
      return TemporaryFileFailed();
    }
  }
  if (std::fflush(file) != 0) return TemporaryFileFailed();
  std::rewind(file);
  keys_.clear();
  bytes_ = 0;
  return absl::OkStatus();
}

absl::Status SortedKeys::Sort() {
  if (runs_.empty()) {
    SortMemory();
    return absl::OkStatus();
  }
  RETURN_IF_ERROR(Spill());
  for (std::size_t run = 0; run < runs_.size(); ++run) RETURN_IF_ERROR(Pull(run));
  return absl::OkStatus();
}

// The run's next key among the heads.
absl::Status SortedKeys::Pull(std::size_t run) {
  std::FILE* const file = runs_[run].get();
  std::uint32_t size = 0;
  if (std::fread(&size, sizeof(size), 1, file) != 1) {
    return std::feof(file) != 0 ? absl::OkStatus() : TemporaryFileFailed();
  }
  std::string key(size, '\0');
  if (std::fread(key.data(), 1, size, file) != size) return TemporaryFileFailed();
  heads_.emplace(std::move(key), run);
  return absl::OkStatus();
}

absl::StatusOr<std::optional<std::string>> SortedKeys::Smallest() {
  if (runs_.empty()) {
    if (next_ == keys_.size()) return std::nullopt;
    return std::move(keys_[next_++]);
  }
  if (heads_.empty()) return std::nullopt;
  auto [key, run] = heads_.top();
  heads_.pop();
  RETURN_IF_ERROR(Pull(run));
  return std::move(key);
}

absl::StatusOr<std::optional<std::string>> SortedKeys::Next() {
  while (true) {
    ASSIGN_OR_RETURN(std::optional<std::string> key, Smallest());
    if (key && key == last_) continue;
    last_ = key;
    return key;
  }
}

}  // namespace jiebang::store::backup
