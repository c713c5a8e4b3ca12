#include "tests/bench/store_operations.h"

#include <time.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/blocking_counter.h"
#include "common/async/thread_executor.h"
#include "common/status/status_macros.h"

namespace jiebang::bench {
namespace {

constexpr int kFillers = 256;
constexpr std::size_t kPage = 50;
constexpr std::uint64_t kNewest = 16;
constexpr std::size_t kFollowedAtOnce = 256;
// A Watch asks a hundred milliseconds after nothing came; here that would hide what the store needs.
constexpr absl::Duration kFollowPause = absl::Milliseconds(1);

double SecondsOf(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

}  // namespace

// All of it is of the executor's one thread.
struct StoreOperations::Run {
  Run(const Load& wanted, int tasks, std::uint64_t step) : load(wanted), running(tasks), first_step(step) {}

  void Fail(const absl::Status& status) {
    if (failure.ok()) failure = status;
  }
  // Of what was begun at `asked` and is answered now.
  void Answered(double asked) {
    if (asked >= counted_from) measured.microseconds.push_back(1e6 * (SecondsOf(CLOCK_MONOTONIC) - asked));
  }
  bool IsOver() const { return !failure.ok() || measured.begun >= load.most || SecondsOf(CLOCK_MONOTONIC) >= end; }

  const Load load;
  absl::BlockingCounter running;
  const double begin = SecondsOf(CLOCK_MONOTONIC);
  const double counted_from = begin + absl::ToDoubleSeconds(load.warm_up);
  const double end = counted_from + absl::ToDoubleSeconds(load.seconds);
  Measured measured;
  absl::Status failure;

  // Of commits: when each step was begun, and how many workers may begin another one.
  const std::uint64_t first_step;
  std::vector<double> asked;
  int committing = 0;

  // Of delivery: how far the journal was read, and how many of the steps came.
  std::vector<std::uint64_t> handled;
  std::size_t delivered = 0;
};

StoreOperations::StoreOperations(store::Store& store, int records)
    : store_(store),
      records_(records),
      large_ids_(records_.LargeIds()),
      versions_(static_cast<std::size_t>(records), 1),
      next_step_(static_cast<std::uint64_t>(records_.FillingCommits())) {}

absl::Status StoreOperations::Fill() {
  ThreadExecutor executor;
  ASSIGN_OR_RETURN(const std::vector<std::uint64_t> heads, executor.RunUntilDone(store_.JournalHeads()));
  if (std::accumulate(heads.begin(), heads.end(), std::uint64_t{0}) != 0) {
    return absl::FailedPreconditionError("the store is not empty");
  }
  int next = 0;
  Run run({}, kFillers, 0);
  executor.Post([&] {
    for (int i = 0; i < kFillers; ++i) Spawn(executor, FillAsWorker(next, run));
  });
  run.running.Wait();
  return run.failure;
}

Task<void> StoreOperations::FillAsWorker(int& next, Run& run) {
  while (run.failure.ok()) {
    const int number = next++;
    if (number >= records_.FillingCommits()) break;
    store::Commit commit = records_.FillingCommit(number);
    const absl::Status applied = co_await store_.Apply(std::move(commit));
    if (!applied.ok()) run.Fail(applied);
  }
  run.running.DecrementCount();
}

absl::StatusOr<Measured> StoreOperations::Measure(const std::string& operation, const Load& load) {
  static constexpr std::array<absl::string_view, 5> kOperations = {"get", "page", "commit", "tail", "delivery"};
  if (!absl::c_linear_search(kOperations, operation)) {
    return absl::InvalidArgumentError(absl::StrCat("no operation of a store: ", operation));
  }
  const bool follows = operation == "delivery";
  const double cpu = SecondsOf(CLOCK_PROCESS_CPUTIME_ID);
  Run run(load, load.in_flight + (follows ? 1 : 0), next_step_);
  {
    ThreadExecutor executor;
    if (follows) {
      ASSIGN_OR_RETURN(run.handled, executor.RunUntilDone(store_.JournalHeads()));
    }
    executor.Post([&] {
      run.committing = load.in_flight;
      for (int worker = 0; worker < load.in_flight; ++worker) Spawn(executor, AskAgain(operation, worker, run));
      if (follows) Spawn(executor, Follow(run));
    });
    run.running.Wait();
  }
  if (!run.failure.ok()) return run.failure;
  run.measured.cpu_seconds = SecondsOf(CLOCK_PROCESS_CPUTIME_ID) - cpu;
  run.measured.seconds = SecondsOf(CLOCK_MONOTONIC) - run.begin;
  return std::move(run.measured);
}

Task<void> StoreOperations::AskAgain(const std::string& operation, int worker, Run& run) {
  while (!run.IsOver()) {
    ++run.measured.begun;
    const double asked = SecondsOf(CLOCK_MONOTONIC);
    const absl::Status answer = co_await Ask(operation, worker, run);
    if (!answer.ok()) run.Fail(answer);
    if (operation != "delivery") run.Answered(asked);
  }
  --run.committing;
  run.running.DecrementCount();
}

Task<absl::Status> StoreOperations::Ask(const std::string& operation, int worker, Run& run) {
  if (operation == "get") return Get();
  if (operation == "page") return Page();
  if (operation == "tail") return Tail();
  return Commit(worker, run);
}

Task<absl::Status> StoreOperations::Get() {
  const auto number = static_cast<int>(random_() % static_cast<std::uint32_t>(records_.count()));
  store::Key key{.table = kRecords, .partition = records_.PartitionOf(number), .id = records_.IdOf(number)};
  const absl::StatusOr<store::Record> record = co_await store_.Get(std::move(key));
  co_return record.status();
}

Task<absl::Status> StoreOperations::Page() {
  const std::string after = large_ids_[random_() % (large_ids_.size() - kPage)];
  const absl::StatusOr<store::Page> page = co_await store_.Scan(kRecords, kLargePartition, "", after, kPage);
  CO_RETURN_IF_ERROR(page.status());
  if (page->records.size() != kPage) co_return absl::DataLossError("a page is not full");
  co_return absl::OkStatus();
}

// No two workers take the same record.
Task<absl::Status> StoreOperations::Commit(int worker, Run& run) {
  const int each = records_.count() / run.load.in_flight;
  const int number = static_cast<int>(random_() % static_cast<std::uint32_t>(each)) * run.load.in_flight + worker;
  store::Key key{.table = kRecords, .partition = records_.PartitionOf(number), .id = records_.IdOf(number)};
  store::Commit commit = records_.Step(number, versions_[number], next_step_++);
  run.asked.push_back(SecondsOf(CLOCK_MONOTONIC));
  CO_RETURN_IF_ERROR(co_await store_.Apply(std::move(commit)));
  ++versions_[number];
  co_return absl::OkStatus();
}

Task<absl::Status> StoreOperations::Tail() {
  CO_ASSIGN_OR_RETURN(const std::vector<std::uint64_t> heads, co_await store_.JournalHeads());
  const std::size_t shard = random_() % heads.size();
  const std::uint64_t after = heads[shard] - std::min(heads[shard], kNewest);
  const auto entries = co_await store_.ReadJournal(static_cast<int>(shard), after, kFollowedAtOnce);
  co_return entries.status();
}

// As a Watch does, from the present end of the journal on, until everything came that was committed meanwhile.
Task<void> StoreOperations::Follow(Run& run) {
  while (run.failure.ok() && (run.committing > 0 || run.delivered < run.asked.size())) {
    const absl::StatusOr<std::vector<std::uint64_t>> heads = co_await store_.JournalHeads();
    if (!heads.ok()) {
      run.Fail(heads.status());
      break;
    }
    bool moved = false;
    for (std::size_t shard = 0; shard < heads->size(); ++shard) {
      std::uint64_t& handled = run.handled[shard];
      if ((*heads)[shard] <= handled) continue;
      const auto entries = co_await store_.ReadJournal(static_cast<int>(shard), handled, kFollowedAtOnce);
      if (!entries.ok()) {
        run.Fail(entries.status());
        break;
      }
      for (const store::JournalEntry& entry : *entries) {
        handled = entry.sequence;
        run.Answered(run.asked[InventedRecords::StepOf(entry) - run.first_step]);
        ++run.delivered;
        moved = true;
      }
    }
    if (!moved) co_await Sleep(kFollowPause);
  }
  run.running.DecrementCount();
}

}  // namespace jiebang::bench
