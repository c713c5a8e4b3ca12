// What was acknowledged survives kill -9 of the server under load, and nothing is half there.
#include <memory>
#include <random>
#include <vector>

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

TEST(RedisCrash, KeepsEveryAcknowledgedCommitWhole) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE(testing::Message() << "seed " << seed);
  std::mt19937 random(seed);
  RedisServer server;
  ASSERT_OK_AND_ASSIGN(const std::unique_ptr<Store> store,
                       OpenRedisStore({.unix_socket = server.unix_socket(), .prefix = "crash"}));
  CrashWriters writers(*store, kWriters);
  for (int round = 0; round < 6; ++round) {
    writers.AwaitSteps(static_cast<int>(random() % 500) + 1);
    server.Kill();
    server.Start();
  }
  const std::vector<int> acknowledged = writers.Finish();
  ThreadExecutor executor;
  const std::vector<int> found = ExpectWholeSteps(*store, executor, acknowledged);
  for (int writer = 0; writer < kWriters; ++writer) {
    EXPECT_EQ(found[writer], acknowledged[writer] + 1) << "every step was repeated";
  }
}

}  // namespace
}  // namespace jiebang::store
