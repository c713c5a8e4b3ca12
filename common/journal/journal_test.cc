#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/async/thread_executor.h"
#include "common/journal/audited_store.h"
#include "common/journal/follow.h"
#include "common/journal/position.h"
#include "common/journal/watch.h"
#include "common/store/sqlite/sqlite_store.h"
#include "common/testing/error_matchers.h"
#include "common/testing/mortal_store.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temporary_directory.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace jiebang::journal {
namespace {

using testing::ElementsAre;
using testing::IsSupersetOf;

// Counts the entries that were read.
class CountingStore : public MortalStore {
 public:
  explicit CountingStore(store::Store& store) : MortalStore(store) {}

  std::size_t entries() const { return entries_; }

  Task<absl::StatusOr<std::vector<store::JournalEntry>>> ReadJournal(int shard, std::uint64_t after,
                                                                     std::size_t limit) override {
    auto entries = co_await MortalStore::ReadJournal(shard, after, limit);
    if (entries.ok()) entries_ += entries->size();
    co_return entries;
  }

 private:
  std::size_t entries_ = 0;
};

class JournalTest : public testing::Test {
 protected:
  void Happen(const std::string& partition, const std::string& resource) {
    v1::Event event;
    event.set_type("unit.created");
    event.set_resource(resource);
    store::Commit commit{.partition = partition};
    commit.events.push_back({event.type(), event.resource(), event.SerializeAsString()});
    ASSERT_THAT(executor_.RunUntilDone(store_->Apply(commit)), IsOk());
  }

  // The entries that a watch gives until it has given `count`.
  std::vector<v1::Entry> Watched(const identity::v1::Principal& principal, std::string token, std::size_t count) {
    std::vector<v1::Entry> entries;
    const rpc::Call call({.principal = principal});
    const absl::Status status = executor_.RunUntilDone(StreamEvents(*store_, call, std::move(token),
                                                                    {.take = [&](v1::Entry entry) -> Task<bool> {
                                                                       entries.push_back(std::move(entry));
                                                                       co_return entries.size() < count;
                                                                     },
                                                                     .ended = [] { return false; }}));
    EXPECT_THAT(status, IsOk());
    return entries;
  }

  // With what a watch ends that begins there.
  absl::Status EndOfWatch(std::string token) {
    const rpc::Call call({.principal = Ministry()});
    return executor_.RunUntilDone(
        StreamEvents(*store_, call, std::move(token),
                     {.take = [](v1::Entry) -> Task<bool> { co_return true; }, .ended = [] { return false; }}));
  }

  static identity::v1::Principal Ministry() {
    identity::v1::Principal principal;
    principal.add_roles(options::v1::ROLE_MINISTRY);
    return principal;
  }

  const FixedClock clock_{absl::UnixEpoch()};
  TemporaryDirectory directory_;
  std::unique_ptr<store::Store> store_ = *store::OpenSqliteStore(directory_.path() / "journal.db");
  ThreadExecutor executor_;  // destroyed first: it still runs what the store answers
};

TEST(Position, ComesBackFromItsToken) {
  Position position;
  position.places[0] = {.sequence = 1, .mark = 1};
  position.places[7] = {.sequence = 300, .mark = 0xffff'ffff};
  position.places[15] = {.sequence = 1ull << 40, .mark = 0};
  EXPECT_THAT(Position::Parse(position.Token()), IsOkAndHolds(position));
  EXPECT_THAT(Position::Parse(""), IsOkAndHolds(Position{}));
}

TEST(Position, RefusesWhatIsNoToken) {
  for (const std::string& token : std::vector<std::string>{"!", "AAAA", std::string(60, 'A')}) {
    EXPECT_THAT(Position::Parse(token), StatusIs(absl::StatusCode::kInvalidArgument)) << token;
  }
}

TEST_F(JournalTest, WatchGoesOnAfterItsResumeToken) {
  for (int i = 0; i < 5; ++i) Happen("units", absl::StrCat("units/", i));
  const std::vector<v1::Entry> first = Watched(Ministry(), "", 3);
  const std::vector<v1::Entry> rest = Watched(Ministry(), first.back().resume_token(), 2);
  ASSERT_EQ(rest.size(), 2u);
  EXPECT_EQ(rest[0].event().resource(), "units/3");
  EXPECT_EQ(rest[0].sequence(), 4);
  EXPECT_EQ(rest[1].event().resource(), "units/4");
}

TEST_F(JournalTest, WatchGoesOnWhereTheLastEventWasJustCompactedAway) {
  for (int i = 0; i < 5; ++i) Happen("units", absl::StrCat("units/", i));
  const std::vector<v1::Entry> first = Watched(Ministry(), "", 3);
  ASSERT_THAT(executor_.RunUntilDone(store_->CompactJournal(store::ShardOf("units"), 3)), IsOk());
  EXPECT_EQ(Watched(Ministry(), first.back().resume_token(), 1)[0].event().resource(), "units/3");
}

TEST_F(JournalTest, WatchSaysThatWhatFollowsATokenWasCompactedAway) {
  for (int i = 0; i < 5; ++i) Happen("units", absl::StrCat("units/", i));
  const std::vector<v1::Entry> first = Watched(Ministry(), "", 2);
  ASSERT_THAT(executor_.RunUntilDone(store_->CompactJournal(store::ShardOf("units"), 4)), IsOk());
  EXPECT_THAT(EndOfWatch(first.back().resume_token()),
              IsRefusal(absl::StatusCode::kOutOfRange, "RESUME_TOKEN_EXPIRED"));
  EXPECT_EQ(Watched(Ministry(), "", 1)[0].event().resource(), "units/4") << "without a token it begins at what is left";
}

// As when a failover has lost the last events: the journal of another file plays that part.
TEST_F(JournalTest, WatchSaysThatTheJournalHasLostWhatATokenStandsBehind) {
  for (int i = 0; i < 3; ++i) Happen("units", absl::StrCat("units/", i));
  const std::string token = Watched(Ministry(), "", 3).back().resume_token();
  store_ = *store::OpenSqliteStore(directory_.path() / "after.db");
  for (int i = 0; i < 2; ++i) Happen("units", absl::StrCat("units/", i));
  EXPECT_THAT(EndOfWatch(token), IsRefusal(absl::StatusCode::kDataLoss, "RESUME_TOKEN_DIVERGED")) << "shorter";
  for (int i = 2; i < 4; ++i) Happen("units", absl::StrCat("units/other-", i));
  EXPECT_THAT(EndOfWatch(token), IsRefusal(absl::StatusCode::kDataLoss, "RESUME_TOKEN_DIVERGED")) << "another event";
}

TEST_F(JournalTest, WatchReadsNothingAheadForASlowReader) {
  for (int i = 0; i < 2'000; ++i) Happen("units", absl::StrCat("units/", i));
  CountingStore counting(*store_);
  std::size_t taken = 0;
  const rpc::Call call({.principal = Ministry()});
  Sink sink;
  sink.take = [&](v1::Entry) -> Task<bool> {
    ++taken;
    EXPECT_LE(counting.entries(), taken + 300) << "one page, however long he takes";
    co_await Sleep(absl::ZeroDuration());
    co_return taken < 2'000;
  };
  sink.ended = [] { return false; };
  EXPECT_THAT(executor_.RunUntilDone(StreamEvents(counting, call, "", std::move(sink))), IsOk());
}

TEST_F(JournalTest, WatchShowsAUnitOnlyItsOwn) {
  identity::v1::Principal unit;
  unit.add_roles(options::v1::ROLE_UNIT);
  unit.set_unit("320000");
  Happen("a", "programmes/p/units/110000/tracks/t/recommendationList");
  Happen("b", "programmes/p/units/320000/tracks/t/recommendationList");
  const std::vector<v1::Entry> entries = Watched(unit, "", 1);
  EXPECT_EQ(entries[0].event().resource(), "programmes/p/units/320000/tracks/t/recommendationList");
}

TEST_F(JournalTest, WatchShowsChangesOfRecordsToAuditorsAlone) {
  AuditedStore audited(*store::OpenSqliteStore(directory_.path() / "audited.db"), clock_);
  for (const bool has_event : {false, true}) {
    store::Commit commit{.partition = "units"};
    commit.puts.push_back({.table = "unit", .id = "a", .value = "the value"});
    if (has_event) {
      v1::Event event;
      event.set_type("unit.updated");
      commit.events.push_back({event.type(), "units/a", event.SerializeAsString()});
    }
    ASSERT_THAT(executor_.RunUntilDone(audited.Apply(std::move(commit))), IsOk());
  }
  const auto watched = [&](const identity::v1::Principal& principal, std::size_t count) {
    std::vector<v1::Event> events;
    const rpc::Call call({.principal = principal});
    const auto take = [&](v1::Entry entry) -> Task<bool> {
      events.push_back(entry.event());
      co_return events.size() < count;
    };
    EXPECT_THAT(executor_.RunUntilDone(StreamEvents(audited, call, "", {.take = take, .ended = [] { return false; }})),
                IsOk());
    return events;
  };
  const std::vector<v1::Event> seen = watched(Ministry(), 1);
  EXPECT_EQ(seen[0].type(), "unit.updated");
  EXPECT_EQ(seen[0].changes_size(), 0);

  identity::v1::Principal auditor;
  auditor.add_roles(options::v1::ROLE_AUDITOR);
  const std::vector<v1::Event> all = watched(auditor, 2);
  EXPECT_EQ(all[0].type(), kRecordChanged);
  EXPECT_EQ(all[1].changes_size(), 1);
}

TEST_F(JournalTest, FollowHandlesEveryEventAndGoesOnWhereItWas) {
  for (int i = 0; i < 600; ++i) Happen(absl::StrCat("partition", i % 20), absl::StrCat("units/", i));
  std::vector<std::string> seen;
  const auto run_until = [&](std::size_t count) {
    ThreadExecutor executor;
    executor.RunUntilDone([&]() -> Task<bool> {
      Executor& home = co_await Home();
      Spawn(home, Follow(*store_, "test", [&seen](const v1::Event& event) -> Task<absl::Status> {
              seen.push_back(event.resource());
              co_return absl::OkStatus();
            }));
      while (seen.size() < count) co_await Sleep(absl::Milliseconds(5));
      while (true) {
        const absl::StatusOr<std::uint64_t> behind = co_await EventsBehind(*store_, "test");
        if (behind.ok() && *behind == 0) co_return true;
        co_await Sleep(absl::Milliseconds(5));
      }
    }());
  };
  run_until(600);
  EXPECT_EQ(seen.size(), 600u);
  seen.clear();
  Happen("partition3", "units/last");
  run_until(1);
  EXPECT_THAT(seen, ElementsAre("units/last"));
}

TEST_F(JournalTest, FollowHandlesAShardAnewThatHasLostWhatItHadSeen) {
  std::vector<std::string> seen;
  const auto run_until = [&](std::size_t count) {
    ThreadExecutor executor;
    executor.RunUntilDone([&]() -> Task<bool> {
      Executor& home = co_await Home();
      Spawn(home, Follow(*store_, "test", [&seen](const v1::Event& event) -> Task<absl::Status> {
              seen.push_back(event.resource());
              co_return absl::OkStatus();
            }));
      while (true) {
        const absl::StatusOr<std::uint64_t> behind = co_await EventsBehind(*store_, "test");
        if (seen.size() >= count && behind.ok() && *behind == 0) co_return true;
        co_await Sleep(absl::Milliseconds(5));
      }
    }());
  };
  for (int i = 0; i < 3; ++i) Happen("units", absl::StrCat("units/", i));
  run_until(3);
  const store::Record place = *executor_.RunUntilDone(store_->Get({"derived_projection", "projection/test", "place"}));
  store_ = *store::OpenSqliteStore(directory_.path() / "after.db");
  store::Commit kept{.partition = "projection/test"};
  kept.puts.push_back({"derived_projection", "place", place.value});
  ASSERT_THAT(executor_.RunUntilDone(store_->Apply(kept)), IsOk());
  for (int i = 0; i < 2; ++i) Happen("units", absl::StrCat("units/after-", i));
  seen.clear();
  run_until(2);
  EXPECT_THAT(seen, ElementsAre("units/after-0", "units/after-1"));
}

}  // namespace
}  // namespace jiebang::journal
