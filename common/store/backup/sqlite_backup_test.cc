// Snapshots of SQLite files and what is restored from them.
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/async/thread_executor.h"
#include "common/store/backup/alternating_writer.h"
#include "common/store/backup/sqlite_restore.h"
#include "common/store/backup/sqlite_snapshot.h"
#include "common/store/backup/test_content.h"
#include "common/store/sqlite/sqlite_store.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temporary_directory.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace jiebang::store::backup {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class SqliteBackup : public testing::Test {
 protected:
  absl::Status RestoreAll(const std::vector<Item>& items) {
    ASSIGN_OR_RETURN(const auto restore, SqliteRestore::Begin(files_, now_));
    ItemsSource source(items);
    RETURN_IF_ERROR(Copy(source, *restore));
    return restore->Finish();
  }

  absl::StatusOr<std::vector<Item>> Saved() {
    ASSIGN_OR_RETURN(const auto snapshot, SqliteSnapshot::Take(files_, now_));
    return ItemsOf(*snapshot);
  }

  const absl::Time now_ = absl::Now();
  const TemporaryDirectory directory_;
  const std::vector<SqliteFile> files_ = {{"application", directory_.path() / "application.db"},
                                          {"quota", directory_.path() / "quota.db"},
                                          {"review", directory_.path() / "review.db"}};
  ThreadExecutor executor_;
};

TEST_F(SqliteBackup, SavesWhatWasRestored) {
  const std::vector<Item> items = SomeOfEverything(now_);
  ASSERT_THAT(RestoreAll(items), IsOk());
  EXPECT_THAT(Saved(), IsOkAndHolds(items));
}

TEST_F(SqliteBackup, RestoresAStoreThatGoesOnWhereTheOldOneWas) {
  ASSERT_THAT(RestoreAll(SomeOfEverything(now_)), IsOk());
  ASSERT_OK_AND_ASSIGN(const auto store, OpenSqliteStore(files_[1].file));
  EXPECT_THAT(executor_.RunUntilDone(store->Get({"t", "p1", "b"})), IsOkAndHolds(Record{"b", 2, "12:34"}));
  EXPECT_THAT(executor_.RunUntilDone(store->FindReplay("p1", "k1")),
              IsOkAndHolds(Replay{"k1", EveryByte(0), EveryByte(0)}));
  const std::string partition = "p1";
  Commit commit{.partition = partition, .preconditions = {{"t", "b", 2}}, .puts = {{"t", "b", "next"}}};
  commit.replay = Replay{"k1", "", ""};
  EXPECT_THAT(executor_.RunUntilDone(store->Apply(commit)), StatusIs(absl::StatusCode::kAlreadyExists));
  commit.replay.reset();
  EXPECT_THAT(executor_.RunUntilDone(store->Apply(commit)), IsOk());
  ASSERT_OK_AND_ASSIGN(const auto heads, executor_.RunUntilDone(store->JournalHeads()));
  EXPECT_EQ(heads[3], 2);
  EXPECT_EQ(heads[15], 1);
}

TEST_F(SqliteBackup, SavesStoresThatAreInUse) {
  ASSERT_THAT(RestoreAll(SomeOfEverything(now_)), IsOk());
  ASSERT_OK_AND_ASSIGN(const auto store, OpenSqliteStore(files_[0].file));
  ASSERT_THAT(executor_.RunUntilDone(store->Apply({.partition = "p", .puts = {{"t", "a", "1"}}})), IsOk());
  ASSERT_OK_AND_ASSIGN(const auto snapshot, SqliteSnapshot::Take(files_, now_));
  ASSERT_THAT(executor_.RunUntilDone(store->Apply({.partition = "p", .puts = {{"t", "a", "2"}}})), IsOk());
  ASSERT_OK_AND_ASSIGN(const std::vector<Item> items, ItemsOf(*snapshot));
  EXPECT_EQ(items[1], Item(StoredRecord{{"t", "p", "a"}, 1, "1"}));
}

TEST_F(SqliteBackup, LeavesExpiredAnswersOut) {
  std::vector<Item> items = {ServiceStart{"application"}, ServiceStart{"quota"}, ReplayOf("k", now_ - absl::Seconds(1)),
                             ServiceStart{"review"}};
  ASSERT_THAT(RestoreAll(items), IsOk());
  EXPECT_THAT(Saved(),
              IsOkAndHolds(ElementsAre(ServiceStart{"application"}, ServiceStart{"quota"}, ServiceStart{"review"})));
}

TEST_F(SqliteBackup, KeepsWhereACompactedJournalBegins) {
  ASSERT_THAT(RestoreAll({ServiceStart{"application"}, EntryOf(5, 10), ServiceStart{"quota"}, ServiceStart{"review"}}),
              IsOk());
  ASSERT_THAT(sqlite::Database::Open(files_[0].file)->Execute("INSERT INTO compacted VALUES (2, 40), (5, 9)"), IsOk());
  EXPECT_THAT(Saved(), IsOkAndHolds(ElementsAre(ServiceStart{"application"}, JournalStart{2, 40}, JournalStart{5, 9},
                                                EntryOf(5, 10), ServiceStart{"quota"}, ServiceStart{"review"})));
}

TEST_F(SqliteBackup, RefusesToRestoreOverSomething) {
  ASSERT_OK_AND_ASSIGN(auto store, OpenSqliteStore(files_[1].file));
  EXPECT_THAT(RestoreAll({}), StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("another process")));
  ASSERT_THAT(executor_.RunUntilDone(store->Apply({.partition = "p", .events = {{"type", "name", ""}}})), IsOk());
  store.reset();
  EXPECT_THAT(RestoreAll({}), StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("quota.db is not empty")));
}

TEST_F(SqliteBackup, RestoresOverAnEmptyStore) {
  { ASSERT_THAT(OpenSqliteStore(files_[1].file), IsOk()); }
  ASSERT_THAT(RestoreAll(SomeOfEverything(now_)), IsOk());
  EXPECT_THAT(Saved(), IsOkAndHolds(SomeOfEverything(now_)));
}

TEST_F(SqliteBackup, LeavesNoStoreWhenARestoreIsNotFinished) {
  std::ofstream(directory_.path() / "quota.db.restoring") << "left by one that was killed";
  {
    ASSERT_OK_AND_ASSIGN(const auto restore, SqliteRestore::Begin(files_, now_));
    ItemsSource source(SomeOfEverything(now_));
    ASSERT_THAT(Copy(source, *restore), IsOk());
    ASSERT_OK_AND_ASSIGN(const auto back, restore->ReadBack());
    EXPECT_THAT(ItemsOf(*back), IsOkAndHolds(SomeOfEverything(now_)));
  }
  for (const auto& left : std::filesystem::directory_iterator(directory_.path())) {
    EXPECT_EQ(left.path().extension(), ".lock") << left.path();
  }
}

TEST_F(SqliteBackup, HidesWhatItRestoresFromOthers) {
  ASSERT_THAT(RestoreAll(SomeOfEverything(now_)), IsOk());
  EXPECT_EQ(std::filesystem::status(files_[1].file).permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST_F(SqliteBackup, RefusesWhatIsNoStore) {
  EXPECT_THAT(Saved(), StatusIs(absl::StatusCode::kNotFound, HasSubstr("there is no store of application")));
  EXPECT_FALSE(std::filesystem::exists(files_[0].file));
  ASSERT_THAT(RestoreAll(SomeOfEverything(now_)), IsOk());
  std::filesystem::remove(files_[1].file);
  ASSERT_THAT(sqlite::Database::Open(files_[1].file)->Execute("CREATE TABLE bookmarks (url)"), IsOk());
  EXPECT_THAT(Saved(), StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("another program")));
}

TEST_F(SqliteBackup, CutsThroughAllStoresAtOneMoment) {
  ASSERT_OK_AND_ASSIGN(const auto first, OpenSqliteStore(files_[0].file));
  ASSERT_OK_AND_ASSIGN(const auto second, OpenSqliteStore(files_[1].file));
  ExpectCuts(*first, *second, 200, [this] { return SqliteSnapshot::Take({files_[0], files_[1]}, now_); });
}

}  // namespace
}  // namespace jiebang::store::backup
