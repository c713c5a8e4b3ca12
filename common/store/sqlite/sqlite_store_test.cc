#include "common/store/sqlite/sqlite_store.h"

#include "common/async/thread_executor.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temporary_directory.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace jiebang::store {
namespace {

using testing::ElementsAre;
using testing::Field;

TEST(SqliteStore, KeepsWhatItAcknowledged) {
  TemporaryDirectory directory;
  ThreadExecutor executor;
  {
    ASSERT_OK_AND_ASSIGN(const auto store, OpenSqliteStore(directory.path() / "store.db"));
    EXPECT_THAT(executor.RunUntilDone(store->Apply({.partition = "p",
                                                    .puts = {{"t", "a", "1"}, {"t", "b", ""}},
                                                    .events = {{"x", "y", "z"}},
                                                    .replay = Replay{"k", "f", "a"}})),
                IsOk());
    EXPECT_THAT(executor.RunUntilDone(store->Apply({.partition = "p", .preconditions = {{"t", "a", 7}}})),
                StatusIs(absl::StatusCode::kAborted));
  }
  ASSERT_OK_AND_ASSIGN(const auto store, OpenSqliteStore(directory.path() / "store.db"));
  EXPECT_THAT(OpenSqliteStore(directory.path() / "store.db"), StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(executor.RunUntilDone(store->Get({"t", "p", "a"})), IsOkAndHolds(Field(&Record::value, "1")));
  ASSERT_OK_AND_ASSIGN(const Page page, executor.RunUntilDone(store->Scan("t", "p", "", "", 10)));
  EXPECT_THAT(page.records, ElementsAre(Field(&Record::id, "a"), Field(&Record::id, "b")));
  ASSERT_OK_AND_ASSIGN(const auto journal, executor.RunUntilDone(store->ReadJournal(ShardOf("p"), 0, 10)));
  EXPECT_THAT(journal, ElementsAre(Field(&JournalEntry::sequence, 1)));
}

}  // namespace
}  // namespace jiebang::store
