#include "services/quota/domain/retry_schedule.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace jiebang::quota {
namespace {

constexpr double kMiddle = 0.5;

TEST(RetryScheduleTest, WaitsLongerAndLongerForAboutADay) {
  const RetrySchedule usual = RetrySchedule::Usual();
  absl::Duration before;
  absl::Duration total;
  int failed = 1;
  for (; const auto pause = usual.PauseAfter(failed, kMiddle, absl::ZeroDuration()); ++failed) {
    EXPECT_GT(*pause, before);
    before = *pause;
    total += *pause;
  }
  EXPECT_EQ(failed, 9);
  EXPECT_GT(total, absl::Hours(20));
  EXPECT_LT(total, absl::Hours(24));
  EXPECT_EQ(*usual.PauseAfter(1, kMiddle, absl::ZeroDuration()), absl::Seconds(5));
}

TEST(RetryScheduleTest, SpreadsWhatFailedTogether) {
  const RetrySchedule schedule({absl::Seconds(100)});
  EXPECT_EQ(*schedule.PauseAfter(1, 0, absl::ZeroDuration()), absl::Seconds(80));
  EXPECT_EQ(*schedule.PauseAfter(1, 1, absl::ZeroDuration()), absl::Seconds(120));
}

TEST(RetryScheduleTest, WaitsAsLongAsTheReceiverAsksButNoMoreThanADay) {
  const RetrySchedule schedule({absl::Seconds(100)});
  EXPECT_EQ(*schedule.PauseAfter(1, kMiddle, absl::Seconds(300)), absl::Seconds(300));
  EXPECT_EQ(*schedule.PauseAfter(1, kMiddle, absl::Seconds(3)), absl::Seconds(100));
  EXPECT_EQ(*schedule.PauseAfter(1, kMiddle, absl::Hours(1000)), absl::Hours(24));
  EXPECT_EQ(schedule.PauseAfter(2, kMiddle, absl::Seconds(300)), std::nullopt);
}

TEST(RetryScheduleTest, ReadsSecondsAndDates) {
  const absl::Time now = absl::FromUnixSeconds(1'700'000'000);  // Tue, 14 Nov 2023 22:13:20 GMT
  EXPECT_EQ(RetryAfterOf("120", now), absl::Seconds(120));
  EXPECT_EQ(RetryAfterOf("Tue, 14 Nov 2023 22:14:20 GMT", now), absl::Seconds(60));
  EXPECT_EQ(RetryAfterOf("Tue, 14 Nov 2023 22:12:20 GMT", now), absl::ZeroDuration());
  for (const char* const nonsense : {"", "soon", "-5", "1e9"}) {
    EXPECT_EQ(RetryAfterOf(nonsense, now), absl::ZeroDuration()) << nonsense;
  }
}

}  // namespace
}  // namespace jiebang::quota
