#include "common/journal/refusal_journal.h"

#include <cstdio>
#include <random>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/journal/refusals.h"
#include "common/status/status_macros.h"

namespace jiebang::journal {
namespace {

constexpr absl::Duration kCommitPause = absl::Milliseconds(500);
constexpr absl::Duration kCommitAgain = absl::Seconds(1);
constexpr std::size_t kBatch = store::kMaxCommitOperations / 2;

std::string RandomName() {
  std::random_device random;
  return absl::StrCat(absl::Hex(random(), absl::kZeroPad8), absl::Hex(random(), absl::kZeroPad8));
}

// True when another try may do: the engine is away or full.
bool MayPass(const absl::Status& status) {
  return absl::IsUnavailable(status) || absl::IsResourceExhausted(status) || absl::IsAborted(status) ||
         absl::IsDeadlineExceeded(status);
}

}  // namespace

RefusalJournal::RefusalJournal(store::Store& store, const Clock& clock, RefusalLimits limits)
    : store_(store), clock_(clock), collector_(limits), process_(RandomName()) {}

void RefusalJournal::Add(const rpc::RefusedCall& call) { collector_.Add(EventOf(call), clock_.Now()); }

Task<void> RefusalJournal::Run() {
  Executor& home = co_await Home();
  while (!home.stopping()) {
    const absl::Status kept = co_await CommitAll(RefusalCollector::Counts::kDue);
    if (!kept.ok()) {
      std::fprintf(stderr, "refusals: %s; trying again\n", kept.ToString().c_str());
      co_await Sleep(kCommitAgain);
    } else {
      co_await Sleep(kCommitPause);
    }
  }
}

Task<void> RefusalJournal::Drain() {
  if (is_committing_) co_return;  // Run still waits for the store, longer than the server waited for Run
  const absl::Status kept = co_await CommitAll(RefusalCollector::Counts::kAll);
  if (kept.ok()) co_return;
  const std::size_t lost = batch_.refusals.size();
  std::fprintf(stderr, "refusals: %s; %zu or more are lost\n", kept.ToString().c_str(), lost);
}

Task<absl::Status> RefusalJournal::CommitAll(RefusalCollector::Counts counts) {
  is_committing_ = true;
  absl::Status status;
  while (status.ok()) {
    if (batch_.refusals.empty()) batch_.refusals = collector_.Take(kBatch, clock_.Now(), counts);
    if (batch_.refusals.empty()) break;
    status = co_await CommitBatch();
  }
  is_committing_ = false;
  co_return status;
}

Task<absl::Status> RefusalJournal::CommitBatch() {
  store::Commit commit = CommitOf(batch_.refusals, batch_.turn);
  commit.replay = store::Replay{.key = absl::StrCat("refusals|", process_, "|", batch_.turn)};
  const absl::Status status = co_await store_.Apply(std::move(commit));
  if (MayPass(status)) co_return status;
  // Taken; taken by an earlier try whose answer was lost; or never to be taken, which only a fault of ours can be.
  batch_.refusals.clear();
  ++batch_.turn;
  co_return absl::IsAlreadyExists(status) ? absl::OkStatus() : status;
}

}  // namespace jiebang::journal
