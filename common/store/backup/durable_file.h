// Files that are whole when they have their name.
#ifndef JIEBANG_COMMON_STORE_BACKUP_DURABLE_FILE_H_
#define JIEBANG_COMMON_STORE_BACKUP_DURABLE_FILE_H_

#include <filesystem>

#include "absl/status/status.h"

namespace jiebang::store::backup {

// Gives the file its name, so that it has it after a loss of power. What stood there before is replaced.
absl::Status RenameDurably(const std::filesystem::path& from, const std::filesystem::path& to);

// Makes durable what was written to the file by whomever.
absl::Status MakeDurable(const std::filesystem::path& file);

}  // namespace jiebang::store::backup

#endif  // JIEBANG_COMMON_STORE_BACKUP_DURABLE_FILE_H_
