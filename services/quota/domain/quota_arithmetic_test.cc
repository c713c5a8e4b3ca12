#include "services/quota/domain/quota_arithmetic.h"

#include <optional>

#include "common/testing/error_matchers.h"
#include "common/testing/status_matchers.h"
#include "gtest/gtest.h"
#include "services/quota/domain/notices_for_test.h"

namespace jiebang::quota {
namespace {

using testing::HasSubstr;

v1::Unit UnitOf(const std::string& id, const std::string& category, std::optional<int64_t> projects = std::nullopt) {
  v1::Unit unit;
  unit.set_name("units/" + id);
  unit.set_display_name("推荐单位");
  unit.set_category(category);
  if (projects) (*unit.mutable_attributes())["cumulative_provincial_projects"] = *projects;
  return unit;
}

struct Case {
  const char* clause;
  const char* notice;
  v1::Unit unit;
  const char* track;
  int limit;
};

class QuotaArithmeticTest : public testing::TestWithParam<Case> {};

TEST_P(QuotaArithmeticTest, GivesWhatTheClauseSays) {
  const auto programme = Notice(GetParam().notice);

  ASSERT_OK_AND_ASSIGN(const v1::Quota quota, QuotaFor(*programme, GetParam().unit, GetParam().track));

  EXPECT_EQ(quota.limit(), GetParam().limit) << GetParam().clause;
  EXPECT_FALSE(quota.reason_zh().empty());
  EXPECT_FALSE(quota.reason_en().empty());
}

constexpr char kScenario[] = "excellent-scenario";
constexpr char kFactory[] = "demonstration-factory";
constexpr char kProvinces[] = "各省（区、市）可推荐的优秀场景、示范工厂项目申报数量为30个、15个";
constexpr char kLarge[] = "累计数量超过300个的省（区、市），可推荐的优秀场景、示范工厂项目申报数量为40个、20个";
constexpr char kApart[] = "计划单列市、新疆生产建设兵团、中央企业集团推荐的优秀场景、示范工厂项目申报数量为10个、5个";
constexpr char kShaanxi[] = "推荐数量西安不超过15个,宝鸡不超过8个,咸阳不超过5个,其他市区不超过3个";

INSTANTIATE_TEST_SUITE_P(
    Notices, QuotaArithmeticTest,
    testing::Values(Case{kProvinces, kNotice2023, UnitOf("320000", "province"), kScenario, 30},
                    Case{kProvinces, kNotice2023, UnitOf("320000", "province"), kFactory, 15},
                    Case{kProvinces, kNotice2023, UnitOf("320000", "province", 0), kFactory, 15},
                    Case{kLarge, kNotice2023, UnitOf("320000", "province", 300), kScenario, 30},
                    Case{kLarge, kNotice2023, UnitOf("320000", "province", 300), kFactory, 15},
                    Case{kLarge, kNotice2023, UnitOf("320000", "province", 301), kScenario, 40},
                    Case{kLarge, kNotice2023, UnitOf("320000", "province", 301), kFactory, 20},
                    Case{kApart, kNotice2023, UnitOf("210200", "separate-plan-city"), kScenario, 10},
                    Case{kApart, kNotice2023, UnitOf("210200", "separate-plan-city"), kFactory, 5},
                    Case{kApart, kNotice2023, UnitOf("660000", "corps", 999), kScenario, 10},
                    Case{kApart, kNotice2023, UnitOf("660000", "corps", 999), kFactory, 5},
                    Case{kApart, kNotice2023, UnitOf("cg-example", "central-group"), kScenario, 10},
                    Case{kApart, kNotice2023, UnitOf("cg-example", "central-group"), kFactory, 5},
                    // 智慧供应链 counts on the quota of the factory.
                    Case{kProvinces, kNotice2023, UnitOf("320000", "province"), "smart-supply-chain", 15},
                    Case{kShaanxi, kShaanxi2024, UnitOf("610100", "city"), "excellent", 15},
                    Case{kShaanxi, kShaanxi2024, UnitOf("610300", "city"), "excellent", 8},
                    Case{kShaanxi, kShaanxi2024, UnitOf("610400", "city"), "excellent", 5},
                    Case{kShaanxi, kShaanxi2024, UnitOf("610403", "city"), "excellent", 3},
                    Case{kShaanxi, kShaanxi2024, UnitOf("611000", "city"), "excellent", 3}));

TEST(QuotaForTest, CitesTheClauseAndTheNumberThatDecided) {
  const auto programme = Notice(kNotice2023);

  ASSERT_OK_AND_ASSIGN(const v1::Quota quota, QuotaFor(*programme, UnitOf("320000", "province", 301), kFactory));

  EXPECT_EQ(quota.name(), "programmes/pilot-demonstration-2023/units/320000/tracks/demonstration-factory/quota");
  EXPECT_EQ(quota.clause(), "工信厅联通装函〔2023〕212号 三（四）");
  EXPECT_THAT(quota.reason_zh(), HasSubstr("cumulative_provincial_projects: 301 > 300"));
}

TEST(QuotaForTest, SaysThatAnExtendingTrackCountsOnItsBase) {
  const auto programme = Notice(kNotice2023);

  ASSERT_OK_AND_ASSIGN(const v1::Quota quota, QuotaFor(*programme, UnitOf("320000", "province"), "smart-supply-chain"));

  EXPECT_EQ(quota.name(), "programmes/pilot-demonstration-2023/units/320000/tracks/smart-supply-chain/quota");
  EXPECT_THAT(quota.reason_zh(), HasSubstr("占用“智能制造示范工厂”的名额"));
}

TEST(QuotaForTest, RefusesWhatTakesNoPart) {
  const auto programme = Notice(kNotice2023);

  EXPECT_THAT(QuotaFor(*programme, UnitOf("610100", "city"), kFactory),
              IsRefusal(absl::StatusCode::kNotFound, "NO_QUOTA"));
  EXPECT_THAT(QuotaFor(*Notice(kShaanxi2024), UnitOf("610100", "city"), "leading"),
              IsRefusal(absl::StatusCode::kNotFound, "TRACK_NOT_FOUND"));
  EXPECT_THAT(QuotaFor(*programme, UnitOf("320000", "province"), "no-such-track"),
              IsRefusal(absl::StatusCode::kNotFound, "TRACK_NOT_FOUND"));
}

}  // namespace
}  // namespace jiebang::quota
