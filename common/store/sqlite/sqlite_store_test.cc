#include "common/store/sqlite/sqlite_store.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/async/thread_executor.h"
#include "common/store/sqlite/database.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temporary_directory.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace jiebang::store {
namespace {

using testing::Field;
using testing::HasSubstr;

class SqliteStoreTest : public testing::Test {
 protected:
  TemporaryDirectory directory_;
  std::filesystem::path file_ = directory_.path() / "store.db";
  ThreadExecutor executor_;
};

TEST_F(SqliteStoreTest, RefusesASecondOwner) {
  ASSERT_OK_AND_ASSIGN(const auto store, OpenSqliteStore(file_));
  EXPECT_THAT(OpenSqliteStore(file_), StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("another process")));
}

TEST_F(SqliteStoreTest, RefusesAFileOfANewerProgram) {
  ASSERT_THAT(OpenSqliteStore(file_), IsOk());
  ASSERT_THAT(sqlite::Database::Open(file_)->Execute("PRAGMA user_version = 9"), IsOk());
  EXPECT_THAT(OpenSqliteStore(file_), StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("schema version 9")));
}

TEST_F(SqliteStoreTest, RefusesAFileOfAnotherProgram) {
  ASSERT_THAT(sqlite::Database::Open(file_)->Execute("CREATE TABLE bookmarks (url)"), IsOk());
  EXPECT_THAT(OpenSqliteStore(file_), StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("another program")));
}

TEST_F(SqliteStoreTest, RefusesAFileThatIsNoDatabase) {
  std::ofstream(file_) << std::string(10'000, 'x');
  EXPECT_THAT(OpenSqliteStore(file_), StatusIs(absl::StatusCode::kDataLoss));
}

TEST_F(SqliteStoreTest, SaysThatTheFolderIsMissing) {
  EXPECT_THAT(OpenSqliteStore(directory_.path() / "none" / "store.db"),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("none/store.db")));
}

TEST_F(SqliteStoreTest, HidesItsFilesFromOthers) {
  ASSERT_OK_AND_ASSIGN(const auto store, OpenSqliteStore(file_));
  ASSERT_THAT(executor_.RunUntilDone(store->Apply({.partition = "p", .puts = {{"t", "a", ""}}})), IsOk());
  for (const char* const suffix : {"", "-wal", "-shm", ".lock"}) {
    EXPECT_EQ(std::filesystem::status(file_.string() + suffix).permissions(),
              std::filesystem::perms::owner_read | std::filesystem::perms::owner_write)
        << suffix;
  }
}

// As a back-up does, or somebody with the sqlite3 command line.
TEST_F(SqliteStoreTest, KeepsItsLogWhenAnotherProcessReadsTheFileAndCloses) {
  int go[2];
  ASSERT_EQ(pipe(go), 0);
  const pid_t other = fork();  // before the file is open here: a child must not take over what SQLite knows of it
  if (other == 0) {
    char byte;
    const bool told = read(go[0], &byte, 1) == 1;
    const bool closed = told && sqlite::Database::Open(file_)->Execute("SELECT count(*) FROM records").ok();
    _exit(closed ? 0 : 1);
  }
  ASSERT_OK_AND_ASSIGN(const auto store, OpenSqliteStore(file_));
  ASSERT_THAT(executor_.RunUntilDone(store->Apply({.partition = "p", .puts = {{"t", "a", ""}}})), IsOk());
  ASSERT_EQ(write(go[1], "!", 1), 1);
  int result = -1;
  ASSERT_EQ(waitpid(other, &result, 0), other);
  EXPECT_EQ(result, 0);
  EXPECT_TRUE(std::filesystem::exists(file_.string() + "-wal"));
}

TEST_F(SqliteStoreTest, FinishesWhatWasAskedBeforeItIsDestroyed) {
  constexpr int kCommits = 200;
  std::atomic<int> applied = 0;
  std::atomic<int> found = 0;
  {
    ASSERT_OK_AND_ASSIGN(std::unique_ptr<Store> store, OpenSqliteStore(file_));
    const auto write_and_read = [&](Store& asked, int number) -> Task<void> {
      Commit commit;
      commit.partition = "p";
      commit.puts.push_back({"t", absl::StrCat(number), ""});
      const absl::Status status = co_await asked.Apply(std::move(commit));
      if (status.ok()) ++applied;
    };
    const auto read = [&](Store& asked) -> Task<void> {
      Key key("t", "p", "absent");
      const absl::StatusOr<Record> record = co_await asked.Get(std::move(key));
      if (absl::IsNotFound(record.status())) ++found;
    };
    for (int number = 0; number < kCommits; ++number) {
      executor_.Post([&, number] {
        Spawn(executor_, write_and_read(*store, number));
        Spawn(executor_, read(*store));
      });
    }
    // When this comes back, all of the above was asked.
    executor_.RunUntilDone([]() -> Task<bool> { co_return true; }());
  }
  // And now all of it was answered, on the executor.
  executor_.RunUntilDone([]() -> Task<bool> { co_return true; }());
  EXPECT_EQ(applied, kCommits);
  EXPECT_EQ(found, kCommits);
}

// The kernel refuses the writes as it would on a broken disk.
TEST_F(SqliteStoreTest, RecoversFromWritesThatFail) {
  ASSERT_OK_AND_ASSIGN(std::unique_ptr<Store> store, OpenSqliteStore(file_));
  const auto put = [&](const std::string& id) {
    return executor_.RunUntilDone(store->Apply({.partition = "p",
                                                .puts = {{"t", id, std::string(10'000, 'x')}, {"t", id + "+", ""}},
                                                .events = {{"x", id, ""}}}));
  };
  ASSERT_THAT(put("before"), IsOk());

  signal(SIGXFSZ, SIG_IGN);
  rlimit unlimited;
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &unlimited), 0);
  rlimit limited = unlimited;
  limited.rlim_cur = std::filesystem::file_size(file_.string() + "-wal") + 8'000;  // in the middle of the next commit
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &limited), 0);
  const absl::Status during = put("during");
  const absl::Status still = put("during");
  const absl::StatusOr<Record> read = executor_.RunUntilDone(store->Get({"t", "p", "before"}));
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &unlimited), 0);

  EXPECT_THAT(during, StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT(still, StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT(read, IsOk());
  EXPECT_THAT(put("after"), IsOk());
  store.reset();
  ASSERT_OK_AND_ASSIGN(store, OpenSqliteStore(file_));
  ASSERT_OK_AND_ASSIGN(const Page page, executor_.RunUntilDone(store->Scan("t", "p", "", "", 10)));
  EXPECT_THAT(page.records, testing::ElementsAre(Field(&Record::id, "after"), Field(&Record::id, "after+"),
                                                 Field(&Record::id, "before"), Field(&Record::id, "before+")));
  ASSERT_OK_AND_ASSIGN(const auto journal, executor_.RunUntilDone(store->ReadJournal(ShardOf("p"), 0, 10)));
  EXPECT_THAT(journal, testing::ElementsAre(Field(&JournalEntry::sequence, 1), Field(&JournalEntry::sequence, 2)));
}

}  // namespace
}  // namespace jiebang::store
