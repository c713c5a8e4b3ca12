#include "common/token/key_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"

namespace jiebang::token {
namespace {

constexpr std::size_t kReadAtOnce = 64 << 10;

absl::Status Failure(const std::string& what) { return absl::ErrnoToStatus(errno, what); }

// Closes itself.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  int number() const { return number_; }
  bool is_open() const { return number_ >= 0; }

 private:
  int number_;
};

absl::Status WriteAll(const Descriptor& file, std::string_view content, const std::string& name) {
  while (!content.empty()) {
    const ssize_t written = ::write(file.number(), content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return Failure(name);
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  if (::fsync(file.number()) != 0) return Failure(name);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::string> ReadSmallFile(const std::filesystem::path& path, std::size_t limit_bytes) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.is_open()) return Failure(path.string());
  std::string content;
  std::size_t size = 0;
  while (size < limit_bytes) {
    content.resize(std::min(size + kReadAtOnce, limit_bytes));
    const ssize_t got = ::read(file.number(), content.data() + size, content.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return Failure(path.string());
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  if (size == limit_bytes) return absl::OutOfRangeError(absl::StrCat(path.string(), " is too large"));
  content.resize(size);
  return content;
}

absl::Status CreateFile(const std::filesystem::path& path, std::string_view content, mode_t mode) {
  // Written beside its place and then linked to it: link(2) fails where a file is, and shows nobody half a file.
  std::string draft = path.string() + ".XXXXXX";
  const Descriptor file(::mkostemp(draft.data(), O_CLOEXEC));
  if (!file.is_open()) return Failure(path.string());
  const absl::Cleanup remove_draft = [&draft] { ::unlink(draft.c_str()); };
  if (::fchmod(file.number(), mode) != 0) return Failure(path.string());
  RETURN_IF_ERROR(WriteAll(file, content, path.string()));
  if (::link(draft.c_str(), path.c_str()) != 0) return Failure(path.string());

  const std::filesystem::path folder = path.has_parent_path() ? path.parent_path() : ".";
  const Descriptor directory(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!directory.is_open() || ::fsync(directory.number()) != 0) return Failure(folder.string());
  return absl::OkStatus();
}

}  // namespace jiebang::token
