#include "common/resource_name/resource_name.h"

#include <string>

#include "common/testing/error_matchers.h"
#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace jiebang {
namespace {

using testing::ElementsAre;
using testing::Eq;
using testing::IsEmpty;
using testing::Optional;

constexpr char kUnit[] = "programmes/{programme}/units/{unit}";

auto IsMalformed() { return IsRefusal(absl::StatusCode::kInvalidArgument, "RESOURCE_NAME_MALFORMED"); }

TEST(ParseResourceName, GivesTheIdsInOrder) {
  EXPECT_THAT(ParseResourceName(kUnit, "programmes/p-2025/units/320000"),
              IsOkAndHolds(ElementsAre("p-2025", "320000")));
  EXPECT_THAT(ParseResourceName("units/{unit}", "units/a._-Z"), IsOkAndHolds(ElementsAre("a._-Z")));
}

TEST(ParseResourceName, TakesSingletons) {
  EXPECT_THAT(ParseResourceName("units/{unit}/quota", "units/1/quota"), IsOkAndHolds(ElementsAre("1")));
  EXPECT_THAT(ParseResourceName("units/{unit}/quota", "units/1/Quota"), IsMalformed());
  EXPECT_THAT(ParseResourceName("clock", "clock"), IsOkAndHolds(IsEmpty()));
}

TEST(ParseResourceName, SaysWhichFieldAndWhatWasWanted) {
  const auto result = ParseResourceName(kUnit, "programmes/x", "list.name");
  EXPECT_THAT(result, IsMalformed());
  EXPECT_THAT(result, HasViolation("list.name", kUnit));
}

TEST(ParseResourceName, TakesWildcardsWhereTheyAreAllowed) {
  EXPECT_THAT(ParseResourceName(kUnit, "programmes/x/units/-", "parent", true), IsOkAndHolds(ElementsAre("x", "-")));
  EXPECT_THAT(ParseResourceName(kUnit, "programmes/x/units/-"), IsMalformed());
}

class MalformedName : public testing::TestWithParam<std::string> {};

TEST_P(MalformedName, IsRefusedWithAndWithoutWildcards) {
  EXPECT_THAT(ParseResourceName(kUnit, GetParam()), IsMalformed());
  EXPECT_THAT(ParseResourceName(kUnit, GetParam(), "name", true), IsMalformed());
}

INSTANTIATE_TEST_SUITE_P(Names, MalformedName,
                         testing::Values("", "/", "programmes/x", "programmes/x/units", "programmes/x/units/",
                                         "programmes//units/y", "/programmes/x/units/y", "programmes/x/units/y/",
                                         "programmes/x/units/y/lists/z", "Programmes/x/units/y", "programmes/x/unit/y",
                                         "programmes/x/units/y z", "programmes/x/units/..", "programmes/x/units/.",
                                         "programmes/x/units/%2e", "programmes/x/units/单位", "programmes/x/units/y\n",
                                         std::string("programmes/x/units/y\0", 21),
                                         "programmes/x/units/" + std::string(64, 'y')));

TEST(IsResourceId, HasALongestLength) {
  EXPECT_TRUE(IsResourceId(std::string(63, 'y')));
  EXPECT_FALSE(IsResourceId(std::string(64, 'y')));
}

TEST(IdIn, FindsTheIdOfACollection) {
  EXPECT_THAT(IdIn("programmes/x/units/320000/lists/l", "units"), Optional(Eq("320000")));
  EXPECT_THAT(IdIn("units/320000", "units"), Optional(Eq("320000")));
  EXPECT_THAT(IdIn("programmes/x/units/320000/tracks/t/quota", "units"), Optional(Eq("320000")));
  EXPECT_THAT(IdIn("programmes/x/units/-", "units"), Optional(Eq("-")));
}

TEST(IdIn, FindsNothingWhereTheCollectionIsNot) {
  EXPECT_EQ(IdIn("programmes/x", "units"), std::nullopt);
  EXPECT_EQ(IdIn("", "units"), std::nullopt);
  EXPECT_EQ(IdIn("units", "units"), std::nullopt);
  EXPECT_EQ(IdIn("Units/320000", "units"), std::nullopt);
  EXPECT_EQ(IdIn("programmes/x/quota", "quota"), std::nullopt);
}

TEST(IdIn, IsNotDeceivedByAnIdThatIsCalledLikeTheCollection) {
  EXPECT_THAT(IdIn("programmes/units/units/320000", "units"), Optional(Eq("320000")));
  EXPECT_EQ(IdIn("programmes/units/lists/320000", "units"), std::nullopt);
  EXPECT_THAT(IdIn("units/units", "units"), Optional(Eq("units")));
}

TEST(IdIn, FindsNothingInWhatCanBeReadInTwoWays) {
  EXPECT_EQ(IdIn("units/1/lists/2/units/3", "units"), std::nullopt);
  EXPECT_EQ(IdIn("units//units/3", "units"), std::nullopt);
  EXPECT_EQ(IdIn("/units/3", "units"), std::nullopt);
  EXPECT_EQ(IdIn("units/3/", "units"), std::nullopt);
}

}  // namespace
}  // namespace jiebang
