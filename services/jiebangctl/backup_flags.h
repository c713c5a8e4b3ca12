// The flags of `jiebangctl backup` and `jiebangctl restore`.
#ifndef JIEBANG_SERVICES_JIEBANGCTL_BACKUP_FLAGS_H_
#define JIEBANG_SERVICES_JIEBANGCTL_BACKUP_FLAGS_H_

#include <ostream>
#include <string>

#include "CLI/CLI.hpp"
#include "absl/status/status.h"
#include "services/jiebangctl/backup_command.h"
#include "services/jiebangctl/store_flags.h"

namespace jiebang::ctl {

class BackupFlags {
 public:
  // Adds the commands.
  explicit BackupFlags(CLI::App& app);

  bool parsed() const { return backup_.parsed() || restore_.parsed(); }
  // Runs what was asked for.
  absl::Status Run(const Now& now, std::ostream& output) const;

 private:
  CLI::App& backup_;
  CLI::App& check_;
  CLI::App& compare_;
  CLI::App& restore_;
  StoreFlags stores_;
  std::string file_;
  std::string other_file_;
  int longest_pause_ = 25;  // seconds
};

}  // namespace jiebang::ctl

#endif  // JIEBANG_SERVICES_JIEBANGCTL_BACKUP_FLAGS_H_
