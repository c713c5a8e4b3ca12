#include "common/store/backup/durable_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"

namespace jiebang::store::backup {

absl::Status MakeDurable(const std::filesystem::path& file) {
  const int descriptor = open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return absl::ErrnoToStatus(errno, absl::StrCat("cannot open ", file.string()));
  const int result = fsync(descriptor);
  const int reason = errno;
  close(descriptor);
  if (result != 0) return absl::ErrnoToStatus(reason, absl::StrCat("cannot fsync ", file.string()));
  return absl::OkStatus();
}

absl::Status RenameDurably(const std::filesystem::path& from, const std::filesystem::path& to) {
  if (rename(from.c_str(), to.c_str()) != 0) {
    return absl::ErrnoToStatus(errno, absl::StrCat("cannot rename ", from.string()));
  }
  const std::filesystem::path folder = to.parent_path();
  return MakeDurable(folder.empty() ? "." : folder);
}

}  // namespace jiebang::store::backup
