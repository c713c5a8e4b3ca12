#include "services/gateway/repository/shared_nonces.h"

#include "absl/time/clock.h"
#include "common/async/thread_executor.h"
#include "common/testing/error_matchers.h"
#include "common/testing/redis_server.h"
#include "common/testing/status_matchers.h"
#include "gtest/gtest.h"

namespace jiebang::gateway {
namespace {

TEST(SharedNonces, AreUsedOnceAmongAllGatewaysAndRefuseWhenTheyCannotTell) {
  RedisServer server;
  const std::string location = "redis+unix:" + server.unix_socket() + "?prefix=gateway";
  ASSERT_OK_AND_ASSIGN(const std::unique_ptr<Nonces> one, OpenSharedNonces(location));
  ASSERT_OK_AND_ASSIGN(const std::unique_ptr<Nonces> other, OpenSharedNonces(location));
  ThreadExecutor executor;
  const auto use = [&](Nonces& nonces, const char* owner, const char* nonce) {
    return executor.RunUntilDone(nonces.Use(owner, nonce, absl::Now()));
  };
  EXPECT_THAT(use(*one, "a", "nonce"), IsOk());
  EXPECT_THAT(use(*other, "a", "nonce"), IsRefusal(absl::StatusCode::kUnauthenticated, "NONCE_USED"));
  EXPECT_THAT(use(*other, "b", "nonce"), IsOk());
  server.Kill();
  EXPECT_THAT(use(*one, "a", "new"), IsRefusal(absl::StatusCode::kUnavailable, "NONCE_MEMORY_AWAY"));
}

TEST(SharedNonces, AreInARedis) {
  EXPECT_THAT(OpenSharedNonces("sqlite:/tmp/x.db"), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(OpenSharedNonces("elsewhere"), StatusIs(absl::StatusCode::kInvalidArgument));
}

}  // namespace
}  // namespace jiebang::gateway
