#include "common/clock/clock.h"

#include <thread>

#include "common/testing/error_matchers.h"
#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace jiebang {
namespace {

using testing::Ge;
using testing::Lt;

const absl::Time kSpring = absl::FromCivil(absl::CivilSecond(2026, 3, 1, 9), absl::UTCTimeZone());

TEST(SystemClock, TellsTheTimeOfTheSystem) {
  const absl::Time before = absl::Now();
  EXPECT_THAT(SystemClock().Now(), Ge(before));
  EXPECT_THAT(SystemClock().Now(), Lt(before + absl::Minutes(5)));
}

TEST(RehearsalClock, RunsOnFromItsStart) {
  const RehearsalClock clock(kSpring);
  const absl::Time first = clock.Now();
  EXPECT_THAT(first, Ge(kSpring));
  EXPECT_THAT(first, Lt(kSpring + absl::Minutes(5)));
  const absl::Time deadline = absl::Now() + absl::Minutes(1);
  while (clock.Now() == first) ASSERT_LT(absl::Now(), deadline) << "stands still";
  EXPECT_GT(clock.Now(), first);
}

TEST(RehearsalClock, RunsOnFromWhereItIsSet) {
  RehearsalClock clock(kSpring);
  const absl::Time summer = kSpring + absl::Hours(24 * 90);
  ASSERT_THAT(clock.AdvanceTo(summer), IsOk());
  EXPECT_THAT(clock.Now(), Ge(summer));
  EXPECT_THAT(clock.Now(), Lt(summer + absl::Minutes(5)));
}

TEST(RehearsalClock, RefusesToGoBackAndStaysAsItWas) {
  RehearsalClock clock(kSpring);
  const absl::Time before = clock.Now();
  EXPECT_THAT(clock.AdvanceTo(kSpring - absl::Nanoseconds(1)),
              IsRefusal(absl::StatusCode::kInvalidArgument, "CLOCK_BACKWARD"));
  EXPECT_THAT(clock.AdvanceTo(absl::InfinitePast()), IsRefusal(absl::StatusCode::kInvalidArgument, "CLOCK_BACKWARD"));
  EXPECT_THAT(clock.AdvanceTo(absl::InfiniteFuture()),
              IsRefusal(absl::StatusCode::kInvalidArgument, "CLOCK_TIME_INFINITE"));
  EXPECT_THAT(clock.Now(), Ge(before));
  EXPECT_THAT(clock.Now(), Lt(before + absl::Minutes(5)));
}

TEST(RehearsalClock, NeverGoesBackForAnybodyWhileOthersSetIt) {
  RehearsalClock clock(kSpring);
  std::thread setter([&clock] {
    for (int hour = 1; hour <= 1'000; ++hour) EXPECT_THAT(clock.AdvanceTo(kSpring + absl::Hours(hour)), IsOk());
  });
  absl::Time last = kSpring;
  while (last < kSpring + absl::Hours(1'000)) {
    const absl::Time now = clock.Now();
    ASSERT_GE(now, last);
    last = now;
  }
  setter.join();
}

TEST(FixedClock, MovesOnlyWhenItIsMoved) {
  FixedClock clock(kSpring);
  EXPECT_EQ(clock.Now(), kSpring);
  clock.Advance(absl::Hours(1));
  EXPECT_EQ(clock.Now(), kSpring + absl::Hours(1));
  clock.Set(kSpring - absl::Hours(1));
  EXPECT_EQ(clock.Now(), kSpring - absl::Hours(1));
}

}  // namespace
}  // namespace jiebang
