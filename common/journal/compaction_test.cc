#include "common/journal/compaction.h"

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/async/thread_executor.h"
#include "common/journal/follow.h"
#include "common/store/sqlite/sqlite_store.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temporary_directory.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "jiebang/journal/v1/event.pb.h"

namespace jiebang::journal {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);

class CompactionTest : public testing::Test {
 protected:
  // `days` ago.
  void Happen(int days, const std::string& partition = "units") {
    v1::Event event;
    event.mutable_time()->set_seconds(absl::ToUnixSeconds(kNow - absl::Hours(24 * days)));
    store::Commit commit{.partition = partition};
    commit.events.push_back({"unit.created", "units/1", event.SerializeAsString()});
    ASSERT_THAT(Await(store_->Apply(commit)), IsOk());
  }

  absl::StatusOr<std::uint64_t> CompactOlderThan(int days, CompactionPolicy policy = {}) {
    policy.keep = absl::Hours(24 * days);
    return Await(Compact(*store_, kNow, policy));
  }
  std::uint64_t CompactedOfUnits() {
    return (*Await(store_->JournalCompacted()))[static_cast<std::size_t>(store::ShardOf("units"))];
  }

  template <class T>
  T Await(Task<T> task) {
    return executor_.RunUntilDone(std::move(task));
  }

  TemporaryDirectory directory_;
  std::unique_ptr<store::Store> store_ = *store::OpenSqliteStore(directory_.path() / "journal.db");
  ThreadExecutor executor_;
};

TEST_F(CompactionTest, TakesWhatIsOlderThanIsKept) {
  for (const int days : {400, 300, 200, 100}) Happen(days);
  EXPECT_THAT(CompactOlderThan(250), IsOkAndHolds(2));
  EXPECT_EQ(CompactedOfUnits(), 2);
  EXPECT_THAT(CompactOlderThan(250), IsOkAndHolds(0));
}

TEST_F(CompactionTest, StopsAtTheFirstEventThatIsYoungEnough) {
  for (const int days : {400, 200, 300, 100}) Happen(days);
  EXPECT_THAT(CompactOlderThan(250), IsOkAndHolds(1));
}

TEST_F(CompactionTest, KeepsTheLastEventOfAShardHoweverOld) {
  for (const int days : {400, 300}) Happen(days);
  Happen(400, "alone in its shard");
  EXPECT_THAT(CompactOlderThan(1), IsOkAndHolds(1));
}

TEST_F(CompactionTest, GoesThroughAJournalOfManySteps) {
  for (int i = 0; i < 1'300; ++i) Happen(400);
  Happen(1);
  EXPECT_THAT(CompactOlderThan(250), IsOkAndHolds(1'300));
}

TEST_F(CompactionTest, TakesNothingThatAProjectionHasNotHandled) {
  for (const int days : {400, 400, 300}) Happen(days);
  EXPECT_THAT(CompactOlderThan(250, {.projections = {"behind"}}), IsOkAndHolds(0));
  ThreadExecutor following;
  following.RunUntilDone([&]() -> Task<bool> {
    Executor& home = co_await Home();
    Spawn(home, Follow(*store_, "behind", [](const v1::Event&) -> Task<absl::Status> { co_return absl::OkStatus(); }));
    while (true) {
      const absl::StatusOr<std::uint64_t> behind = co_await EventsBehind(*store_, "behind");
      if (behind.ok() && *behind == 0) co_return true;
      co_await Sleep(absl::Milliseconds(5));
    }
  }());
  EXPECT_THAT(CompactOlderThan(250, {.projections = {"behind"}}), IsOkAndHolds(2));
}

TEST_F(CompactionTest, TakesNothingThatIsNotSealed) {
  for (const int days : {400, 400, 400, 1}) Happen(days);
  CompactionPolicy policy;
  policy.not_beyond = []() -> Task<absl::StatusOr<Bounds>> {
    Bounds sealed{};
    sealed[static_cast<std::size_t>(store::ShardOf("units"))] = 2;
    co_return sealed;
  };
  EXPECT_THAT(CompactOlderThan(250, std::move(policy)), IsOkAndHolds(2));
}

}  // namespace
}  // namespace jiebang::journal
