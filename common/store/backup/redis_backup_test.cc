// Snapshots of Redis and what is restored from them, and from one engine to the other.
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/async/thread_executor.h"
#include "common/store/backup/alternating_writer.h"
#include "common/store/backup/redis_restore.h"
#include "common/store/backup/redis_snapshot.h"
#include "common/store/backup/stores.h"
#include "common/store/backup/test_content.h"
#include "common/store/redis/redis_store.h"
#include "common/testing/redis_behind_sentinel.h"
#include "common/testing/redis_cluster.h"
#include "common/testing/redis_server.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temporary_directory.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace jiebang::store::backup {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

RedisLocation On(const RedisServer& server, const std::string& prefix) {
  return {.unix_socket = server.unix_socket(), .prefix = prefix};
}

absl::StatusOr<std::unique_ptr<Store>> OpenAt(const RedisLocation& location) {
  return OpenRedisStore({.unix_socket = location.unix_socket, .prefix = location.prefix});
}

class RedisBackup : public testing::Test {
 protected:
  absl::Status RestoreAll(const std::vector<Item>& items) {
    ASSIGN_OR_RETURN(const auto restore, RedisRestore::Begin(services_, now_));
    ItemsSource source(items);
    RETURN_IF_ERROR(Copy(source, *restore));
    return restore->Finish();
  }

  absl::StatusOr<std::vector<Item>> Saved() {
    ASSIGN_OR_RETURN(const auto snapshot, RedisSnapshot::Take(services_, now_));
    return ItemsOf(*snapshot);
  }

  const absl::Time now_ = absl::Now();
  const RedisServer server_;
  // One of them is what a careless pattern would take for all others.
  const std::vector<RedisService> services_ = {{"application", On(server_, "jb-application")},
                                               {"quota", On(server_, "jb-*")},
                                               {"review", On(server_, "jb-review")}};
  ThreadExecutor executor_;
};

TEST_F(RedisBackup, SavesWhatWasRestored) {
  const std::vector<Item> items = SomeOfEverything(now_);
  ASSERT_THAT(RestoreAll(items), IsOk());
  EXPECT_THAT(Saved(), IsOkAndHolds(items));
}

TEST_F(RedisBackup, RestoresAStoreThatGoesOnWhereTheOldOneWas) {
  ASSERT_THAT(RestoreAll(SomeOfEverything(now_)), IsOk());
  ASSERT_OK_AND_ASSIGN(const auto store, OpenAt(services_[1].location));
  EXPECT_THAT(executor_.RunUntilDone(store->Get({"t", "p1", "b"})), IsOkAndHolds(Record{"b", 2, "12:34"}));
  EXPECT_THAT(executor_.RunUntilDone(store->FindReplay("p1", "k1")),
              IsOkAndHolds(Replay{"k1", EveryByte(0), EveryByte(0)}));
  Commit commit{.partition = "p1", .preconditions = {{"t", "b", 2}}, .puts = {{"t", "b", "next"}}};
  commit.replay = Replay{"k1", "", ""};
  EXPECT_THAT(executor_.RunUntilDone(store->Apply(commit)), StatusIs(absl::StatusCode::kAlreadyExists));
  commit.replay.reset();
  EXPECT_THAT(executor_.RunUntilDone(store->Apply(commit)), IsOk());
  ASSERT_OK_AND_ASSIGN(const auto heads, executor_.RunUntilDone(store->JournalHeads()));
  EXPECT_EQ(heads[3], 2);
  EXPECT_EQ(heads[15], 1);
  ASSERT_OK_AND_ASSIGN(const Page page, executor_.RunUntilDone(store->Scan("t", "p1", "", "", 10)));
  EXPECT_EQ(page.records.size(), 4);
}

TEST_F(RedisBackup, SavesMoreThanFitsIntoOnePage) {
  std::vector<Item> items = {ServiceStart{"application"}, ServiceStart{"quota"}};
  for (int partition = 1000; partition < 1100; ++partition) {
    const int records = partition == 1050 ? 2'500 : 3;
    for (int id = 1000; id < 1000 + records; ++id) {
      items.push_back(StoredRecord{{"t", absl::StrCat(partition), absl::StrCat(id)}, 1, std::string(1'000, 'x')});
    }
  }
  for (int key = 1000; key < 2000; ++key) items.push_back(ReplayOf(absl::StrCat(key), now_ + absl::Hours(1)));
  for (std::size_t size : {16 << 10, (16 << 10) + 1, 4 << 20}) {
    items.push_back(ReplayOf(absl::StrCat("long ", 100'000'000 + size), now_ + absl::Hours(1)));
    std::get<StoredReplay>(items.back()).replay.answer = std::string(size - 256 - 4, 'x');
  }
  for (std::uint64_t sequence = 1; sequence <= 1'500; ++sequence) items.push_back(EntryOf(7, sequence));
  items.push_back(ServiceStart{"review"});
  ASSERT_THAT(RestoreAll(items), IsOk());
  EXPECT_THAT(Saved(), IsOkAndHolds(items));
}

TEST_F(RedisBackup, LeavesExpiredAnswersOut) {
  ASSERT_THAT(RestoreAll({ServiceStart{"application"}, ServiceStart{"quota"}, ReplayOf("k", now_ - absl::Seconds(1)),
                          ServiceStart{"review"}}),
              IsOk());
  EXPECT_THAT(Saved(),
              IsOkAndHolds(ElementsAre(ServiceStart{"application"}, ServiceStart{"quota"}, ServiceStart{"review"})));
}

TEST_F(RedisBackup, KeepsWhereACompactedJournalBegins) {
  const std::vector<Item> items = {ServiceStart{"application"}, JournalStart{2, 40},
                                   JournalStart{5, 9},          EntryOf(5, 10),
                                   ServiceStart{"quota"},       ServiceStart{"review"}};
  ASSERT_THAT(RestoreAll(items), IsOk());
  EXPECT_THAT(Saved(), IsOkAndHolds(items));
  EXPECT_THAT(server_.RunCommand({"GET", "{jb-application:5}c"}), HasSubstr("9"));
}

TEST_F(RedisBackup, RefusesToRestoreOverSomething) {
  {
    ASSERT_OK_AND_ASSIGN(const auto store, OpenAt(services_[2].location));
    ASSERT_THAT(executor_.RunUntilDone(store->Apply({.partition = "p", .events = {{"type", "name", ""}}})), IsOk());
  }
  EXPECT_THAT(RestoreAll({}),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("the store of review is not empty")));
  EXPECT_THAT(RedisRestore::Begin({services_[1]}, now_), IsOk()) << "its prefix is no pattern";
}

TEST_F(RedisBackup, KnowsAStoreWhoseRestoreWasNotFinished) {
  {
    ASSERT_OK_AND_ASSIGN(const auto restore, RedisRestore::Begin(services_, now_));
    ItemsSource source(SomeOfEverything(now_));
    ASSERT_THAT(Copy(source, *restore), IsOk());
    ASSERT_OK_AND_ASSIGN(const auto back, restore->ReadBack());
    EXPECT_THAT(ItemsOf(*back), IsOkAndHolds(SomeOfEverything(now_)));
  }
  EXPECT_THAT(Saved(), StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("was not finished")));
  EXPECT_THAT(RestoreAll({}), StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("is not empty")));
}

TEST_F(RedisBackup, GoesFromOneEngineToTheOther) {
  const TemporaryDirectory directory;
  const std::vector<Item> items = SomeOfEverything(now_);
  std::vector<ServiceStore> files;
  std::vector<ServiceStore> prefixes;
  for (const RedisService& each : services_) {
    files.push_back({each.service, SqliteLocation{.file = directory.path() / (each.service + ".db")}});
    prefixes.push_back({each.service, each.location});
  }
  const auto move = [&](Source& source, const std::vector<ServiceStore>& stores) -> absl::Status {
    ASSIGN_OR_RETURN(const auto restore, BeginRestore(stores, now_));
    RETURN_IF_ERROR(Copy(source, *restore));
    return restore->Finish();
  };
  ItemsSource source(items);
  ASSERT_THAT(move(source, files), IsOk());
  ASSERT_OK_AND_ASSIGN(const auto of_files, TakeSnapshot(files, now_));
  ASSERT_THAT(move(*of_files, prefixes), IsOk());
  ASSERT_OK_AND_ASSIGN(const auto of_redis, TakeSnapshot(prefixes, now_));
  for (ServiceStore& each : files) std::get<SqliteLocation>(each.location).file += "2";
  ASSERT_THAT(move(*of_redis, files), IsOk());
  ASSERT_OK_AND_ASSIGN(const auto back, TakeSnapshot(files, now_));
  EXPECT_THAT(ItemsOf(*back), IsOkAndHolds(items));
  EXPECT_THAT(TakeSnapshot({files[0], prefixes[1]}, now_),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("several engines")));
}

TEST_F(RedisBackup, CutsThroughAllServersAtOneMoment) {
  const RedisServer other;
  const std::vector<RedisService> services = {{"a", On(server_, "a")}, {"b", On(other, "b")}};
  ASSERT_OK_AND_ASSIGN(const auto first, OpenAt(services[0].location));
  ASSERT_OK_AND_ASSIGN(const auto second, OpenAt(services[1].location));
  ExpectCuts(*first, *second, 100, [&] { return RedisSnapshot::Take(services, now_); });
}

// docs/backup.md has the same lists.
TEST_F(RedisBackup, AsksForNoMoreThanTheOperatorsPageSays) {
  const TemporaryDirectory directory;
  std::ofstream(directory.path() / "password") << "secret\n";
  std::vector<RedisService> services = services_;
  for (RedisService& each : services) {
    each.location.user = "backup";
    each.location.password_file = directory.path() / "password";
  }
  const std::vector<std::string> saves = {
      "+role", "+exists", "+script|load", "+client|pause", "+client|unpause", "+info",     "+dbsize",
      "+scan", "+get",    "+xrange",      "+evalsha_ro",   "+zrangebylex",    "+getrange", "+expiretime"};
  std::vector<std::string> user = {"ACL", "SETUSER", "backup", "on", ">secret", "~*"};
  user.insert(user.end(), saves.begin(), saves.end());
  server_.RunCommand(user);
  ASSERT_THAT(RestoreAll(SomeOfEverything(now_)), IsOk());
  ASSERT_OK_AND_ASSIGN(const auto snapshot, RedisSnapshot::Take(services, now_));
  EXPECT_THAT(ItemsOf(*snapshot), IsOkAndHolds(SomeOfEverything(now_)));

  server_.RunCommand({"FLUSHALL"});
  EXPECT_THAT(RedisRestore::Begin(services, now_),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("NOPERM")));
  server_.RunCommand({"ACL", "SETUSER", "backup", "+set", "+zadd", "+xadd", "+del"});
  ASSERT_OK_AND_ASSIGN(const auto restore, RedisRestore::Begin(services, now_));
  ItemsSource source(SomeOfEverything(now_));
  ASSERT_THAT(Copy(source, *restore), IsOk());
  ASSERT_THAT(restore->ReadBack(), IsOk());
  EXPECT_THAT(restore->Finish(), IsOk());
}

// docs/backup.md tells the operator to do this.
TEST_F(RedisBackup, CanBeBegunAgainWhenTheKeysOfAnUnfinishedRestoreAreRemoved) {
  {
    ASSERT_OK_AND_ASSIGN(const auto restore, RedisRestore::Begin({services_[0]}, now_));
    ItemsSource source(SomeOfEverything(now_));
    ASSERT_THAT(Copy(source, *restore), StatusIs(absl::StatusCode::kInvalidArgument)) << "there is no store for quota";
  }
  server_.RunCommand({"EVAL",
                      "local c = '0' repeat local r = redis.call('SCAN', c, 'MATCH', ARGV[1], 'COUNT', 1000) c = r[1] "
                      "for _, key in ipairs(r[2]) do redis.call('UNLINK', key) end until c == '0'",
                      "0", "{jb-application:*}*"});
  EXPECT_THAT(RestoreAll(SomeOfEverything(now_)), IsOk());
}

TEST_F(RedisBackup, RefusesAReplica) {
  const RedisServer replica({"--replicaof", "127.0.0.1 1"});
  EXPECT_THAT(RedisSnapshot::Take({{"a", On(replica, "a")}}, now_),
              StatusIs(absl::StatusCode::kUnavailable, HasSubstr("not the master")));
}

TEST_F(RedisBackup, SaysThatAServerIsAway) {
  EXPECT_THAT(RedisSnapshot::Take({{"a", {.addresses = {{"127.0.0.1", 1}}, .prefix = "a"}}}, now_),
              StatusIs(absl::StatusCode::kUnavailable, HasSubstr("127.0.0.1:1")));
}

// The same content, saved from where it was restored to.
void ExpectSavedAsRestored(const RedisLocation& location) {
  const absl::Time now = absl::Now();
  std::vector<RedisService> services;
  for (const char* const service : {"application", "quota", "review"}) {
    services.push_back({service, LocationOf(location, service)});
  }
  const std::vector<Item> items = SomeOfEverything(now);
  ASSERT_OK_AND_ASSIGN(const auto restore, RedisRestore::Begin(services, now));
  ItemsSource source(items);
  ASSERT_THAT(Copy(source, *restore), IsOk());
  ASSERT_THAT(restore->Finish(), IsOk());
  ASSERT_OK_AND_ASSIGN(const auto snapshot, RedisSnapshot::Take(services, now));
  EXPECT_THAT(ItemsOf(*snapshot), IsOkAndHolds(items));
}

TEST(RedisBackupBehindSentinel, SavesWhatWasRestored) {
  const RedisBehindSentinel servers;
  RedisLocation location{
      .kind = RedisLocation::Kind::kSentinel, .master = RedisBehindSentinel::kMaster, .prefix = "jb", .replicas = 1};
  for (const int port : servers.sentinel_ports()) location.addresses.push_back({"127.0.0.1", port});
  ExpectSavedAsRestored(location);
}

TEST(RedisBackupOfACluster, SavesWhatWasRestored) {
  const RedisCluster servers;
  const RedisLocation location{.kind = RedisLocation::Kind::kCluster,
                               .addresses = {{"127.0.0.1", servers.ports().front()}},
                               .prefix = "jb",
                               .replicas = 1};
  ExpectSavedAsRestored(location);
}

}  // namespace
}  // namespace jiebang::store::backup
