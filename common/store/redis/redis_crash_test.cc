// What was acknowledged survives kill -9 of the server under load, and nothing is half there.
#include <atomic>
#include <memory>
#include <random>
#include <thread>
#include <vector>

#include "absl/time/clock.h"
#include "common/async/thread_executor.h"
#include "common/store/conformance/crash.h"
#include "common/store/redis/redis_store.h"
#include "common/testing/redis_server.h"
#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace jiebang::store {
namespace {

constexpr int kWriters = 8;

// Makes one step, however often the connection breaks meanwhile.
Task<absl::Status> MakeStep(Store& store, int writer, int step) {
  while (true) {
    absl::Status status = co_await store.Apply(CrashStep(writer, step));
    if (absl::IsAlreadyExists(status)) co_return absl::OkStatus();  // an attempt whose answer was lost
    if (!absl::IsUnavailable(status)) co_return status;
    co_await Sleep(absl::Milliseconds(2));
  }
}

TEST(RedisCrash, KeepsEveryAcknowledgedCommitWhole) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE(testing::Message() << "seed " << seed);
  std::mt19937 random(seed);
  RedisServer server;
  ASSERT_OK_AND_ASSIGN(const std::unique_ptr<Store> store,
                       OpenRedisStore({.unix_socket = server.unix_socket(), .prefix = "crash"}));
  std::vector<std::atomic<int>> next(kWriters);
  std::atomic<int> made = 0;
  std::atomic<bool> finished = false;
  std::vector<std::thread> writers;
  for (int writer = 0; writer < kWriters; ++writer) {
    writers.emplace_back([&, writer] {
      ThreadExecutor executor;
      while (!finished) {
        ASSERT_THAT(executor.RunUntilDone(MakeStep(*store, writer, next[writer])), IsOk());
        ++next[writer];
        ++made;
      }
    });
  }
  for (int round = 0; round < 6; ++round) {
    const int enough = made + static_cast<int>(random() % 500) + 1;
    const absl::Time deadline = absl::Now() + absl::Seconds(30);
    while (made < enough && absl::Now() < deadline) std::this_thread::yield();
    EXPECT_GE(made, enough) << "the store has not come back";
    server.Kill();
    server.Start();
  }
  finished = true;
  for (std::thread& writer : writers) writer.join();

  std::vector<int> acknowledged;
  for (const std::atomic<int>& steps : next) acknowledged.push_back(steps - 1);
  ThreadExecutor executor;
  const std::vector<int> found = ExpectWholeSteps(*store, executor, acknowledged);
  for (int writer = 0; writer < kWriters; ++writer) EXPECT_EQ(found[writer], next[writer]) << "every step was repeated";
}

}  // namespace
}  // namespace jiebang::store
