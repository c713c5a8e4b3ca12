#include "services/gateway/admission/token_buckets.h"

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace jiebang::gateway {
namespace {

constexpr Rate kTenASecond{.per_second = 10, .burst = 3};

class TokenBucketsTest : public testing::Test {
 protected:
  bool Take(const std::string& name) { return buckets_.Take(name, kTenASecond, now_) == absl::ZeroDuration(); }

  TokenBuckets buckets_{100};
  absl::Time now_ = absl::FromUnixSeconds(1'693'000'000);
};

TEST_F(TokenBucketsTest, LetsABurstThroughAndThenTheRate) {
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(Take("a")) << i;
  EXPECT_FALSE(Take("a"));
  int taken = 0;
  for (int i = 0; i < 1'000; ++i) {
    now_ += absl::Milliseconds(10);
    if (Take("a")) ++taken;
  }
  EXPECT_NEAR(taken, 100, 1);
}

TEST_F(TokenBucketsTest, SaysHowLongUntilThereIsAToken) {
  for (int i = 0; i < 3; ++i) Take("a");
  const absl::Duration wait = buckets_.Take("a", kTenASecond, now_);
  EXPECT_EQ(wait, absl::Milliseconds(100));
  EXPECT_EQ(buckets_.Wait("a", kTenASecond, now_), wait);
  now_ += wait;
  EXPECT_EQ(buckets_.Wait("a", kTenASecond, now_), absl::ZeroDuration());
  EXPECT_TRUE(Take("a"));
}

TEST_F(TokenBucketsTest, ARefusalCostsNoToken) {
  for (int i = 0; i < 100; ++i) Take("a");
  now_ += absl::Milliseconds(100);
  EXPECT_TRUE(Take("a"));
}

TEST_F(TokenBucketsTest, OneCallerDoesNotUseUpAnothers) {
  for (int i = 0; i < 100; ++i) Take("a");
  EXPECT_TRUE(Take("b"));
}

TEST_F(TokenBucketsTest, AFullBucketHoldsNoMoreThanABurst) {
  Take("a");
  now_ += absl::Hours(1);
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(Take("a")) << i;
  EXPECT_FALSE(Take("a"));
}

TEST_F(TokenBucketsTest, ForgetsWhoWasNotAskedForLongest) {
  for (int i = 0; i < 3; ++i) Take("idle");
  for (int i = 0; i < 3; ++i) Take("busy");
  for (int i = 0; i < 99; ++i) {
    Take(absl::StrCat("name ", i));
    EXPECT_FALSE(Take("busy"));
  }
  EXPECT_EQ(buckets_.size(), 100u);
  EXPECT_TRUE(Take("idle")) << "it was forgotten";
}

}  // namespace
}  // namespace jiebang::gateway
