#include "common/programme/codes.h"

#include "gtest/gtest.h"

namespace jiebang::programme {
namespace {

TEST(CodesTest, APlaceContainsWhatLiesBelowIt) {
  EXPECT_TRUE(PlaceContains("610000", "610403"));
  EXPECT_TRUE(PlaceContains("610400", "610403"));
  EXPECT_TRUE(PlaceContains("610403", "610403"));
  EXPECT_FALSE(PlaceContains("610403", "610400"));
  EXPECT_FALSE(PlaceContains("610000", "620100"));
}

TEST(CodesTest, SignificantPlaceTellsHowDeepACodeIs) {
  EXPECT_EQ(SignificantPlace("610000"), "61");
  EXPECT_EQ(SignificantPlace("210200"), "2102");
  EXPECT_EQ(SignificantPlace("611000"), "6110");  // 商洛 ends in a zero of its own
  EXPECT_EQ(SignificantPlace("610403"), "610403");
}

TEST(CodesTest, AnIndustryContainsItsGroupsAndClasses) {
  EXPECT_TRUE(IndustryContains("26", "2671"));
  EXPECT_TRUE(IndustryContains("2671", "2671"));
  EXPECT_FALSE(IndustryContains("2671", "26"));
  EXPECT_FALSE(IndustryContains("", "26"));
}

}  // namespace
}  // namespace jiebang::programme
