#include "services/maturity/domain/validity.h"

#include "common/programme/calendar.h"
#include "gmock/gmock.h"

namespace jiebang::maturity {
namespace {

absl::Time At(int year, int month, int day, int hour = 0, int minute = 0) {
  return absl::FromCivil(absl::CivilMinute(year, month, day, hour, minute), programme::Shanghai());
}

TEST(ValidityTest, CountsToTheEndOfTheSameDayMonthsLater) {
  const absl::Time submitted = At(2022, 9, 1, 15, 30);

  EXPECT_TRUE(IsRecent(submitted, 12, submitted));
  EXPECT_TRUE(IsRecent(submitted, 12, At(2023, 9, 1, 23, 59)));
  EXPECT_FALSE(IsRecent(submitted, 12, At(2023, 9, 2)));
}

TEST(ValidityTest, TheLastDayOfAShorterMonthStandsForTheDaysItLacks) {
  const absl::Time submitted = At(2023, 8, 31, 8);

  EXPECT_TRUE(IsRecent(submitted, 6, At(2024, 2, 29, 23, 59)));
  EXPECT_FALSE(IsRecent(submitted, 6, At(2024, 3, 1)));
}

TEST(ValidityTest, DaysAreThoseOfShanghai) {
  const absl::Time submitted = At(2023, 1, 1, 0, 30);  // still 2022 in UTC

  EXPECT_TRUE(IsRecent(submitted, 1, At(2023, 2, 1, 23, 59)));
  EXPECT_FALSE(IsRecent(submitted, 1, At(2023, 2, 2)));
}

TEST(ValidityTest, WithoutMonthsAnyAgeCounts) { EXPECT_TRUE(IsRecent(At(1999, 1, 1), 0, At(2024, 1, 1))); }

}  // namespace
}  // namespace jiebang::maturity
