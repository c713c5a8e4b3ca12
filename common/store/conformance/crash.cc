#include "common/store/conformance/crash.h"

#include <map>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace jiebang::store {
namespace {

std::string PartitionOf(int writer) { return absl::StrCat("writers/", writer); }
std::string IdOf(int step) { return absl::StrFormat("%08d", step); }

// The ids in the order of the steps.
std::vector<std::string> AllIds(Store& store, ThreadExecutor& executor, const std::string& table, int writer) {
  std::vector<std::string> ids;
  for (bool more = true; more;) {
    const std::string after = ids.empty() ? "" : ids.back();
    const absl::StatusOr<Page> page = executor.RunUntilDone(store.Scan(table, PartitionOf(writer), "", after, 1'000));
    EXPECT_THAT(page, IsOk());
    if (!page.ok()) return ids;
    for (const Record& record : page->records) ids.push_back(record.id);
    more = page->more;
  }
  return ids;
}

// The resources of the events of each partition, in order.
std::map<std::string, std::vector<std::string>> AllEvents(Store& store, ThreadExecutor& executor) {
  std::map<std::string, std::vector<std::string>> events;
  for (int shard = 0; shard < kShards; ++shard) {
    for (std::uint64_t after = 0;;) {
      const auto page = executor.RunUntilDone(store.ReadJournal(shard, after, 1'000));
      EXPECT_THAT(page, IsOk());
      if (!page.ok() || page->empty()) break;
      for (const JournalEntry& entry : *page) {
        EXPECT_EQ(entry.sequence, ++after) << "in shard " << shard;
        events[entry.partition].push_back(entry.event.resource);
      }
    }
  }
  return events;
}

}  // namespace

Commit CrashStep(int writer, int step) {
  const std::string id = IdOf(step);
  return {.partition = PartitionOf(writer),
          .preconditions = {{"first", id, 0}},
          .puts = {{"first", id, std::string(1'000, 'x')}, {"second", id, ""}},
          .events = {{"step.made", id, "payload"}},
          .replay = Replay{id, "", id}};
}

Task<absl::Status> MakeStep(Store& store, int writer, int step) {
  while (true) {
    absl::Status status = co_await store.Apply(CrashStep(writer, step));
    if (absl::IsAlreadyExists(status)) co_return absl::OkStatus();  // an attempt whose outcome was not known
    if (!absl::IsUnavailable(status)) co_return status;
    co_await Sleep(absl::Milliseconds(2));
  }
}

CrashWriters::CrashWriters(Store& store, int writers) : next_(static_cast<std::size_t>(writers)) {
  for (int writer = 0; writer < writers; ++writer) {
    threads_.emplace_back([this, &store, writer] {
      ThreadExecutor executor;
      while (!finished_) {
        ASSERT_THAT(executor.RunUntilDone(MakeStep(store, writer, next_[writer])), IsOk());
        ++next_[writer];
        ++made_;
      }
    });
  }
}

CrashWriters::~CrashWriters() { Finish(); }

void CrashWriters::AwaitSteps(int more) {
  const int enough = made_ + more;
  const absl::Time deadline = absl::Now() + absl::Seconds(30);
  while (made_ < enough && absl::Now() < deadline) absl::SleepFor(absl::Milliseconds(1));
  EXPECT_GE(made_, enough) << "the store has not come back";
}

std::vector<int> CrashWriters::Finish() {
  finished_ = true;
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
  std::vector<int> acknowledged;
  for (const std::atomic<int>& steps : next_) acknowledged.push_back(steps - 1);
  return acknowledged;
}

std::vector<int> ExpectWholeSteps(Store& store, ThreadExecutor& executor, const std::vector<int>& acknowledged) {
  std::map<std::string, std::vector<std::string>> events = AllEvents(store, executor);
  std::vector<int> next;
  for (int writer = 0; writer < static_cast<int>(acknowledged.size()); ++writer) {
    SCOPED_TRACE(testing::Message() << "writer " << writer);
    const std::vector<std::string> first = AllIds(store, executor, "first", writer);
    std::vector<std::string> expected;
    for (int step = 0; step < static_cast<int>(first.size()); ++step) expected.push_back(IdOf(step));
    EXPECT_EQ(first, expected);
    EXPECT_EQ(AllIds(store, executor, "second", writer), expected);
    EXPECT_EQ(events[PartitionOf(writer)], expected);
    for (const std::string& id : expected) {
      EXPECT_THAT(executor.RunUntilDone(store.FindReplay(PartitionOf(writer), id)),
                  IsOkAndHolds(testing::Field(&Replay::answer, id)));
    }
    EXPECT_THAT(executor.RunUntilDone(store.FindReplay(PartitionOf(writer), IdOf(static_cast<int>(first.size())))),
                StatusIs(absl::StatusCode::kNotFound));
    EXPECT_GT(static_cast<int>(first.size()), acknowledged[writer]) << "an acknowledged step is lost";
    next.push_back(static_cast<int>(first.size()));
  }
  return next;
}

}  // namespace jiebang::store
