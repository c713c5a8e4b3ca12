#include "services/gateway/admission/load_limit.h"

#include <cmath>
#include <deque>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace jiebang::gateway {
namespace {

// A service that answers one call after another, so many a second, in steps of a millisecond, behind a limit; and more
// callers than it can answer.
class Simulation {
 public:
  explicit Simulation(LoadLimitOptions options) : limit_(options) {}

  // The longest that a call took in the last half of the time.
  absl::Duration Run(absl::Duration time, double answers_a_second, double calls_a_second, Urgency urgency) {
    const absl::Time end = now_ + time;
    const absl::Time half = now_ + time / 2;
    absl::Duration longest;
    for (; now_ < end; now_ += absl::Milliseconds(1)) {
      for (calls_ += calls_a_second / 1'000; calls_ >= 1; calls_ -= 1) {
        if (limit_.Enter(urgency)) waiting_.push_back(now_);
      }
      for (answers_ += answers_a_second / 1'000; answers_ >= 1; answers_ -= 1) {
        if (waiting_.empty()) continue;
        const absl::Duration took = now_ - waiting_.front();
        waiting_.pop_front();
        limit_.Leave();
        limit_.Answered(urgency, took, now_);
        if (now_ > half) longest = std::max(longest, took);
      }
    }
    return longest;
  }

  const LoadLimit& limit() const { return limit_; }

 private:
  LoadLimit limit_;
  absl::Time now_ = absl::FromUnixSeconds(1'693'000'000);
  std::deque<absl::Time> waiting_;
  double calls_ = 0;
  double answers_ = 0;
};

TEST(LoadLimitTest, RefusesReadsBeforeChangesAndChangesBeforeDecisions) {
  LoadLimit limit({.least = 100, .most = 100});
  int entered[kUrgencies] = {};
  for (const Urgency urgency : {Urgency::kRead, Urgency::kChange, Urgency::kDecision}) {
    while (limit.Enter(urgency)) ++entered[static_cast<int>(urgency)];
  }
  EXPECT_THAT(entered, testing::ElementsAre(50, 25, 25));
  limit.Leave();
  EXPECT_FALSE(limit.Enter(Urgency::kRead));
  EXPECT_FALSE(limit.Enter(Urgency::kChange));
  EXPECT_TRUE(limit.Enter(Urgency::kDecision));
}

TEST(LoadLimitTest, ReadsDoNotTakeTheRoomOfDecisions) {
  LoadLimit limit({.least = 100, .most = 100});
  while (limit.Enter(Urgency::kRead)) {
  }
  int decisions = 0;
  while (limit.Enter(Urgency::kDecision)) ++decisions;
  EXPECT_EQ(decisions, 50);
}

TEST(LoadLimitTest, FindsTheNumberOfCallsThatTheServiceAnswersInTheTime) {
  for (const double capacity : {300.0, 500.0, 1'000.0, 2'000.0}) {
    Simulation simulation({.least = 4, .most = 256, .target = absl::Milliseconds(100)});
    const absl::Duration longest = simulation.Run(absl::Seconds(20), capacity, 20 * capacity, Urgency::kDecision);
    EXPECT_NEAR(simulation.limit().limit(), std::min(256.0, capacity / 10), capacity / 40) << capacity;
    EXPECT_LT(longest, absl::Milliseconds(200)) << capacity;
  }
}

TEST(LoadLimitTest, FollowsAServiceThatSlowsDownAndRecovers) {
  Simulation simulation({.least = 4, .most = 256, .target = absl::Milliseconds(100)});
  simulation.Run(absl::Seconds(10), 2'000, 40'000, Urgency::kDecision);
  const absl::Duration longest = simulation.Run(absl::Seconds(10), 100, 40'000, Urgency::kDecision);
  EXPECT_LT(longest, absl::Milliseconds(250));
  EXPECT_LT(simulation.limit().limit(), 25);
  simulation.Run(absl::Seconds(3), 2'000, 40'000, Urgency::kDecision);
  EXPECT_GT(simulation.limit().limit(), 150);
}

TEST(LoadLimitTest, DoesNotMoveWhileNobodyWaits) {
  Simulation simulation({.least = 4, .most = 256, .target = absl::Milliseconds(1)});
  simulation.Run(absl::Seconds(10), 1'000, 500, Urgency::kChange);
  EXPECT_EQ(simulation.limit().limit(), 256);
}

TEST(LoadLimitTest, IsNeverLowerThanItsLeast) {
  Simulation simulation({.least = 16, .most = 256, .target = absl::Milliseconds(100)});
  simulation.Run(absl::Seconds(60), 2, 1'000, Urgency::kDecision);
  EXPECT_EQ(simulation.limit().limit(), 16);
}

class UsualTimeTest : public testing::Test {
 protected:
  void AnswerWithinAWindow(LoadLimit& limit) const {
    for (int i = 0; i <= 20; ++i) {
      limit.Answered(Urgency::kChange, absl::Milliseconds(40), begin_ + i * absl::Milliseconds(10));
    }
  }

  const absl::Time begin_ = absl::FromUnixSeconds(1'693'000'000);
  const absl::Time after_ = begin_ + absl::Milliseconds(200);
};

TEST_F(UsualTimeTest, IsSaidForAWhileWhenCallsWaitForEachOther) {
  LoadLimit limit({.least = 16, .most = 16});
  for (int i = 0; i < 8; ++i) limit.Enter(Urgency::kChange);
  AnswerWithinAWindow(limit);
  EXPECT_EQ(limit.UsualTime(Urgency::kChange, after_), absl::Milliseconds(40));
  EXPECT_EQ(limit.UsualTime(Urgency::kRead, after_), absl::ZeroDuration());
  EXPECT_EQ(limit.UsualTime(Urgency::kChange, after_ + absl::Seconds(2)), absl::ZeroDuration());
}

TEST_F(UsualTimeTest, IsNotSaidWhenThereIsRoom) {
  LoadLimit limit({.least = 16, .most = 16});
  limit.Enter(Urgency::kChange);
  AnswerWithinAWindow(limit);
  EXPECT_EQ(limit.UsualTime(Urgency::kChange, after_), absl::ZeroDuration());
}

}  // namespace
}  // namespace jiebang::gateway
