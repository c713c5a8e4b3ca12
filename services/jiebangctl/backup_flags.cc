#include "services/jiebangctl/backup_flags.h"

namespace jiebang::ctl {
namespace {

void AddStores(CLI::App& command, StoreFlags& flags) {
  command.add_option("--data", flags.data, "the directory of `jiebang serve --all --data`: its five stores");
  command.add_option("--suite-store", flags.suite_store,
                     "redis://HOST:PORT/PREFIX of `jiebang serve --all --store`: its five stores");
  command.add_option("--store", flags.stores,
                     "[NAME=]LOCATION of one service's store; once for each service. NAME: as it is called in the "
                     "back-up, if not as its file or prefix");
}

}  // namespace

BackupFlags::BackupFlags(CLI::App& app)
    : backup_(*app.add_subcommand("backup", "saves the stores of a running suite, at one moment, into one file")),
      check_(*backup_.add_subcommand("check", "says whether a back-up is whole, and what it holds")),
      compare_(
          *backup_.add_subcommand("compare", "says whether two back-ups hold the same, or where they differ first")),
      restore_(
          *app.add_subcommand("restore", "fills the empty stores of a stopped suite from a back-up, and compares")) {
  backup_.require_subcommand(0, 1);
  AddStores(backup_, stores_);
  backup_.add_option("--to", file_, "file to write (mode 0600); must not exist");
  backup_.add_option("--longest-pause", longest_pause_, "seconds that writes to Redis may wait; see docs/backup.md")
      ->check(CLI::Range(1, 24 * 3600))
      ->capture_default_str();
  check_.add_option("file", file_, "a back-up")->required();
  compare_.add_option("a", file_, "a back-up")->required();
  compare_.add_option("b", other_file_, "another back-up")->required();
  AddStores(restore_, stores_);
  restore_.add_option("--from", file_, "the back-up")->required();
}

absl::Status BackupFlags::Run(const Now& now, std::ostream& output) const {
  if (restore_.parsed()) return Restore(file_, stores_, now, output);
  if (check_.parsed()) return CheckBackup(file_, output);
  if (compare_.parsed()) return CompareBackups(file_, other_file_, now, output);
  if (file_.empty()) return absl::InvalidArgumentError("want --to FILE");
  return Backup(stores_, file_, absl::Seconds(longest_pause_), now, output);
}

}  // namespace jiebang::ctl
