#include "services/quota/domain/routing.h"

#include "common/testing/error_matchers.h"
#include "common/testing/status_matchers.h"
#include "gtest/gtest.h"
#include "services/quota/domain/notices_for_test.h"

namespace jiebang::quota {
namespace {

v1::Unit UnitOf(const std::string& id, const std::string& category, const std::string& region_code) {
  v1::Unit unit;
  unit.set_name("units/" + id);
  unit.set_category(category);
  unit.set_region_code(region_code);
  return unit;
}

std::vector<v1::Unit> SomeUnits() {
  return {UnitOf("210000", "province", "210000"),
          UnitOf("210200", "separate-plan-city", "210200"),
          UnitOf("320000", "province", "320000"),
          UnitOf("440000", "province", "440000"),
          UnitOf("440300", "separate-plan-city", "440300"),
          UnitOf("610000", "province", "610000"),
          UnitOf("610100", "city", "610100"),
          UnitOf("610400", "city", "610400"),
          UnitOf("610403", "city", "610403"),
          UnitOf("650000", "province", "650000"),
          UnitOf("660000", "corps", "660000"),
          UnitOf("cg-cssc", "central-group", "")};
}

struct Enterprise {
  const char* what;
  const char* notice;
  const char* region_code;
  const char* central_group;
  const char* unit;  // empty: refused with `reason`
  const char* reason;
};

class RoutingTest : public testing::TestWithParam<Enterprise> {};

TEST_P(RoutingTest, LeadsToTheUnitThatAnswersForTheEnterprise) {
  const Enterprise& c = GetParam();
  const auto programme = Notice(c.notice);

  const auto resolution = ResolveUnit(*programme, "", SomeUnits(), {c.region_code, c.central_group});

  if (*c.unit == '\0') {
    EXPECT_THAT(resolution, IsRefusal(absl::StatusCode::kNotFound, c.reason)) << c.what;
  } else {
    ASSERT_THAT(resolution, IsOk()) << c.what;
    EXPECT_EQ(resolution->unit.name(), std::string("units/") + c.unit) << c.what;
  }
}

INSTANTIATE_TEST_SUITE_P(
    Places, RoutingTest,
    testing::Values(
        Enterprise{"沈阳 belongs to 辽宁", kNotice2023, "210100", "", "210000", ""},
        Enterprise{"大连 goes apart from 辽宁", kNotice2023, "210200", "", "210200", ""},
        Enterprise{"大连市甘井子区", kNotice2023, "210211", "", "210200", ""},
        Enterprise{"大连's 瓦房店市", kNotice2023, "210281", "", "210200", ""},
        Enterprise{"苏州工业园区 belongs to 江苏", kNotice2023, "320571", "", "320000", ""},
        Enterprise{"深圳市南山区", kNotice2023, "440305", "", "440300", ""},
        Enterprise{"广州 belongs to 广东", kNotice2023, "440100", "", "440000", ""},
        Enterprise{"西安 is no unit of the nation's notice", kNotice2023, "610113", "", "610000", ""},
        Enterprise{"石河子 is a city of the corps", kNotice2023, "659001", "", "660000", ""},
        Enterprise{"昆玉 is a city of the corps", kNotice2023, "659009", "", "660000", ""},
        Enterprise{"乌鲁木齐 is not", kNotice2023, "650100", "", "650000", ""},
        Enterprise{"阿勒泰 is not", kNotice2023, "654301", "", "650000", ""},
        Enterprise{"a province that has no record", kNotice2023, "330100", "", "", "NO_UNIT_FOR_PLACE"},
        Enterprise{"a central enterprise goes through its group", kNotice2023, "320500", "cg-cssc", "cg-cssc", ""},
        Enterprise{"a group that has no record", kNotice2023, "320500", "cg-none", "", "NO_UNIT_FOR_GROUP"},
        Enterprise{"a province is no group", kNotice2023, "320500", "320000", "", "NO_UNIT_FOR_GROUP"},
        Enterprise{"西安市雁塔区", kShaanxi2024, "610113", "", "610100", ""},
        Enterprise{"咸阳市秦都区", kShaanxi2024, "610402", "", "610400", ""},
        Enterprise{"杨凌 goes apart from 咸阳", kShaanxi2024, "610403", "", "610403", ""},
        Enterprise{"central enterprises go through the city, too", kShaanxi2024, "610113", "cg-cssc", "610100", ""},
        Enterprise{"the province itself is no city", kShaanxi2024, "610000", "", "", "NO_UNIT_FOR_PLACE"}));

TEST(ResolveUnitTest, CitesTheRoutesClause) {
  const auto programme = Notice(kNotice2023);

  ASSERT_OK_AND_ASSIGN(const Resolution by_place,
                       ResolveUnit(*programme, "excellent-scenario", SomeUnits(), {"320500"}));
  ASSERT_OK_AND_ASSIGN(const Resolution by_group, ResolveUnit(*programme, "", SomeUnits(), {"320500", "cg-cssc"}));

  EXPECT_EQ(by_place.clause, "工信厅联通装函〔2023〕212号 三（二）");
  EXPECT_EQ(by_group.clause, "工信厅联通装函〔2023〕212号 三（三）");
}

TEST(ResolveUnitTest, RefusesATrackThatTakesNoApplications) {
  EXPECT_THAT(ResolveUnit(*Notice(kShaanxi2024), "leading", SomeUnits(), {"610113"}),
              IsRefusal(absl::StatusCode::kNotFound, "TRACK_NOT_FOUND"));
}

TEST(PlaceOfTest, TheCorpsAnswersForItsCitiesUnderEitherCode) {
  const auto programme = Notice(kNotice2023);

  EXPECT_EQ(PlaceOf(*programme, UnitOf("660000", "corps", "660000")), "659000");
  EXPECT_EQ(PlaceOf(*programme, UnitOf("660000", "corps", "659000")), "659000");
}

}  // namespace
}  // namespace jiebang::quota
