// jiebang_overrun: the suite on a store that loses updates, to see whether the checker of histories notices. What was
// read may have changed before it is written: preconditions of commits are not looked at. Never shipped.
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "CLI/CLI.hpp"
#include "common/process/process.h"
#include "common/status/status_macros.h"
#include "common/store/open.h"
#include "services/jiebang/serve_flags.h"
#include "services/jiebang/suite.h"

namespace {

using namespace jiebang;  // NOLINT: a program's main file

class CarelessStore : public store::Store {
 public:
  explicit CarelessStore(std::unique_ptr<store::Store> store) : store_(std::move(store)) {}

  Task<absl::Status> Apply(store::Commit commit) override {
    commit.preconditions.clear();
    return store_->Apply(std::move(commit));
  }
  Task<absl::StatusOr<store::Record>> Get(store::Key key) override { return store_->Get(std::move(key)); }
  Task<absl::StatusOr<std::vector<std::optional<store::Record>>>> GetMany(std::vector<store::Key> keys) override {
    return store_->GetMany(std::move(keys));
  }
  Task<absl::StatusOr<store::Page>> Scan(std::string table, std::string partition, std::string prefix,
                                         std::string after, std::size_t limit) override {
    return store_->Scan(std::move(table), std::move(partition), std::move(prefix), std::move(after), limit);
  }
  Task<absl::StatusOr<store::Replay>> FindReplay(std::string partition, std::string replay_key) override {
    return store_->FindReplay(std::move(partition), std::move(replay_key));
  }
  Task<absl::StatusOr<std::vector<store::JournalEntry>>> ReadJournal(int shard, std::uint64_t after,
                                                                     std::size_t limit) override {
    return store_->ReadJournal(shard, after, limit);
  }
  Task<absl::StatusOr<std::vector<std::uint64_t>>> JournalHeads() override { return store_->JournalHeads(); }
  Task<absl::Status> CompactJournal(int shard, std::uint64_t up_to) override {
    return store_->CompactJournal(shard, up_to);
  }
  Task<absl::StatusOr<std::vector<std::uint64_t>>> JournalCompacted() override { return store_->JournalCompacted(); }

 private:
  const std::unique_ptr<store::Store> store_;
};

absl::StatusOr<std::unique_ptr<store::Store>> OpenCarelessly(const store::Location& location) {
  ASSIGN_OR_RETURN(std::unique_ptr<store::Store> store, store::Open(location));
  return std::make_unique<CarelessStore>(std::move(store));
}

}  // namespace

int main(int argc, char** argv) {
  HoldSignals();
  CLI::App app("Jiebang as it must not be: commits do not look at what others have written");
  SuiteFlags flags;
  AddServeFlags(*app.add_subcommand("serve", "runs the suite in this process")->required(), flags);
  CLI11_PARSE(app, argc, argv);
  const absl::Status status = ServeSuite(flags, OpenCarelessly);
  return status.ok() ? 0 : Fail("jiebang_overrun", status);
}
