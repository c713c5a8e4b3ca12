// A primary with a replica: what is acknowledged is on both.
#include <atomic>
#include <memory>
#include <string>
#include <thread>

#include "absl/time/clock.h"
#include "common/async/thread_executor.h"
#include "common/store/redis/redis_store.h"
#include "common/testing/programs.h"
#include "common/testing/redis_server.h"
#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace jiebang::store {
namespace {

using testing::HasSubstr;
using testing::SizeIs;

class Replicas : public testing::Test {
 protected:
  void SetUp() override {
    AwaitOrDie("the replica follows", [this] {
      return Contains(primary_.RunCommand({"INFO", "replication"}), "state=online");
    });
  }

  std::unique_ptr<Store> Open(absl::Duration settling) {
    absl::StatusOr<std::unique_ptr<Store>> store = OpenRedisStore({.unix_socket = primary_.unix_socket(),
                                                                   .replicas = 1,
                                                                   .prefix = "quota",
                                                                   .patience = absl::Milliseconds(400),
                                                                   .settling = settling});
    EXPECT_THAT(store, IsOk());
    return *std::move(store);
  }

  // Fails if it is done twice.
  static Commit Once() {
    return {
        .partition = "p", .preconditions = {{"t", "a", 0}}, .puts = {{"t", "a", "value"}}, .events = {{"x", "", ""}}};
  }

  template <class T>
  T Await(Task<T> task) {
    return executor_.RunUntilDone(std::move(task));
  }

  // A replica that hangs must not count as gone yet.
  RedisServer primary_{{"--min-replicas-to-write", "1", "--min-replicas-max-lag", "60", "--repl-timeout", "60",
                        "--repl-diskless-sync-delay", "0"}};
  RedisServer replica_{{"--replicaof", "127.0.0.1 " + std::to_string(primary_.port())}};
  ThreadExecutor executor_;
};

TEST_F(Replicas, HaveACommitWhenItIsAcknowledged) {
  const auto store = Open(absl::Seconds(20));
  ASSERT_THAT(Await(store->Apply(Once())), IsOk());
  primary_.Kill();
  EXPECT_EQ(replica_.RunCommand({"DBSIZE"}), "4\n") << "record, index, journal, receipt";
}

TEST_F(Replicas, ThatHangKeepACommitFromBeingAcknowledged) {
  const auto store = Open(absl::Milliseconds(100));
  replica_.Pause();
  EXPECT_THAT(Await(store->Apply(Once())),
              StatusIs(absl::StatusCode::kUnavailable, HasSubstr("whether the commit was applied is not known")));
  replica_.Resume();
}

TEST_F(Replicas, ThatComeBackLetTheCommitBeAcknowledgedThatWaitedForThem) {
  const auto store = Open(absl::Seconds(20));
  replica_.Pause();
  std::atomic<bool> done = false;
  std::thread operating([&] {
    absl::SleepFor(absl::Seconds(1));  // longer than one WAIT, so that the commit is asked for its outcome
    EXPECT_FALSE(done);
    replica_.Resume();
  });
  EXPECT_THAT(Await(store->Apply(Once())), IsOk());
  done = true;
  operating.join();
  EXPECT_THAT(Await(store->ReadJournal(ShardOf("p"), 0, 10)), IsOkAndHolds(SizeIs(1)));
}

TEST_F(Replicas, HaveAFirstAnswerBeforeItIsGivenAgain) {
  const auto store = Open(absl::Milliseconds(100));
  Commit commit = Once();
  commit.replay = Replay{"request", "", "answer"};
  replica_.Pause();
  EXPECT_THAT(Await(store->Apply(commit)), StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT(Await(store->FindReplay("p", "request")), StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT(Await(store->Apply(commit)), StatusIs(absl::StatusCode::kUnavailable)) << "not: it was used before";
  replica_.Resume();
  const absl::Time deadline = absl::Now() + absl::Seconds(20);
  absl::StatusOr<Replay> first;
  do {
    first = Await(store->FindReplay("p", "request"));
  } while (absl::IsUnavailable(first.status()) && absl::Now() < deadline);
  EXPECT_THAT(first, IsOkAndHolds(testing::Field(&Replay::answer, "answer")));
}

TEST_F(Replicas, AreAskedForByTheServerToo) {
  const RedisServer careless;
  RedisOptions options{.unix_socket = careless.unix_socket(), .replicas = 1, .prefix = "quota"};
  EXPECT_THAT(OpenRedisStore(options), StatusIs(absl::StatusCode::kFailedPrecondition,
                                                HasSubstr("min-replicas-to-write is 0, want 1 at least")));
  options.allow_weak_durability = true;
  EXPECT_THAT(OpenRedisStore(options), IsOk());
}

// Commits on many threads share their WAITs, and each is answered.
TEST_F(Replicas, AreWaitedForByManyCommitsTogether) {
  const auto store = Open(absl::Seconds(20));
  constexpr int kThreads = 8;
  constexpr int kCommits = 50;
  std::vector<std::thread> threads;
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&, thread] {
      ThreadExecutor executor;
      for (int number = 0; number < kCommits; ++number) {
        Commit commit{.partition = "p"};
        commit.puts.push_back({"t", std::to_string(thread) + "/" + std::to_string(number), ""});
        EXPECT_THAT(executor.RunUntilDone(store->Apply(std::move(commit))), IsOk());
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(Await(store->Scan("t", "p", "", "", 1'000)),
              IsOkAndHolds(testing::Field(&Page::records, SizeIs(kThreads * kCommits))));
}

}  // namespace
}  // namespace jiebang::store
