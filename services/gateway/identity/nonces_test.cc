#include "services/gateway/identity/nonces.h"

#include "common/testing/error_matchers.h"
#include "common/testing/status_matchers.h"
#include "gtest/gtest.h"

namespace jiebang::gateway {
namespace {

auto IsUsed() { return IsRefusal(absl::StatusCode::kUnauthenticated, "NONCE_USED"); }

class NonceMemoryTest : public testing::Test {
 protected:
  const absl::Time start_ = absl::FromUnixSeconds(1'693'000'000);
  NonceMemory memory_;
};

TEST_F(NonceMemoryTest, TakesEachOnceForEachOwner) {
  EXPECT_THAT(memory_.UseNow("a", "nonce", start_), IsOk());
  EXPECT_THAT(memory_.UseNow("a", "nonce", start_), IsUsed());
  EXPECT_THAT(memory_.UseNow("b", "nonce", start_), IsOk());
  EXPECT_THAT(memory_.UseNow("a", "nonce2", start_), IsOk());
}

TEST_F(NonceMemoryTest, RemembersForTheWholeWindowWhenever) {
  for (int second = 0; second <= 1'300; second += 50) {
    NonceMemory memory;
    ASSERT_THAT(memory.UseNow("a", "first", start_), IsOk());
    const absl::Time used = start_ + absl::Seconds(second);
    ASSERT_THAT(memory.UseNow("a", "nonce", used), IsOk());
    for (int later = 0; later <= 600; later += 100) {
      EXPECT_THAT(memory.UseNow("a", "nonce", used + absl::Seconds(later)), IsUsed()) << second << "+" << later;
    }
  }
}

TEST_F(NonceMemoryTest, ForgetsInTheEnd) {
  NonceMemory memory(2);
  EXPECT_THAT(memory.UseNow("a", "1", start_), IsOk());
  EXPECT_THAT(memory.UseNow("a", "2", start_), IsOk());
  EXPECT_THAT(memory.UseNow("a", "3", start_ + 2 * kNonceKept), IsOk());
  EXPECT_THAT(memory.UseNow("a", "1", start_ + 2 * kNonceKept), IsOk());
}

TEST_F(NonceMemoryTest, RefusesWhenItIsFull) {
  NonceMemory memory(2);
  EXPECT_THAT(memory.UseNow("a", "1", start_), IsOk());
  EXPECT_THAT(memory.UseNow("a", "2", start_), IsOk());
  EXPECT_THAT(memory.UseNow("a", "3", start_), IsRefusal(absl::StatusCode::kUnavailable, "NONCE_MEMORY_AWAY"));
  EXPECT_THAT(memory.UseNow("a", "1", start_), IsUsed());
}

}  // namespace
}  // namespace jiebang::gateway
