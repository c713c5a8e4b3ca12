// What is Redis's own: durability settings, broken connections, lost scripts, full memory.
#include "common/store/redis/redis_store.h"

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/async/thread_executor.h"
#include "common/testing/redis_server.h"
#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace jiebang::store {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class RedisStoreTest : public testing::Test {
 protected:
  RedisOptions Options() {
    return {.unix_socket = server_.unix_socket(),
            .prefix = "quota",
            .patience = absl::Milliseconds(500),
            .settling = absl::Milliseconds(300),
            .opening = absl::Seconds(5),
            .warn = [this](const std::string& warning) { warnings_.push_back(warning); }};
  }
  std::unique_ptr<Store> OpenStore() {
    absl::StatusOr<std::unique_ptr<Store>> store = OpenRedisStore(Options());
    EXPECT_THAT(store, IsOk());
    return *std::move(store);
  }

  template <class T>
  T Await(Task<T> task) {
    return executor_.RunUntilDone(std::move(task));
  }
  absl::Status Put(Store& store, std::string id, std::string value = "") {
    Commit commit{.partition = "p"};
    commit.puts.push_back({"t", std::move(id), std::move(value)});
    commit.events.push_back({"x", "", ""});
    return Await(store.Apply(std::move(commit)));
  }
  absl::StatusOr<Record> Get(Store& store, std::string id) { return Await(store.Get({"t", "p", std::move(id)})); }

  // Repeats it while the store has no connection.
  absl::Status PutWhenConnected(Store& store, const std::string& id) {
    const absl::Time deadline = absl::Now() + absl::Seconds(20);
    while (true) {
      absl::Status status = Put(store, id);
      if (!absl::IsUnavailable(status) || absl::Now() > deadline) return status;
      Await([]() -> Task<bool> { co_return co_await Sleep(absl::Milliseconds(5)); }());
    }
  }

  RedisServer server_;
  ThreadExecutor executor_;
  std::vector<std::string> warnings_;
};

struct Weakness {
  std::vector<std::string> arguments;
  std::string complaint;
};

class WeakServers : public testing::TestWithParam<Weakness> {};

TEST_P(WeakServers, AreRefusedUnlessAllowed) {
  const RedisServer server(GetParam().arguments);
  RedisOptions options{.unix_socket = server.unix_socket(), .prefix = "quota"};
  EXPECT_THAT(OpenRedisStore(options),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr(GetParam().complaint)));
  options.allow_weak_durability = true;
  EXPECT_THAT(OpenRedisStore(options), IsOk());
}

INSTANTIATE_TEST_SUITE_P(
    OpenRedisStore, WeakServers,
    testing::Values(Weakness{{"--appendonly", "no"}, "appendonly is no, want yes"},
                    Weakness{{"--appendfsync", "everysec"}, "appendfsync is everysec, want always"},
                    Weakness{{"--no-appendfsync-on-rewrite", "yes"}, "no-appendfsync-on-rewrite is yes, want no"},
                    Weakness{{"--maxmemory-policy", "allkeys-lru"},
                             "maxmemory-policy is allkeys-lru, want noeviction"}));

TEST_F(RedisStoreTest, WarnsOnceOfWhatMustNotBeSeen) {
  server_.RunCommand({"ACL", "SETUSER", "quota", "on", ">secret", "~*", "+@all", "-config", "-role"});
  RedisOptions options = Options();
  options.user = "quota";
  options.password = "secret";
  {
    ASSERT_OK_AND_ASSIGN(const auto store, OpenRedisStore(options));
    EXPECT_THAT(Put(*store, "a"), IsOk());
  }
  EXPECT_THAT(warnings_, ElementsAre(HasSubstr("ROLE is forbidden"), HasSubstr("CONFIG GET is forbidden")));
}

// docs/durability.md, "Access".
TEST_F(RedisStoreTest, NeedsNoMoreRightsThanItsPageSays) {
  server_.RunCommand({"ACL",          "SETUSER", "quota",        "on",          ">secret",  "resetkeys",
                      "~{quota:*}*",  "-@all",   "+@connection", "+get",        "+mget",    "+xrange",
                      "+expire",      "+set",    "+del",         "+getrange",   "+zadd",    "+zrem",
                      "+zrangebylex", "+xadd",   "+xlen",        "+xtrim",      "+evalsha", "+evalsha_ro",
                      "+script|load", "+wait",   "+role",        "+config|get", "+asking",  "+cluster|slots",
                      "+cluster|info"});
  RedisOptions options = Options();
  options.user = "quota";
  options.password = "secret";
  ASSERT_OK_AND_ASSIGN(const auto store, OpenRedisStore(options));
  EXPECT_THAT(warnings_, IsEmpty());
  for (const char* const id : {"a", "b", "c"}) EXPECT_THAT(Put(*store, id), IsOk());
  const Commit commit{.partition = "p",
                      .preconditions = {{"t", "a", 1}},
                      .deletes = {{"t", "a"}},
                      .replay = Replay{"request", "", "answer"}};
  EXPECT_THAT(Await(store->Apply(commit)), IsOk());
  EXPECT_THAT(Get(*store, "b"), IsOk());
  EXPECT_THAT(Await(store->GetMany({{"t", "p", "b"}, {"t", "q", "b"}})), IsOk());
  EXPECT_THAT(Await(store->Scan("t", "p", "", "", 10)), IsOk());
  EXPECT_THAT(Await(store->FindReplay("p", "request")), IsOk());
  EXPECT_THAT(Await(store->ReadJournal(ShardOf("p"), 0, 10)), IsOkAndHolds(testing::SizeIs(3)));
  EXPECT_THAT(Await(store->CompactJournal(ShardOf("p"), 2)), IsOk());
  EXPECT_THAT(Await(store->JournalHeads()), IsOk());
  EXPECT_THAT(Await(store->JournalCompacted()), IsOk());
  // And it sees nobody else's.
  options.prefix = "review";
  EXPECT_THAT(OpenRedisStore(options), StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("NOPERM")));
  options.password = "wrong";
  EXPECT_THAT(OpenRedisStore(options), StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("WRONGPASS")));
}

TEST_F(RedisStoreTest, NeverReadsFromAReplica) {
  const auto store = OpenStore();
  ASSERT_THAT(Put(*store, "a"), IsOk());
  // As an operator or Sentinel does it at a failover.
  server_.RunCommand({"REPLICAOF", "127.0.0.1", "1"});
  server_.RunCommand({"CLIENT", "KILL", "TYPE", "normal"});
  const absl::Time deadline = absl::Now() + absl::Seconds(20);
  absl::Status status;
  do {
    status = Get(*store, "a").status();
  } while (!absl::StrContains(status.message(), "not the master") && absl::Now() < deadline);
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kUnavailable, HasSubstr("this Redis is a slave, not the master")));
  server_.RunCommand({"REPLICAOF", "NO", "ONE"});
  EXPECT_THAT(PutWhenConnected(*store, "a"), IsOk());
}

TEST_F(RedisStoreTest, LooksForTheMasterWhenAWriteMeetsAReplica) {
  const auto store = OpenStore();
  server_.RunCommand({"REPLICAOF", "127.0.0.1", "1"});
  EXPECT_THAT(Put(*store, "a"), StatusIs(absl::StatusCode::kUnavailable, HasSubstr("READONLY")));
  server_.RunCommand({"REPLICAOF", "NO", "ONE"});
  EXPECT_THAT(PutWhenConnected(*store, "a"), IsOk());
}

TEST_F(RedisStoreTest, SaysThatNobodyListens) {
  server_.Kill();
  RedisOptions options = Options();
  options.opening = absl::Milliseconds(100);
  EXPECT_THAT(OpenRedisStore(options), StatusIs(absl::StatusCode::kUnavailable, HasSubstr(server_.unix_socket())));
  options.unix_socket.clear();
  options.host = "127.0.0.1";
  options.port = server_.port();
  EXPECT_THAT(OpenRedisStore(options), StatusIs(absl::StatusCode::kUnavailable, HasSubstr("refused")));
}

TEST_F(RedisStoreTest, RefusesAPrefixThatWouldMisplaceKeys) {
  RedisOptions options = Options();
  for (const char* const prefix : {"", "a{b", "a}b"}) {
    options.prefix = prefix;
    EXPECT_THAT(OpenRedisStore(options), StatusIs(absl::StatusCode::kInvalidArgument));
  }
}

TEST_F(RedisStoreTest, IsNotOpenedBeforeItsRestoreIsFinished) {
  server_.RunCommand({"SET", "{quota:0}restoring", "1"});
  EXPECT_THAT(OpenRedisStore(Options()), StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("not whole")));
  server_.RunCommand({"DEL", "{quota:0}restoring"});
  EXPECT_THAT(OpenRedisStore(Options()), IsOk());
}

TEST_F(RedisStoreTest, KeepsPrefixesApart) {
  const auto quota = OpenStore();
  RedisOptions options = Options();
  options.prefix = "review";
  ASSERT_OK_AND_ASSIGN(const auto review, OpenRedisStore(options));
  ASSERT_THAT(Put(*quota, "a"), IsOk());
  EXPECT_THAT(Get(*review, "a"), StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(RedisStoreTest, ComesBackAfterTheServerWasKilled) {
  const auto store = OpenStore();
  ASSERT_THAT(Put(*store, "before"), IsOk());
  server_.Kill();
  EXPECT_THAT(Put(*store, "during"), StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT(Get(*store, "before"), StatusIs(absl::StatusCode::kUnavailable));
  server_.Start();
  EXPECT_THAT(PutWhenConnected(*store, "after"), IsOk());
  EXPECT_THAT(Get(*store, "before"), IsOk());
  EXPECT_THAT(Get(*store, "during"), StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(RedisStoreTest, DoesNotComeBackToAServerThatForgetsSinceItsRestart) {
  const auto store = OpenStore();
  // What its next start will read.
  server_.Kill();
  server_.Start({"--appendfsync", "no"});
  const absl::Time deadline = absl::Now() + absl::Seconds(20);
  absl::Status status;
  do {
    status = Put(*store, "a");
  } while (!absl::StrContains(status.message(), "appendfsync") && absl::Now() < deadline);
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kUnavailable, HasSubstr("appendfsync is no, want always")));
}

TEST_F(RedisStoreTest, GivesUpAServerThatHangs) {
  const auto store = OpenStore();
  server_.Pause();
  EXPECT_THAT(Put(*store, "a"), StatusIs(absl::StatusCode::kUnavailable));
  server_.Resume();
  EXPECT_THAT(PutWhenConnected(*store, "b"), IsOk());
}

// The command is in the server's buffer when the store gives the connection up, and is executed later all the same.
TEST_F(RedisStoreTest, FindsOutWhatBecameOfACommitWhoseAnswerWasLost) {
  RedisOptions options = Options();
  options.settling = absl::Seconds(20);
  ASSERT_OK_AND_ASSIGN(const auto store, OpenRedisStore(options));
  for (const bool with_replay : {false, true}) {
    Commit commit{.partition = "p", .events = {{"x", "", ""}}};
    commit.preconditions.push_back({"t", absl::StrCat(with_replay), 0});
    commit.puts.push_back({"t", absl::StrCat(with_replay), ""});
    if (with_replay) commit.replay = Replay{"request", "", "answer"};
    server_.Pause();
    std::thread operating([this] {
      absl::SleepFor(absl::Seconds(1));  // twice the patience
      server_.Resume();
    });
    // Its own precondition does not hold any more when it is sent again.
    EXPECT_THAT(Await(store->Apply(commit)), IsOk());
    operating.join();
  }
  EXPECT_THAT(Await(store->ReadJournal(ShardOf("p"), 0, 10)), IsOkAndHolds(testing::SizeIs(2)));
}

TEST_F(RedisStoreTest, DoesNotTakeAnothersAnswerForItsOwn) {
  RedisOptions options = Options();
  options.settling = absl::Seconds(20);
  ASSERT_OK_AND_ASSIGN(const auto store, OpenRedisStore(options));
  const Commit first{.partition = "p", .events = {{"x", "first", ""}}, .replay = Replay{"request", "", "first"}};
  ASSERT_THAT(Await(store->Apply(first)), IsOk());
  server_.Pause();
  std::thread operating([this] {
    absl::SleepFor(absl::Seconds(1));
    server_.Resume();
  });
  const Commit second{.partition = "p", .events = {{"x", "second", ""}}, .replay = Replay{"request", "", "second"}};
  EXPECT_THAT(Await(store->Apply(second)), StatusIs(absl::StatusCode::kAlreadyExists));
  operating.join();
}

TEST_F(RedisStoreTest, AnswersWhatIsInFlightWhenItIsDestroyed) {
  constexpr int kCommits = 100;
  std::atomic<int> applied = 0;
  const auto put = [&](Store& store, int number) -> Task<void> {
    Commit commit;
    commit.partition = "p";
    commit.puts.push_back({"t", absl::StrCat(number), ""});
    const absl::Status status = co_await store.Apply(std::move(commit));
    if (status.ok()) ++applied;
  };
  {
    const auto store = OpenStore();
    for (int number = 0; number < kCommits; ++number) {
      executor_.Post([&, number] { Spawn(executor_, put(*store, number)); });
    }
    // When this comes back, all of the above was asked.
    Await([]() -> Task<bool> { co_return true; }());
  }
  Await([]() -> Task<bool> { co_return true; }());
  EXPECT_EQ(applied, kCommits);
}

TEST_F(RedisStoreTest, EndsEvenWhenTheServerHangs) {
  absl::Status status;
  const auto put = [&](Store& store) -> Task<void> {
    Commit commit;
    commit.partition = "p";
    status = co_await store.Apply(std::move(commit));
  };
  {
    RedisOptions options = Options();
    options.patience = absl::Hours(1);
    ASSERT_OK_AND_ASSIGN(const auto store, OpenRedisStore(options));
    server_.Pause();
    executor_.Post([&] { Spawn(executor_, put(*store)); });
    Await([]() -> Task<bool> { co_return true; }());
  }
  Await([]() -> Task<bool> { co_return true; }());
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kUnavailable));
}

TEST_F(RedisStoreTest, LoadsItsScriptsAgainWhenTheServerHasLostThem) {
  const auto store = OpenStore();
  server_.RunCommand({"SCRIPT", "FLUSH"});
  EXPECT_THAT(Put(*store, "a"), IsOk());
  server_.RunCommand({"SCRIPT", "FLUSH"});
  EXPECT_THAT(Await(store->Scan("t", "p", "", "", 10)), IsOk());
}

TEST_F(RedisStoreTest, LeavesEverythingAsItWasWhenTheMemoryIsFull) {
  const auto store = OpenStore();
  ASSERT_THAT(Put(*store, "a", "before"), IsOk());
  server_.RunCommand({"CONFIG", "SET", "maxmemory", "1"});
  EXPECT_THAT(Put(*store, "a", "full"), StatusIs(absl::StatusCode::kResourceExhausted));
  EXPECT_THAT(Await(store->Apply({.partition = "p", .puts = {{"t", "b", ""}}, .deletes = {{"t", "a"}}})),
              StatusIs(absl::StatusCode::kResourceExhausted));
  EXPECT_THAT(Get(*store, "a"), IsOkAndHolds(testing::Field(&Record::value, "before")));
  EXPECT_THAT(Get(*store, "b"), StatusIs(absl::StatusCode::kNotFound));
  server_.RunCommand({"CONFIG", "SET", "maxmemory", "0"});
  EXPECT_THAT(Put(*store, "a", "after"), IsOk());
  EXPECT_THAT(Await(store->ReadJournal(ShardOf("p"), 0, 10)), IsOkAndHolds(testing::SizeIs(2)));
}

TEST_F(RedisStoreTest, KeepsAReplayForItsTime) {
  const auto store = OpenStore();
  ASSERT_THAT(Await(store->Apply({.partition = "p", .replay = Replay{"request", "", ""}})), IsOk());
  // The key has a byte 0, which no argument of a program has.
  int seconds = 0;
  ASSERT_TRUE(absl::SimpleAtoi(
      server_.RunCommand({"EVAL", "return redis.call('TTL', redis.call('KEYS', '{quota:*}q:*')[1])", "0"}), &seconds));
  EXPECT_LE(seconds, absl::ToInt64Seconds(kReplayKept));
  EXPECT_GT(seconds, absl::ToInt64Seconds(kReplayKept) - 60);
}

TEST_F(RedisStoreTest, NoticesRecordsThatSomebodyElseChanged) {
  const auto store = OpenStore();
  ASSERT_THAT(Put(*store, "a"), IsOk());
  server_.RunCommand({"EVAL", "return redis.call('SET', redis.call('KEYS', '{quota:*}r:*')[1], 'no version')", "0"});
  EXPECT_THAT(Get(*store, "a"), StatusIs(absl::StatusCode::kDataLoss));
  server_.RunCommand({"EVAL", "return redis.call('DEL', redis.call('KEYS', '{quota:*}r:*')[1])", "0"});
  EXPECT_THAT(Await(store->Scan("t", "p", "", "", 10)), StatusIs(absl::StatusCode::kDataLoss));
}

}  // namespace
}  // namespace jiebang::store
