#include "common/programme/calendar.h"

#include "gtest/gtest.h"

namespace jiebang::programme {
namespace {

TEST(CalendarTest, ADayBeforeMeansTheWholeOfThatDayInShanghai) {
  // 2023-08-31 24:00 at UTC+8 is 16:00 of the same day at UTC.
  EXPECT_EQ(EndOf("2023-08-31", ""), absl::FromCivil(absl::CivilSecond(2023, 8, 31, 16, 0, 0), absl::UTCTimeZone()));
  EXPECT_EQ(EndOf("2023-08-31", "24:00"), EndOf("2023-08-31", ""));
}

TEST(CalendarTest, ALastTimeEndsTheDayEarlier) {
  EXPECT_EQ(EndOf("2021-11-18", "17:00"), absl::FromCivil(absl::CivilSecond(2021, 11, 18, 17, 0, 0), Shanghai()));
}

TEST(CalendarTest, TakesOnlyDaysThatExistAndAreWrittenInFull) {
  EXPECT_EQ(ParseDay("2024-02-29"), absl::CivilDay(2024, 2, 29));
  for (const char* text : {"", "2023-02-29", "2023-13-01", "2023-00-10", "2023-8-31", "2023/08/31", "2023-08-31 "}) {
    EXPECT_FALSE(ParseDay(text).has_value()) << text;
  }
}

TEST(CalendarTest, TakesTimesFromTheFirstMinuteToTheEndOfTheDay) {
  EXPECT_EQ(ParseLastTime("00:01"), absl::Minutes(1));
  EXPECT_EQ(ParseLastTime("24:00"), absl::Hours(24));
  for (const char* text : {"", "00:00", "24:01", "12:60", "9:00", "17:00:00"}) {
    EXPECT_FALSE(ParseLastTime(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace jiebang::programme
