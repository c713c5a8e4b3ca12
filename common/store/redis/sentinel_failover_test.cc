// A primary behind Sentinel that dies or freezes under load.
#include <memory>
#include <vector>

#include "common/async/thread_executor.h"
#include "common/store/conformance/crash.h"
#include "common/store/redis/redis_store.h"
#include "common/testing/programs.h"
#include "common/testing/redis_behind_sentinel.h"
#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace jiebang::store {
namespace {

using testing::HasSubstr;

RedisOptions Behind(const RedisBehindSentinel& servers) {
  RedisOptions options{.master = RedisBehindSentinel::kMaster,
                       .replicas = 1,
                       .prefix = "crash",
                       .patience = absl::Seconds(1),
                       .opening = absl::Seconds(10)};
  for (const int port : servers.sentinel_ports()) options.sentinels.push_back({.host = "127.0.0.1", .port = port});
  return options;
}

TEST(SentinelFailover, LosesAndDoublesNothingWhenThePrimaryIsKilled) {
  RedisBehindSentinel servers;
  ASSERT_OK_AND_ASSIGN(const std::unique_ptr<Store> store, OpenRedisStore(Behind(servers)));
  CrashWriters writers(*store, 4);
  writers.AwaitSteps(200);
  const std::size_t killed = servers.Primary();
  servers.server(killed).Kill();
  servers.AwaitFailover(killed);
  writers.AwaitSteps(200);
  servers.server(killed).Start();  // as a replica now
  writers.AwaitSteps(200);
  const std::vector<int> acknowledged = writers.Finish();
  ThreadExecutor executor;
  ExpectWholeSteps(*store, executor, acknowledged);
}

// The old primary wakes up and believes that it still is one: nothing that it takes then may count.
TEST(SentinelFailover, IsNotMisledByAPrimaryThatWasFrozenMeanwhile) {
  RedisBehindSentinel servers;
  ASSERT_OK_AND_ASSIGN(const std::unique_ptr<Store> store, OpenRedisStore(Behind(servers)));
  CrashWriters writers(*store, 4);
  writers.AwaitSteps(200);
  const std::size_t frozen = servers.Primary();
  servers.server(frozen).Pause();
  servers.AwaitFailover(frozen);
  writers.AwaitSteps(200);
  servers.server(frozen).Resume();
  writers.AwaitSteps(200);
  const std::vector<int> acknowledged = writers.Finish();
  ThreadExecutor executor;
  ExpectWholeSteps(*store, executor, acknowledged);
  // A store that is opened now finds the new one.
  ASSERT_OK_AND_ASSIGN(const std::unique_ptr<Store> another, OpenRedisStore(Behind(servers)));
  ExpectWholeSteps(*another, executor, acknowledged);
}

TEST(SentinelFailover, NeedsAMajorityOfTheSentinelsToBegin) {
  RedisBehindSentinel servers;
  RedisOptions options = Behind(servers);
  servers.PauseSentinel(0);
  EXPECT_THAT(OpenRedisStore(options), IsOk());
  servers.PauseSentinel(1);
  options.opening = absl::Seconds(2);
  EXPECT_THAT(OpenRedisStore(options), StatusIs(absl::StatusCode::kUnavailable, HasSubstr("want a majority")));
  servers.ResumeSentinel(0);
  servers.ResumeSentinel(1);
  options.master = "nobody";
  EXPECT_THAT(OpenRedisStore(options), StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("\"nobody\"")));
}

}  // namespace
}  // namespace jiebang::store
