#include "services/jiebangctl/backup_command.h"

#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <variant>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/async/thread_executor.h"
#include "common/store/sqlite/sqlite_store.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temporary_directory.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace jiebang::ctl {
namespace {

using store::OpenSqliteStore;
using testing::ElementsAre;
using testing::HasSubstr;

class BackupCommand : public testing::Test {
 protected:
  // A service's store with one record.
  void Make(const std::string& file, const std::string& value) {
    ASSERT_OK_AND_ASSIGN(const auto store, OpenSqliteStore(directory_.path() / file));
    store::Commit commit{.partition = "p", .puts = {{"t", "a", value}}};
    ASSERT_THAT(executor_.RunUntilDone(store->Apply(std::move(commit))), IsOk());
  }

  std::string In(const std::string& file) const { return directory_.path() / file; }
  std::string Sqlite(const std::string& file) const { return absl::StrCat("sqlite:", In(file)); }

  absl::Status Save(const StoreFlags& stores, const std::string& file) {
    return Backup(stores, In(file), absl::Seconds(5), absl::Now, output_);
  }
  absl::Status Fill(const std::string& file, const StoreFlags& stores) {
    return Restore(In(file), stores, absl::Now, output_);
  }
  absl::Status Compare(const std::string& a, const std::string& b) {
    return CompareBackups(In(a), In(b), absl::Now, output_);
  }

  const TemporaryDirectory directory_;
  ThreadExecutor executor_;
  std::ostringstream output_;
};

TEST_F(BackupCommand, SavesAndRestores) {
  Make("quota.db", "1");
  Make("review.db", "2");
  ASSERT_THAT(Save({.stores = {Sqlite("review.db"), Sqlite("quota.db")}}, "first"), IsOk());
  EXPECT_THAT(output_.str(), HasSubstr("quota: 1 records, 0 remembered answers, 0 journal entries, sha256 "));
  EXPECT_THAT(output_.str(), HasSubstr("writes waited"));
  std::filesystem::create_directory(In("new"));
  const StoreFlags restored = {.stores = {Sqlite("new/quota.db"), Sqlite("new/review.db")}};
  ASSERT_THAT(Fill("first", restored), IsOk());
  EXPECT_THAT(output_.str(), HasSubstr("restored, read back and equal"));
  ASSERT_THAT(Save(restored, "second"), IsOk());
  EXPECT_THAT(Compare("first", "second"), IsOk());
  EXPECT_THAT(CheckBackup(In("second"), output_), IsOk());
}

TEST_F(BackupCommand, SaysWhereTwoBackupsDiffer) {
  Make("quota.db", "1");
  ASSERT_THAT(Save({.stores = {Sqlite("quota.db")}}, "first"), IsOk());
  Make("quota.db", "2");
  ASSERT_THAT(Save({.stores = {Sqlite("quota.db")}}, "second"), IsOk());
  EXPECT_THAT(Compare("first", "second"),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       HasSubstr("table \"t\", partition \"p\", id \"a\": its version is 1 and 2")));
}

TEST_F(BackupCommand, RestoresNothingFromADamagedFile) {
  Make("quota.db", "a value to be found");
  ASSERT_THAT(Save({.stores = {Sqlite("quota.db")}}, "first"), IsOk());
  std::fstream(In("first"), std::ios::in | std::ios::out | std::ios::binary).seekp(40).put('!');
  EXPECT_THAT(Fill("first", {.stores = {absl::StrCat("quota=", Sqlite("new.db"))}}),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("does not fit the digest")));
  EXPECT_FALSE(std::filesystem::exists(In("new.db")));
}

TEST_F(BackupCommand, RestoresAllServicesOrNone) {
  Make("quota.db", "1");
  Make("review.db", "2");
  ASSERT_THAT(Save({.stores = {Sqlite("review.db"), Sqlite("quota.db")}}, "first"), IsOk());
  EXPECT_THAT(
      Fill("first", {.stores = {absl::StrCat("quota=", Sqlite("new.db"))}}),
      StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("has quota, review; stores are given for quota")));
}

TEST_F(BackupCommand, LeavesNoFileWhenAStoreIsMissing) {
  Make("quota.db", "1");
  EXPECT_THAT(Save({.data = directory_.path()}, "first"),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("there is no store of application")));
  EXPECT_FALSE(std::filesystem::exists(In("first")));
  EXPECT_FALSE(std::filesystem::exists(In("first.part")));
}

// "service location" of each store, or the refusal.
std::vector<std::string> Named(const StoreFlags& flags) {
  const auto stores = StoresOf(flags);
  if (!stores.ok()) return {std::string(stores.status().message())};
  std::vector<std::string> named;
  for (const auto& [service, location] : *stores) {
    const auto* const file = std::get_if<store::SqliteLocation>(&location);
    named.push_back(absl::StrCat(
        service, " ", file != nullptr ? file->file.string() : std::get<store::RedisLocation>(location).prefix));
  }
  return named;
}

TEST(StoreFlags, NameEveryServiceOfASuite) {
  EXPECT_THAT(Named({.data = "/d"}),
              ElementsAre("application /d/application.db", "maturity /d/maturity.db", "publiclist /d/publiclist.db",
                          "quota /d/quota.db", "review /d/review.db"));
  EXPECT_THAT(Named({.suite_store = "redis://h:1/jb?password_file=/p"}),
              ElementsAre("application jb-application", "maturity jb-maturity", "publiclist jb-publiclist",
                          "quota jb-quota", "review jb-review"));
}

TEST(StoreFlags, TakeTheNameOfAFileAPrefixOrAFlag) {
  EXPECT_THAT(Named({.stores = {"sqlite:/d/review.db", "redis://h/quota?password_file=/p", "maturity=sqlite:/d/m.db"}}),
              ElementsAre("maturity /d/m.db", "quota quota", "review /d/review.db"));
}

TEST(StoreFlags, RefuseWhatIsNotClear) {
  EXPECT_THAT(Named({}), ElementsAre(HasSubstr("want one of --data")));
  EXPECT_THAT(Named({.stores = {"sqlite:/a.db"}, .data = "/d"}), ElementsAre(HasSubstr("want one of --data")));
  EXPECT_THAT(Named({.suite_store = "sqlite:/d"}), ElementsAre(HasSubstr("is a Redis")));
  EXPECT_THAT(Named({.stores = {"sqlite:/a/quota.db", "sqlite:/b/quota.db"}}), ElementsAre(HasSubstr("called quota")));
  EXPECT_THAT(Named({.stores = {"quota"}}), ElementsAre(HasSubstr("want sqlite:")));
}

}  // namespace
}  // namespace jiebang::ctl
