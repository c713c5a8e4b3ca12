// What a Cluster of six real servers answers while slots move and servers die.
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/time/clock.h"
#include "common/async/thread_executor.h"
#include "common/store/conformance/crash.h"
#include "common/store/redis/keys.h"
#include "common/store/redis/redis_store.h"
#include "common/testing/programs.h"
#include "common/testing/redis_cluster.h"
#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace jiebang::store {
namespace {

using testing::HasSubstr;

class ClusterTest : public testing::Test {
 protected:
  static RedisCluster& Servers() {
    static RedisCluster servers;
    return servers;
  }

  RedisOptions Options() const {
    RedisOptions options{.replicas = 1, .prefix = prefix_, .patience = absl::Seconds(1), .opening = absl::Seconds(10)};
    // One seed is enough.
    options.cluster.push_back({.host = "127.0.0.1", .port = Servers().ports().front()});
    return options;
  }
  std::unique_ptr<Store> Open() const {
    absl::StatusOr<std::unique_ptr<Store>> store = OpenRedisStore(Options());
    EXPECT_THAT(store, IsOk());
    return *std::move(store);
  }

  // The slot of everything in the partition "p".
  int Slot() const { return redis::Keys(prefix_).SlotOf(ShardOf("p")); }
  // A primary that has not this slot.
  std::size_t Another(std::size_t than) const {
    for (std::size_t i = 0; i < Servers().size(); ++i) {
      if (i != than && Contains(Servers().server(i).RunCommand({"ROLE"}), "master")) return i;
    }
    return than;
  }

  static Commit PutOf(std::string id) {
    return {.partition = "p", .puts = {{"t", std::move(id), "value"}}, .events = {{"x", "", ""}}};
  }
  template <class T>
  T Await(Task<T> task) {
    return executor_.RunUntilDone(std::move(task));
  }

  static inline int tests_ = 0;
  const std::string prefix_ = "cluster" + std::to_string(++tests_);
  ThreadExecutor executor_;
};

TEST_F(ClusterTest, FollowsASlotThatHasMoved) {
  const auto store = Open();
  ASSERT_THAT(Await(store->Apply(PutOf("a"))), IsOk());
  Servers().MoveSlot(Slot(), Another(Servers().PrimaryOf(Slot())));
  EXPECT_THAT(Await(store->Get({"t", "p", "a"})), IsOk());
  EXPECT_THAT(Await(store->Apply(PutOf("b"))), IsOk());
  EXPECT_THAT(Await(store->ReadJournal(ShardOf("p"), 0, 10)), IsOkAndHolds(testing::SizeIs(2)));
}

// While a slot is being moved, what the old server has not any more is asked of the new one (ASK), and a command of
// which each of the two has some keys comes again until one has all (TRYAGAIN).
TEST_F(ClusterTest, AsksBothServersWhileASlotIsMoved) {
  const auto store = Open();
  ASSERT_THAT(Await(store->Apply(PutOf("a"))), IsOk());
  const std::size_t from = Servers().PrimaryOf(Slot());
  const std::size_t to = Another(from);
  Servers().BeginToMoveSlot(Slot(), from, to);
  EXPECT_THAT(Await(store->Get({"t", "p", "a"})), IsOk()) << "it is where it was";
  EXPECT_THAT(Await(store->Get({"t", "p", "absent"})), StatusIs(absl::StatusCode::kNotFound)) << "neither has it";

  std::thread operating([&] {
    absl::SleepFor(absl::Milliseconds(300));
    Servers().EndMovingSlot(Slot(), from, to);
  });
  // Its record is new, so that no server has all of its keys before the slot has moved.
  EXPECT_THAT(Await(store->Apply(PutOf("b"))), IsOk());
  operating.join();
  EXPECT_THAT(Await(store->Scan("t", "p", "", "", 10)),
              IsOkAndHolds(testing::Field(&Page::records, testing::SizeIs(2))));
}

TEST_F(ClusterTest, SaysSoWhenASlotIsMovedForLongerThanItsPatience) {
  const auto store = Open();
  ASSERT_THAT(Await(store->Apply(PutOf("a"))), IsOk());
  const std::size_t from = Servers().PrimaryOf(Slot());
  const std::size_t to = Another(from);
  Servers().BeginToMoveSlot(Slot(), from, to);
  EXPECT_THAT(Await(store->Apply(PutOf("b"))), StatusIs(absl::StatusCode::kUnavailable, HasSubstr("TRYAGAIN")));
  Servers().EndMovingSlot(Slot(), from, to);
  EXPECT_THAT(Await(store->Get({"t", "p", "b"})), StatusIs(absl::StatusCode::kNotFound)) << "nothing was done";
  EXPECT_THAT(Await(store->Apply(PutOf("b"))), IsOk());
}

TEST_F(ClusterTest, LosesAndDoublesNothingWhileSlotsMoveUnderLoad) {
  constexpr int kWriters = 4;
  const auto store = Open();
  CrashWriters writers(*store, kWriters);
  for (int round = 0; round < 3; ++round) {
    for (int writer = 0; writer < kWriters; ++writer) {
      const int slot = redis::Keys(prefix_).SlotOf(ShardOf(CrashStep(writer, 0).partition));
      Servers().MoveSlot(slot, Another(Servers().PrimaryOf(slot)));
    }
    writers.AwaitSteps(50);
  }
  const std::vector<int> acknowledged = writers.Finish();
  ExpectWholeSteps(*store, executor_, acknowledged);
}

TEST_F(ClusterTest, LosesAndDoublesNothingWhenAPrimaryIsKilled) {
  const auto store = Open();
  CrashWriters writers(*store, 8);
  writers.AwaitSteps(200);
  const std::size_t killed = Servers().PrimaryOf(Slot());
  Servers().server(killed).Kill();
  Servers().AwaitFailover(Slot(), killed);
  writers.AwaitSteps(200);
  Servers().server(killed).Start();
  writers.AwaitSteps(200);
  const std::vector<int> acknowledged = writers.Finish();
  ExpectWholeSteps(*store, executor_, acknowledged);
}

TEST_F(ClusterTest, IsNotTakenForASingleServerNorTheOtherWayRound) {
  EXPECT_THAT(
      OpenRedisStore({.unix_socket = Servers().server(Servers().PrimaryOf(0)).unix_socket(), .prefix = "quota"}),
      StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("want redis+cluster://")));
  const RedisServer single;
  RedisOptions options = Options();
  options.cluster = {{.host = "127.0.0.1", .port = single.port()}};
  EXPECT_THAT(OpenRedisStore(options), StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("want redis://")));
}

}  // namespace
}  // namespace jiebang::store
