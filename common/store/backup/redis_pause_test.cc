#include "common/store/backup/redis_pause.h"

#include <atomic>
#include <memory>
#include <thread>

#include "absl/time/clock.h"
#include "common/testing/redis_server.h"
#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace jiebang::store::backup {
namespace {

using redis::Command;
using testing::HasSubstr;

class RedisPauseTest : public testing::Test {
 protected:
  void SetUp() override {
    const RedisLocation location{.unix_socket = server_.unix_socket(), .prefix = "p"};
    ASSERT_OK_AND_ASSIGN(primaries_, RedisPrimaries::Connect({location}));
    ASSERT_OK_AND_ASSIGN(others_, RedisPrimaries::Connect({location}));
  }

  absl::Status Write() { return others_->Ask(0, Command({"INCR", "counter"})).status(); }

  const RedisServer server_;
  std::unique_ptr<RedisPrimaries> primaries_;
  std::unique_ptr<RedisPrimaries> others_;
};

TEST_F(RedisPauseTest, HoldsWritesUntilItsEnd) {
  ASSERT_OK_AND_ASSIGN(const auto pause, RedisPause::Begin(*primaries_, {}));
  std::atomic<bool> written = false;
  std::thread writer([&] {
    EXPECT_THAT(Write(), IsOk());
    written = true;
  });
  while (!written && server_.RunCommand({"INFO", "clients"}).find("blocked_clients:1") == std::string::npos) {
    std::this_thread::yield();
  }
  EXPECT_FALSE(written);
  EXPECT_THAT(pause->End(), IsOk());
  writer.join();
  EXPECT_GT(pause->lasted(), absl::ZeroDuration());
}

TEST_F(RedisPauseTest, LetsWritesGoOnWhenItIsGivenUp) {
  { ASSERT_THAT(RedisPause::Begin(*primaries_, {}), IsOk()); }
  EXPECT_THAT(Write(), IsOk());
}

TEST_F(RedisPauseTest, IsRenewed) {
  ASSERT_OK_AND_ASSIGN(const auto pause, RedisPause::Begin(*primaries_, {.lapse = std::chrono::milliseconds(500)}));
  std::atomic<bool> written = false;
  std::thread writer([&] {
    EXPECT_THAT(Write(), IsOk());
    written = true;
  });
  const absl::Time end = absl::Now() + absl::Seconds(1.5);
  while (absl::Now() < end) {
    EXPECT_THAT(pause->KeepUp(), IsOk());
    EXPECT_FALSE(written);
    absl::SleepFor(absl::Milliseconds(10));
  }
  EXPECT_THAT(pause->End(), IsOk());
  writer.join();
}

TEST_F(RedisPauseTest, SaysThatItMayHaveLapsed) {
  ASSERT_OK_AND_ASSIGN(const auto pause, RedisPause::Begin(*primaries_, {.lapse = std::chrono::milliseconds(50)}));
  ASSERT_THAT(Write(), IsOk());  // comes back when it has
  EXPECT_THAT(pause->KeepUp(), StatusIs(absl::StatusCode::kAborted, HasSubstr("may have lapsed")));
  EXPECT_THAT(pause->End(), StatusIs(absl::StatusCode::kAborted));
}

TEST_F(RedisPauseTest, DoesNotGoOnForLongerThanItMay) {
  ASSERT_OK_AND_ASSIGN(const auto pause, RedisPause::Begin(*primaries_, {.longest = std::chrono::milliseconds(300)}));
  absl::Status status;
  while (status.ok()) status = pause->KeepUp();
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kAborted, HasSubstr("as long as they may")));
  EXPECT_GE(pause->lasted(), absl::Milliseconds(300));
}

TEST_F(RedisPauseTest, SaysThatSomebodyWroteMeanwhile) {
  ASSERT_OK_AND_ASSIGN(const auto pause, RedisPause::Begin(*primaries_, {}));
  server_.RunCommand({"CLIENT", "UNPAUSE"});
  ASSERT_THAT(Write(), IsOk());
  EXPECT_THAT(pause->KeepUp(), IsOk()) << "it is not time yet";
  EXPECT_THAT(pause->End(), StatusIs(absl::StatusCode::kAborted, HasSubstr("somebody wrote")));
}

TEST_F(RedisPauseTest, StandsAKeyThatExpiresMeanwhile) {
  server_.RunCommand({"SET", "brief", "1", "PX", "200"});
  ASSERT_OK_AND_ASSIGN(const auto pause, RedisPause::Begin(*primaries_, {}));
  while (server_.RunCommand({"GET", "brief"}) != "\n") std::this_thread::yield();
  EXPECT_THAT(pause->End(), IsOk());
}

TEST_F(RedisPauseTest, StandsAnRdbFileThatIsCompletedMeanwhile) {
  ASSERT_THAT(Write(), IsOk());
  ASSERT_OK_AND_ASSIGN(const auto pause, RedisPause::Begin(*primaries_, {}));
  server_.RunCommand({"SAVE"});
  EXPECT_THAT(pause->End(), IsOk());
}

}  // namespace
}  // namespace jiebang::store::backup
