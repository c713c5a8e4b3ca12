#include "common/store/redis/once.h"

#include "absl/time/clock.h"
#include "common/async/thread_executor.h"
#include "common/testing/redis_server.h"
#include "common/testing/status_matchers.h"
#include "gtest/gtest.h"

namespace jiebang::store {
namespace {

class OnceTest : public testing::Test {
 protected:
  std::unique_ptr<Once> Open() {
    return *Once::Open({.unix_socket = server_.unix_socket(),
                        .prefix = "gateway",
                        .patience = absl::Milliseconds(500),
                        .opening = absl::Seconds(10)});
  }
  absl::StatusOr<bool> Say(Once& once, const std::string& word) {
    return executor_.RunUntilDone(once.Say(word, absl::Seconds(600)));
  }

  RedisServer server_;
  ThreadExecutor executor_;
};

TEST_F(OnceTest, IsSaidOnceAmongAll) {
  const std::unique_ptr<Once> one = Open();
  const std::unique_ptr<Once> other = Open();
  EXPECT_EQ(*Say(*one, "word"), true);
  EXPECT_EQ(*Say(*one, "word"), false);
  EXPECT_EQ(*Say(*other, "word"), false);
  EXPECT_EQ(*Say(*other, "another"), true);
  EXPECT_EQ(server_.RunCommand({"TTL", "{gateway:once}word"}).substr(0, 1), "6") << "it is forgotten in the end";
}

TEST_F(OnceTest, CannotTellWhileTheServerIsAway) {
  const std::unique_ptr<Once> once = Open();
  EXPECT_EQ(*Say(*once, "word"), true);
  server_.Kill();
  EXPECT_FALSE(Say(*once, "new").ok());
  server_.Start();
  absl::StatusOr<bool> answer = Say(*once, "word");
  for (const absl::Time end = absl::Now() + absl::Seconds(20); !answer.ok() && absl::Now() < end;)
    answer = Say(*once, "word");
  ASSERT_OK_AND_ASSIGN(const bool is_new, answer);
  EXPECT_FALSE(is_new) << "a server that keeps what it acknowledged remembers";
}

}  // namespace
}  // namespace jiebang::store
