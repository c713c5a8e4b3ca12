// `jiebangctl backup` and `jiebangctl restore`: the content of a whole suite in one file, and back.
#ifndef JIEBANG_SERVICES_JIEBANGCTL_BACKUP_COMMAND_H_
#define JIEBANG_SERVICES_JIEBANGCTL_BACKUP_COMMAND_H_

#include <functional>
#include <ostream>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "services/jiebangctl/store_flags.h"

namespace jiebang::ctl {

using Now = std::function<absl::Time()>;

// Saves the stores of running services, at one moment, into a file that does not exist yet. Says what was saved and how
// long writes waited for it. ABORTED: they would have to wait for longer than `longest_pause`.
absl::Status Backup(const StoreFlags& stores, const std::string& file, absl::Duration longest_pause, const Now& now,
                    std::ostream& output);

// Fills empty stores with what the file holds, reads them back and compares. FAILED_PRECONDITION: a store is not empty
// or in use, or they are not those of the file. DATA_LOSS: the file is damaged, and nothing was written; or what was
// written does not read back.
absl::Status Restore(const std::string& file, const StoreFlags& stores, const Now& now, std::ostream& output);

// Reads the file to its end and says what it holds. DATA_LOSS: it is damaged.
absl::Status CheckBackup(const std::string& file, std::ostream& output);

// FAILED_PRECONDITION: they do not hold the same; the message says where they differ first.
absl::Status CompareBackups(const std::string& a, const std::string& b, const Now& now, std::ostream& output);

}  // namespace jiebang::ctl

#endif  // JIEBANG_SERVICES_JIEBANGCTL_BACKUP_COMMAND_H_
