#include "services/publiclist/domain/publicity.h"

#include <string>

#include "common/programme/calendar.h"
#include "gmock/gmock.h"

namespace jiebang::publiclist {
namespace {

absl::Time At(int year, int month, int day, int hour = 0) {
  return absl::FromCivil(absl::CivilHour(year, month, day, hour), programme::Shanghai());
}

struct Period {
  std::string name;
  int days;
  programme::v1::DayKind kind;
  absl::Time opened, end;
};

class PublicityTest : public testing::TestWithParam<Period> {};

TEST_P(PublicityTest, EndsAfterItsLastDay) {
  programme::v1::Publicity publicity;
  publicity.set_days(GetParam().days);
  publicity.set_day_kind(GetParam().kind);

  EXPECT_EQ(PublicityEnd(publicity, GetParam().opened), GetParam().end);
}

// 6 November 2023 was a Monday.
INSTANTIATE_TEST_SUITE_P(
    , PublicityTest,
    testing::Values(Period{"TheDayOfPublicationIsNotCounted", 1, programme::v1::DAY_KIND_CALENDAR, At(2023, 11, 6, 9),
                           At(2023, 11, 8)},
                    Period{"EveryDayCounts", 7, programme::v1::DAY_KIND_CALENDAR, At(2023, 11, 6, 9), At(2023, 11, 14)},
                    Period{"FiveWorkingDaysAcrossAWeekend", 5, programme::v1::DAY_KIND_WORKING, At(2023, 11, 8, 9),
                           At(2023, 11, 16)},
                    Period{"FiveWorkingDaysFromMonday", 5, programme::v1::DAY_KIND_WORKING, At(2023, 11, 6, 9),
                           At(2023, 11, 14)},
                    Period{"FromASaturday", 1, programme::v1::DAY_KIND_WORKING, At(2023, 11, 11, 9), At(2023, 11, 14)},
                    Period{"EndsOnAFriday", 4, programme::v1::DAY_KIND_WORKING, At(2023, 11, 6, 23), At(2023, 11, 11)}),
    [](const auto& info) { return info.param.name; });

TEST(ValidityTest, EndsOnTheSameDayYearsLater) {
  programme::v1::Title title;
  EXPECT_EQ(ValidUntil(title, At(2023, 1, 10, 15)), std::nullopt);
  title.set_years_valid(3);
  EXPECT_EQ(ValidUntil(title, At(2023, 1, 10, 15)), At(2026, 1, 10));
  EXPECT_EQ(ValidUntil(title, At(2024, 2, 29, 15)), At(2027, 3, 1));
}

}  // namespace
}  // namespace jiebang::publiclist
