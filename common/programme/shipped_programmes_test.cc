// The programme files that we ship say what their notices say. Each row of a table quotes the clause that it holds the
// file to.
#include <algorithm>
#include <map>
#include <ostream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "common/programme/loader.h"
#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace jiebang::programme {
namespace {

using testing::ElementsAre;
using testing::ElementsAreArray;
using testing::IsEmpty;
using testing::IsNull;
using testing::NotNull;
using testing::SizeIs;

constexpr char k2021[] = "action-plan-2021";
constexpr char k2023[] = "pilot-demonstration-2023";
constexpr char k2024[] = "smart-factory-2024-shaanxi";

const Programmes& Shipped() {
  static const auto* const kProgrammes = [] {
    auto programmes = LoadProgrammes(JIEBANG_PROGRAMMES_DIRECTORY);
    EXPECT_THAT(programmes, IsOk());
    return programmes.ok() ? new Programmes(*std::move(programmes)) : new Programmes();
  }();
  return *kProgrammes;
}

// Lives as long as the test binary.
const Programme& The(const std::string& id) {
  const auto programme = Shipped().Find(id);
  if (programme == nullptr) throw std::runtime_error("the programme files do not load");
  return *programme;
}

std::vector<std::string> ZhNames(const google::protobuf::RepeatedPtrField<v1::Link>& links) {
  std::vector<std::string> names;
  for (const auto& link : links) names.push_back(link.name().zh());
  return names;
}

int ScenarioCount(const v1::Catalogue& catalogue) {
  int count = 0;
  for (const auto& link : catalogue.links()) count += link.scenarios_size();
  return count;
}

TEST(ShippedProgrammesTest, AllLoad) { EXPECT_THAT(Shipped().ids(), ElementsAre(k2021, k2023, k2024)); }

// --- Quotas ----------------------------------------------------------------------------------------------------------

struct QuotaRow {
  const char* quote;
  const char* programme;
  const char* track;
  UnitFacts unit;
  int limit;
};
void PrintTo(const QuotaRow& row, std::ostream* out) { *out << row.quote << " " << row.track << " " << row.unit.id; }

UnitFacts Province(int64_t projects) {
  return {.id = "320000", .category = "province", .attributes = {{"cumulative_provincial_projects", projects}}};
}
UnitFacts City(std::string id) { return {.id = std::move(id), .category = "city"}; }

class QuotaTest : public testing::TestWithParam<QuotaRow> {};

TEST_P(QuotaTest, IsTheNotices) {
  const QuotaRow& row = GetParam();
  const v1::QuotaRule* rule = The(row.programme).QuotaFor(row.track, row.unit);
  ASSERT_THAT(rule, NotNull());
  EXPECT_EQ(rule->limit(), row.limit);
  EXPECT_THAT(rule->clause().quote_zh(), testing::HasSubstr(row.quote));
}

constexpr char kProvince[] = "各省（区、市）可推荐的优秀场景、示范工厂项目申报数量为30个、15个";
constexpr char kOver300[] = "累计数量超过300个的省（区、市），可推荐的优秀场景、示范工厂项目申报数量为40个、20个";
constexpr char kOthers[] = "计划单列市、新疆生产建设兵团、中央企业集团推荐的优秀场景、示范工厂项目申报数量为10个、5个";

INSTANTIATE_TEST_SUITE_P(
    Notice2023, QuotaTest,
    testing::Values(QuotaRow{kProvince, k2023, "excellent-scenario", Province(0), 30},
                    QuotaRow{kProvince, k2023, "demonstration-factory", Province(0), 15},
                    QuotaRow{kProvince, k2023, "smart-supply-chain", Province(0), 15},
                    QuotaRow{kProvince, k2023, "excellent-scenario", Province(300), 30},  // 超过: not at 300
                    QuotaRow{kProvince, k2023, "demonstration-factory", Province(300), 15},
                    QuotaRow{kOver300, k2023, "excellent-scenario", Province(301), 40},
                    QuotaRow{kOver300, k2023, "demonstration-factory", Province(301), 20},
                    QuotaRow{kOver300, k2023, "smart-supply-chain", Province(301), 20},
                    QuotaRow{kOthers, k2023, "excellent-scenario", {"210200", "separate-plan-city"}, 10},
                    QuotaRow{kOthers, k2023, "demonstration-factory", {"210200", "separate-plan-city"}, 5},
                    QuotaRow{kOthers, k2023, "excellent-scenario", {"660000", "corps"}, 10},
                    QuotaRow{kOthers, k2023, "demonstration-factory", {"660000", "corps"}, 5},
                    QuotaRow{kOthers, k2023, "excellent-scenario", {"cg-sinopec", "central-group"}, 10},
                    QuotaRow{kOthers, k2023, "demonstration-factory", {"cg-sinopec", "central-group"}, 5},
                    // The number of provincial projects raises a province's quota, nobody else's.
                    QuotaRow{kOthers,
                             k2023,
                             "demonstration-factory",
                             {"440300", "separate-plan-city", {{"cumulative_provincial_projects", 999}}},
                             5}));

INSTANTIATE_TEST_SUITE_P(Shaanxi2024, QuotaTest,
                         testing::Values(QuotaRow{"西安不超过15个", k2024, "excellent", City("610100"), 15},
                                         QuotaRow{"宝鸡不超过8个", k2024, "excellent", City("610300"), 8},
                                         QuotaRow{"咸阳不超过5个", k2024, "excellent", City("610400"), 5},
                                         QuotaRow{"其他市区不超过3个", k2024, "excellent", City("610200"), 3},
                                         QuotaRow{"其他市区不超过3个", k2024, "excellent", City("610403"), 3},
                                         QuotaRow{"其他市区不超过3个", k2024, "excellent", City("611000"), 3}));

TEST(ShippedProgrammesTest, ShaanxiRecommendsAtMost52InAll) {
  int sum = 0;
  for (const auto& unit : The(k2024).proto().units()) {
    sum += The(k2024).QuotaFor("excellent", {.id = unit.id(), .category = unit.category()})->limit();
  }
  EXPECT_EQ(sum, 15 + 8 + 5 + 8 * 3);
}

// --- Deadlines -------------------------------------------------------------------------------------------------------

struct DeadlineRow {
  const char* quote;
  const char* programme;
  const char* track;
  v1::Act act;
  absl::CivilSecond last_second;  // in Shanghai; the next one is too late
};
void PrintTo(const DeadlineRow& row, std::ostream* out) { *out << row.quote << " " << row.track; }

class DeadlineTest : public testing::TestWithParam<DeadlineRow> {};

TEST_P(DeadlineTest, IsTheNoticesToTheSecond) {
  const DeadlineRow& row = GetParam();
  const absl::Time last_second = absl::FromCivil(row.last_second, absl::FixedTimeZone(8 * 60 * 60));
  const absl::Time end = The(row.programme).LastMoment(row.track, row.act);
  EXPECT_LT(last_second, end);
  EXPECT_EQ(last_second + absl::Seconds(1), end);
}

const absl::CivilSecond kAugust(2023, 8, 31, 23, 59, 59);
const absl::CivilSecond kSeptember(2023, 9, 15, 23, 59, 59);
const absl::CivilSecond kNovember(2024, 11, 22, 23, 59, 59);

INSTANTIATE_TEST_SUITE_P(
    Notices, DeadlineTest,
    testing::Values(
        DeadlineRow{"2023年8月31日前完成线上申报", k2023, "excellent-scenario", v1::ACT_FILE, kAugust},
        DeadlineRow{"2023年8月31日前完成线上申报", k2023, "demonstration-factory", v1::ACT_FILE, kAugust},
        DeadlineRow{"2023年8月31日前完成线上申报", k2023, "smart-supply-chain", v1::ACT_FILE, kAugust},
        DeadlineRow{"2023年9月15日前完成线上审核", k2023, "excellent-scenario", v1::ACT_AUDIT, kSeptember},
        DeadlineRow{"2023年9月15日前…填写推荐汇总表", k2023, "demonstration-factory", v1::ACT_RECOMMEND, kSeptember},
        DeadlineRow{"各1份，分别报送", k2023, "demonstration-factory", v1::ACT_DELIVER_PAPER, kSeptember},
        DeadlineRow{"2024年11月22日前完成线上申报", k2024, "excellent", v1::ACT_FILE, kNovember},
        DeadlineRow{"2024年11月22日前…填写《推荐汇总表》", k2024, "excellent", v1::ACT_RECOMMEND, kNovember}));

// --- Rules -----------------------------------------------------------------------------------------------------------

struct RuleRow {
  const char* quote;
  const char* programme;
  const char* track;
  const char* rule;
  v1::Strength strength;
  const char* section;
};
void PrintTo(const RuleRow& row, std::ostream* out) { *out << row.rule << ": " << row.quote; }

class RuleTest : public testing::TestWithParam<RuleRow> {
 protected:
  const v1::Rule* Find() const {
    for (const auto* rule : The(GetParam().programme).RulesFor(GetParam().track)) {
      if (rule->id() == GetParam().rule) return rule;
    }
    return nullptr;
  }
};

TEST_P(RuleTest, HoldsForTheTrackAndCitesItsClause) {
  const v1::Rule* rule = Find();
  ASSERT_THAT(rule, NotNull());
  EXPECT_EQ(rule->strength(), GetParam().strength);
  EXPECT_EQ(rule->clause().section(), GetParam().section);
  EXPECT_THAT(rule->clause().quote_zh(), testing::HasSubstr(GetParam().quote));
}

INSTANTIATE_TEST_SUITE_P(
    Notice2023, RuleTest,
    testing::Values(
        RuleRow{"在中华人民共和国境内注册", k2023, "excellent-scenario", "registered-in-china", v1::STRENGTH_ERROR,
                "二（一）"},
        RuleRow{"允许法人的分支机构申报", k2023, "demonstration-factory", "legal-person", v1::STRENGTH_ERROR,
                "二（一）"},
        RuleRow{"近三年经济效益较好且信用记录良好", k2023, "excellent-scenario", "business-results",
                v1::STRENGTH_DECLARATION, "二（一）"},
        RuleRow{"不再重复申报", k2023, "demonstration-factory", "no-second-factory-task", v1::STRENGTH_ERROR,
                "二（一）"},
        RuleRow{"不再重复申报", k2023, "smart-supply-chain", "no-second-factory-task", v1::STRENGTH_ERROR, "二（一）"},
        RuleRow{"不再重复申报", k2023, "excellent-scenario", "scenario-by-task-holder", v1::STRENGTH_WARNING,
                "二（一）"},
        RuleRow{"工业软件安全可控", k2023, "excellent-scenario", "controllable-technology", v1::STRENGTH_DECLARATION,
                "二（二）"},
        RuleRow{"无知识产权纠纷", k2023, "demonstration-factory", "no-ip-dispute", v1::STRENGTH_DECLARATION,
                "二（二）"},
        RuleRow{"二级及以上或满足相关行业智能制造指导性文件要求", k2023, "demonstration-factory", "maturity-level-2",
                v1::STRENGTH_ERROR, "二（三）"},
        RuleRow{"主动配合开展现场评估", k2023, "demonstration-factory", "cooperation", v1::STRENGTH_DECLARATION,
                "二（四）"},
        RuleRow{"3000字以内，可配图说明", k2023, "excellent-scenario", "scenario-instances", v1::STRENGTH_ERROR,
                "二（五）"},
        RuleRow{"不涉及国家秘密、商业秘密", k2023, "excellent-scenario", "no-secrets", v1::STRENGTH_DECLARATION,
                "二（五）"},
        RuleRow{"重大、特大安全生产事故", k2023, "excellent-scenario", "no-major-accident", v1::STRENGTH_ERROR,
                "二（六）"},
        RuleRow{"无违法违规行为", k2023, "excellent-scenario", "no-breach-of-law", v1::STRENGTH_DECLARATION,
                "二（六）"},
        RuleRow{"对内容真实性负责", k2023, "excellent-scenario", "truthful", v1::STRENGTH_DECLARATION, "三（一）"},
        RuleRow{"至少覆盖8个环节", k2023, "demonstration-factory", "eight-links", v1::STRENGTH_ERROR, "附件2"},
        RuleRow{"至少覆盖8个环节", k2023, "smart-supply-chain", "eight-links", v1::STRENGTH_ERROR, "附件2"},
        RuleRow{"再至少覆盖供应链相关的1个环节", k2023, "smart-supply-chain", "supply-chain-link", v1::STRENGTH_ERROR,
                "附件2"}));

INSTANTIATE_TEST_SUITE_P(
    Shaanxi2024, RuleTest,
    testing::Values(
        RuleRow{"2021-2023年国家智能制造示范工厂揭榜单位", k2024, "excellent", "prior-title", v1::STRENGTH_ERROR,
                "一（一）"},
        RuleRow{"在我省境内注册", k2024, "excellent", "registered-in-shaanxi", v1::STRENGTH_ERROR, "一（二）"},
        RuleRow{"原则上应已获评先进级", k2024, "excellent", "advanced-first", v1::STRENGTH_WARNING, "一（三）"},
        RuleRow{"规模以上工业企业", k2024, "basic", "above-designated-size", v1::STRENGTH_DECLARATION, "附件3 一、1"},
        RuleRow{"较大及以上安全、环保等事故", k2024, "excellent", "no-larger-accident", v1::STRENGTH_ERROR,
                "附件3 一、2"},
        RuleRow{"安全可控", k2024, "leading", "controllable-technology", v1::STRENGTH_DECLARATION, "附件3 一、3"},
        RuleRow{"组织机制", k2024, "advanced", "organisation-and-talent", v1::STRENGTH_DECLARATION, "附件3 一、4"},
        RuleRow{"至少覆盖生产作业", k2024, "basic", "covers-production", v1::STRENGTH_ERROR, "附件3 二（一）"},
        RuleRow{"生产作业、生产管理、运营管理三个环节", k2024, "advanced", "covers-three-areas", v1::STRENGTH_ERROR,
                "附件3 三（一）"},
        RuleRow{"原则上应覆盖全部五个环节", k2024, "excellent", "covers-five-areas-in-principle", v1::STRENGTH_WARNING,
                "附件3 四（一）"},
        RuleRow{"须覆盖全部五个环节", k2024, "leading", "covers-five-areas", v1::STRENGTH_ERROR, "附件3 五（一）"}));

// Level asked of a track, 0 for none.
int LevelOf(const char* programme, const char* track) {
  int level = 0;
  for (const auto* rule : The(programme).RulesFor(track)) level = std::max(level, rule->maturity().least_level());
  return level;
}

TEST(ShippedProgrammesTest, MaturityLevelsAreTheNotices) {
  EXPECT_EQ(LevelOf(k2023, "excellent-scenario"), 0);
  EXPECT_EQ(LevelOf(k2023, "demonstration-factory"), 2);  // 二（三）
  EXPECT_EQ(LevelOf(k2023, "smart-supply-chain"), 2);
  EXPECT_EQ(LevelOf(k2024, "basic"), 2);  // 附件3 一、5
  EXPECT_EQ(LevelOf(k2024, "advanced"), 2);
  EXPECT_EQ(LevelOf(k2024, "excellent"), 3);
  EXPECT_EQ(LevelOf(k2024, "leading"), 4);
  EXPECT_EQ(The(k2023).FindRule("maturity-level-2")->maturity().alternatives(0).id(), "industry-guidance");
  EXPECT_THAT(The(k2024).FindRule("maturity-level-3")->maturity().alternatives(), IsEmpty());
}

TEST(ShippedProgrammesTest, TheNumbersOfTheConditionsAreTheNotices) {
  const v1::NoIncident& in_2023 = The(k2023).FindRule("no-major-accident")->no_incident();
  EXPECT_EQ(in_2023.least_severity(), v1::INCIDENT_SEVERITY_MAJOR);  // 重大、特大
  EXPECT_EQ(in_2023.years_back(), 3);                                // 近三年
  const v1::NoIncident& in_2024 = The(k2024).FindRule("no-larger-accident")->no_incident();
  EXPECT_EQ(in_2024.least_severity(), v1::INCIDENT_SEVERITY_LARGER);  // 较大及以上
  EXPECT_EQ(The(k2023).FindRule("scenario-instances")->scenario_instances().max_characters(), 3000);
  EXPECT_EQ(The(k2023).FindRule("eight-links")->coverage().least_links(), 8);
  const v1::LinkSetMinimum& chain = The(k2023).FindRule("supply-chain-link")->coverage().link_set_minimums(0);
  EXPECT_EQ(chain.least(), 1);
  std::vector<int> numbers;
  for (const auto& link : The(k2023).FindLinkSet(chain.link_set())->links()) {
    numbers.push_back(The(k2023).FindLink(link)->number());
  }
  EXPECT_THAT(numbers, ElementsAre(14, 15, 16));
}

TEST(ShippedProgrammesTest, BranchesApplyInPetrochemicalsAndNonFerrousMetals) {
  for (const char* id : {k2023, k2024}) {
    const v1::LegalForm& form = The(id).FindRule("legal-person")->legal_form();
    EXPECT_THAT(form.branch_sub_sectors(), ElementsAre("petrochemical", "non-ferrous")) << id;
    EXPECT_EQ(The(id).SubSectorOf("2511")->id(), "petrochemical") << id;
    EXPECT_EQ(The(id).SubSectorOf("3216")->id(), "non-ferrous") << id;
  }
}

TEST(ShippedProgrammesTest, PriorTitlesOfShaanxiSpanTheYearsOfTheNotice) {
  const v1::TitleCondition& titles = The(k2024).FindRule("prior-title")->holds_title();
  ASSERT_THAT(titles.any_of(), SizeIs(3));
  std::map<std::string, std::pair<int, int>> years;
  for (const auto& one : titles.any_of()) years[one.title()] = {one.first_year(), one.last_year()};
  EXPECT_EQ(years["demonstration-factory-task"], std::pair(2021, 2023));
  EXPECT_EQ(years["provincial-demonstration-enterprise"], std::pair(2021, 2024));
  EXPECT_EQ(years["provincial-smart-factory"], std::pair(2021, 2024));
}

// --- Catalogues, industries, indicators ------------------------------------------------------------------------------

// 附件1: "凝练总结了3个方面16个环节的45个智能制造典型场景".
TEST(ShippedProgrammesTest, TheCatalogueOf2023HasThreeAspectsSixteenLinksAndFortyFiveScenarios) {
  const v1::Catalogue& catalogue = The(k2023).proto().catalogue();
  EXPECT_THAT(catalogue.aspects(), SizeIs(3));
  EXPECT_THAT(catalogue.links(), SizeIs(16));
  EXPECT_EQ(ScenarioCount(catalogue), 45);
  EXPECT_EQ(The(k2023).FindScenario("networked-manufacturing")->name().zh(), "网络协同制造");
  EXPECT_EQ(The(k2023).FindScenario("networked-manufacturing")->number(), 28);
  EXPECT_EQ(The(k2023).LinkOfScenario("networked-manufacturing")->name().zh(), "生产作业");
}

// 附件2: "凝练总结了15个环节的40个智能制造典型场景".
TEST(ShippedProgrammesTest, TheCatalogueOf2024HasFifteenLinksAndFortyScenarios) {
  const v1::Catalogue& catalogue = The(k2024).proto().catalogue();
  EXPECT_THAT(catalogue.links(), SizeIs(15));
  EXPECT_EQ(ScenarioCount(catalogue), 40);
  EXPECT_THAT(ZhNames(catalogue.links()),
              ElementsAreArray({"工厂建设", "产品设计", "工艺设计", "计划调度", "生产作业", "质量管控", "设备管理",
                                "仓储物流", "安全管控", "能碳管理", "环保管理", "营销与售后", "供应链管理",
                                "信息基础设施", "多环节模式创新"}));
}

// 附件3 notes [1] to [5].
TEST(ShippedProgrammesTest, FourteenLinksOf2024AreInFiveAreasAndTheFifteenthInNone) {
  std::map<std::string, std::vector<int>> links_of_area;
  for (const auto& link : The(k2024).proto().catalogue().links()) {
    const v1::LinkSet* area = The(k2024).AreaOfLink(link.id());
    links_of_area[area == nullptr ? "" : area->name().zh()].push_back(link.number());
  }
  EXPECT_THAT(links_of_area, SizeIs(6));
  EXPECT_THAT(links_of_area["工厂建设"], ElementsAre(1, 14));
  EXPECT_THAT(links_of_area["研发设计"], ElementsAre(2, 3));
  EXPECT_THAT(links_of_area["生产作业"], ElementsAre(5, 6, 7));
  EXPECT_THAT(links_of_area["生产管理"], ElementsAre(4, 8, 9, 10, 11));
  EXPECT_THAT(links_of_area["运营管理"], ElementsAre(12, 13));
  EXPECT_THAT(links_of_area[""], ElementsAre(15));
}

// 附件2: "面向原材料、装备、消费品、电子信息四大类行业".
TEST(ShippedProgrammesTest, IndustriesOf2023AreFourFamilies) {
  EXPECT_THAT(The(k2023).proto().industry_families(), SizeIs(4));
  EXPECT_EQ(The(k2023).SubSectorOf("2671")->name().zh(), "民爆");
  EXPECT_EQ(The(k2023).FamilyOf("3851")->name().zh(), "消费品行业");  // 家电, although 38 is equipment
  EXPECT_EQ(The(k2023).FamilyOf("3811")->name().zh(), "装备制造业");
  EXPECT_EQ(The(k2023).SubSectorOf("3731")->name().zh(), "船舶");
  EXPECT_EQ(The(k2023).FamilyOf("3911")->name().zh(), "电子信息行业");
  EXPECT_THAT(The(k2023).FamilyOf("4210"), IsNull());  // recycling is named nowhere
}

// 附件3 附1: twenty indicators in five groups.
TEST(ShippedProgrammesTest, IndicatorsOf2024AreTwentyInFiveGroups) {
  const v1::IndicatorList* list = The(k2024).FindIndicatorList("kpi-2024");
  ASSERT_THAT(list, NotNull());
  std::vector<int> sizes;
  std::map<std::string, int> units;
  for (const auto& group : list->groups()) {
    sizes.push_back(group.indicators_size());
    for (const auto& indicator : group.indicators()) ++units[indicator.unit()];
  }
  EXPECT_THAT(sizes, ElementsAre(4, 2, 9, 4, 1));
  EXPECT_THAT(units, ElementsAre(std::pair("%", 18), std::pair("个", 1), std::pair("家", 1)));
}

// --- Routes, lists, titles, stages -----------------------------------------------------------------------------------

TEST(ShippedProgrammesTest, CentralEnterprisesOf2023GoThroughTheirGroupAndOthersThroughTheirPlace) {
  EXPECT_EQ(The(k2023).RouteFor("demonstration-factory", true)->by_group().unit_category(), "central-group");
  EXPECT_THAT(The(k2023).RouteFor("demonstration-factory", false)->by_place().unit_categories(),
              ElementsAre("province", "separate-plan-city", "corps"));
}

TEST(ShippedProgrammesTest, ShaanxiOpensTheExcellentTierOnly) {
  EXPECT_TRUE(The(k2024).TakesApplications("excellent"));
  for (const char* tier : {"basic", "advanced", "leading"}) EXPECT_FALSE(The(k2024).TakesApplications(tier)) << tier;
}

// 附件4: four parts.
TEST(ShippedProgrammesTest, TheFormOf2024HasFourParts) {
  EXPECT_THAT(The(k2024).proto().form_sections(), SizeIs(4));
  EXPECT_EQ(The(k2024).FindRule("form-complete")->section_text().fields_size(), 13);
}

// 附件5.
TEST(ShippedProgrammesTest, TheSummaryTableOf2024HasTheColumnsOfTheNotice) {
  std::vector<std::string> headings;
  for (const auto& column : The(k2024).LayoutFor("excellent", v1::LIST_KIND_RECOMMENDATION)->columns()) {
    headings.push_back(column.heading().zh());
  }
  EXPECT_THAT(headings, ElementsAre("序号", "申报单位名称", "卓越级智能工厂项目名称", "涉及典型场景实例（罗列）",
                                    "联系人", "联系方式（手机号）"));
}

// 四（三） and 四（六）: "建设期为２年", "有效期为3年", "复评不通过的取消试点示范称号".
TEST(ShippedProgrammesTest, AFactoryBuildsForTwoYearsAndIsOneForThree) {
  for (const char* id : {k2021, k2023}) {
    EXPECT_EQ(The(id).FindTitle("demonstration-factory-task")->years_to_build(), 2) << id;
    const v1::Title* factory = The(id).FindTitle("demonstration-factory");
    EXPECT_EQ(factory->years_valid(), 3) << id;
    EXPECT_EQ(factory->follows(), "demonstration-factory-task") << id;
    EXPECT_TRUE(factory->re_evaluation().revoked_if_failed()) << id;
    EXPECT_EQ(factory->revocation_grounds(0).id(), "failed-re-evaluation") << id;
  }
  EXPECT_EQ(The(k2021).FindTitle("pilot-zone")->years_valid(), 3);
}

// 四（四）: "采取"一事一议"的方式".
TEST(ShippedProgrammesTest, APilotZoneIsArguedCaseByCase) {
  const auto stages = The(k2021).StagesFor("pilot-zone");
  ASSERT_FALSE(stages.empty());
  EXPECT_EQ(stages[0]->kind(), v1::STAGE_KIND_CASE_BY_CASE);
  EXPECT_EQ(The(k2021).FindTrack("pilot-zone")->applicant_kind(), v1::APPLICANT_KIND_REGION);
}

TEST(ShippedProgrammesTest, NobodyFilesUnderThePlanOf2021) {
  for (const auto& track : The(k2021).proto().tracks()) EXPECT_FALSE(The(k2021).TakesApplications(track.id()));
  EXPECT_EQ(The(k2023).proto().under(), k2021);
}

TEST(ShippedProgrammesTest, WhatNoNoticeSaysIsMarkedAsOurs) {
  for (const char* id : {k2023, k2024}) {
    for (const auto& rubric : The(id).proto().rubrics()) EXPECT_TRUE(rubric.clause().ours()) << rubric.id();
    for (const auto& publicity : The(id).proto().publicities()) EXPECT_TRUE(publicity.clause().ours()) << id;
    for (const auto& stage : The(id).proto().stages()) {
      EXPECT_TRUE(!stage.has_panel() || stage.panel().clause().ours()) << stage.id();
    }
    EXPECT_TRUE(The(id).FindRule("one-application-per-track")->clause().ours()) << id;
  }
}

}  // namespace
}  // namespace jiebang::programme
