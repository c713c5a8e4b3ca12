// What a service refuses, brought into its own journal by a task beside the calls: a refusal never waits for the store.
#ifndef JIEBANG_COMMON_JOURNAL_REFUSAL_JOURNAL_H_
#define JIEBANG_COMMON_JOURNAL_REFUSAL_JOURNAL_H_

#include <string>
#include <vector>

#include "common/async/task.h"
#include "common/clock/clock.h"
#include "common/journal/refusal_collector.h"
#include "common/rpc/refusal_log.h"
#include "common/store/store.h"

namespace jiebang::journal {

// Add from any thread; the tasks run on one loop.
class RefusalJournal final : public rpc::RefusalLog {
 public:
  // Both outlive it.
  RefusalJournal(store::Store& store, const Clock& clock, RefusalLimits limits = {});

  void Add(const rpc::RefusedCall& call) override;

  // Commits what was added, twice a second, until the home executor stops. What the store does not take is tried again,
  // under the replay key of its batch, so that it is in the journal once.
  Task<void> Run();

  // One try. What the store does not take then is lost, and counted on standard error.
  Task<void> Drain() override;

 private:
  struct Batch {
    std::vector<v1::Event> refusals;
    unsigned turn = 0;
  };

  Task<absl::Status> CommitAll(RefusalCollector::Counts counts);
  Task<absl::Status> CommitBatch();

  store::Store& store_;
  const Clock& clock_;
  RefusalCollector collector_;
  const std::string process_;  // keeps the batches of processes apart
  Batch batch_;                // taken and not acknowledged yet
  bool is_committing_ = false;
};

}  // namespace jiebang::journal

#endif  // JIEBANG_COMMON_JOURNAL_REFUSAL_JOURNAL_H_
