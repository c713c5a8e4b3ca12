// jiebang_overrun: the suite on a store that loses updates, to see whether the checker of histories notices. What was
// read may have changed before it is written: preconditions of commits are not looked at. Never shipped.
#include <cstdio>
#include <memory>
#include <utility>

#include "CLI/CLI.hpp"
#include "common/process/process.h"
#include "common/status/status_macros.h"
#include "common/store/forwarding_store.h"
#include "common/store/open.h"
#include "services/jiebang/serve_flags.h"
#include "services/jiebang/suite.h"

namespace {

using namespace jiebang;  // NOLINT: a program's main file

class CarelessStore : public store::ForwardingStore {
 public:
  explicit CarelessStore(std::unique_ptr<store::Store> store) : ForwardingStore(*store), store_(std::move(store)) {}

  Task<absl::Status> Apply(store::Commit commit) override {
    commit.preconditions.clear();
    return ForwardingStore::Apply(std::move(commit));
  }

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
