// Each kind of rule, with the clause of the notice that asks for it.
#include "services/application/domain/violations.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/programme/calendar.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/application/testing/samples.h"

namespace jiebang::application {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

const absl::Time kFilingDay = absl::FromCivil(absl::CivilMinute(2023, 8, 31, 12, 0), programme::Shanghai());

class ViolationsTest : public testing::Test {
 protected:
  std::vector<v1::Violation> Broken(const std::string& rule) { return BrokenOf({rule}); }
  std::vector<v1::Violation> BrokenOf(const std::vector<std::string>& rules) {
    return Violations(application_, facts_, programme::Programme(TestProgrammeWithRules(rules)), now_);
  }
  // Of the test's programme as a whole.
  std::vector<v1::Violation> Broken() {
    return Violations(application_, facts_, programme::Programme(TestProgramme()), now_);
  }
  bool Breaks(const std::string& rule) { return !Broken(rule).empty(); }

  // What the form alone has nothing against, whatever the rule.
  void ClearDeclarations() { application_.clear_declarations(); }

  ViolationsTest() { ClearDeclarations(); }

  void AddIncident(v1::Incident::Kind kind, v1::Incident::Severity severity, absl::CivilDay day) {
    v1::Incident* incident = application_.add_incidents();
    incident->set_kind(kind);
    incident->set_severity(severity);
    incident->mutable_date()->set_year(static_cast<int>(day.year()));
    incident->mutable_date()->set_month(day.month());
    incident->mutable_date()->set_day(day.day());
  }

  void SetScenarios(const std::vector<std::string>& scenarios) {
    application_.clear_scenario_instances();
    for (const std::string& scenario : scenarios) {
      v1::ScenarioInstance* instance = application_.add_scenario_instances();
      instance->set_scenario(scenario);
      instance->set_title("实例");
    }
  }
  void AddOwn(const std::string& link, const std::string& scenario) {
    v1::ScenarioInstance* instance = application_.add_scenario_instances();
    instance->set_own_link(link);
    instance->set_own_scenario(scenario);
    instance->set_title("实例");
  }

  v1::Application application_ = TestApplication();
  Facts facts_ = TestFacts();
  absl::Time now_ = kFilingDay;
};

TEST_F(ViolationsTest, NoneWhereEveryRuleIsMet) {
  application_ = TestApplication();
  EXPECT_THAT(Broken(), IsEmpty());
}

TEST_F(ViolationsTest, NameRuleFieldClauseAndBothTexts) {
  application_ = TestApplication();
  application_.mutable_sections(0)->set_text("一二三四五六七八九十一");

  const auto broken = Broken();

  ASSERT_THAT(broken, SizeIs(1));
  EXPECT_EQ(broken[0].rule(), "summary-text");
  EXPECT_EQ(broken[0].field(), "sections[0].text");
  EXPECT_EQ(broken[0].clause(), "工信厅联通装函〔2023〕212号 二");
  EXPECT_EQ(broken[0].text_zh(), "“项目概述”11字，超过10字");
  EXPECT_EQ(broken[0].text_en(), "\"Summary\" has 11 characters; at most 10.");
  EXPECT_EQ(broken[0].strength(), v1::Violation::STRENGTH_ERROR);
}

// 二（一）：具有独立法人资格（石油石化、有色金属等有行业特殊情况的，允许法人的分支机构申报）
TEST_F(ViolationsTest, BranchesApplyOnlyInTheIndustriesThatHaveThem) {
  constexpr char kRule[] = R"(id: "r" strength: STRENGTH_ERROR
                              legal_form { branch_sub_sectors: "petrochemical" branch_codes: "32" })";
  struct {
    v1::Applicant::LegalForm form;
    std::string industry;
    bool is_broken;
  } const cases[] = {
      {v1::Applicant::LEGAL_FORM_LEGAL_PERSON, "3831", false}, {v1::Applicant::LEGAL_FORM_BRANCH, "3831", true},
      {v1::Applicant::LEGAL_FORM_BRANCH, "2511", false},  // petrochemical
      {v1::Applicant::LEGAL_FORM_BRANCH, "2671", true},   // of 26, but the longer code is another sub-sector
      {v1::Applicant::LEGAL_FORM_BRANCH, "3211", false},  // by its code
      {v1::Applicant::LEGAL_FORM_UNSPECIFIED, "2511", true},
  };
  for (const auto& one : cases) {
    facts_.applicant.set_legal_form(one.form);
    facts_.applicant.set_industry_code(one.industry);
    EXPECT_EQ(Breaks(kRule), one.is_broken) << one.industry << " " << one.form;
  }
}

// 二（一）：在中华人民共和国境内注册; 陕工信发〔2024〕262号 一（二）：在我省境内注册
TEST_F(ViolationsTest, PlaceHoldsWhatLiesBelowIt) {
  EXPECT_FALSE(Breaks(R"(id: "r" strength: STRENGTH_ERROR place {})"));
  EXPECT_FALSE(Breaks(R"(id: "r" strength: STRENGTH_ERROR place { places: "610000" places: "320000" })"));
  EXPECT_TRUE(Breaks(R"(id: "r" strength: STRENGTH_ERROR place { places: "610000" })"));
}

TEST_F(ViolationsTest, IndustryIsOfAFamilyASubSectorOrBelowACode) {
  EXPECT_FALSE(Breaks(R"(id: "r" strength: STRENGTH_ERROR industry { families: "equipment" })"));
  EXPECT_FALSE(Breaks(R"(id: "r" strength: STRENGTH_ERROR industry { sub_sectors: "electrical" })"));
  EXPECT_FALSE(Breaks(R"(id: "r" strength: STRENGTH_ERROR industry { codes: "383" })"));
  EXPECT_TRUE(Breaks(R"(id: "r" strength: STRENGTH_ERROR industry { families: "raw-materials" codes: "39" })"));
}

// 二（一）：已经承担智能制造示范工厂揭榜任务的主体不再重复申报
TEST_F(ViolationsTest, HolderOfATitleMayNotApplyAgain) {
  constexpr char kRule[] = R"(id: "r" strength: STRENGTH_ERROR holds_no_title { any_of { title: "factory-task" } })";
  EXPECT_FALSE(Breaks(kRule));
  facts_.honours = {{.title = "excellent-scenario", .year = 2022}};
  EXPECT_FALSE(Breaks(kRule));
  facts_.honours.push_back({.title = "factory-task", .year = 2022});
  EXPECT_THAT(Broken(kRule)[0].text_zh(), HasSubstr("2022年度列入“示范工厂揭榜任务”"));
  facts_.honours[1].valid_until = now_;
  EXPECT_FALSE(Breaks(kRule)) << "expired";
  facts_.honours[1].valid_until = now_ + absl::Seconds(1);
  EXPECT_TRUE(Breaks(kRule));
  facts_.honours[1].state = programme::v1::HONOUR_STATE_REVOKED;
  EXPECT_FALSE(Breaks(kRule));
}

// 陕工信发〔2024〕262号 一（一）：入选2021-2023年国家智能制造示范工厂揭榜单位或获评2021-2024年省级……
TEST_F(ViolationsTest, TitleCountsInItsYears) {
  constexpr char kRule[] = R"(id: "r" strength: STRENGTH_ERROR holds_title {
    any_of { title: "factory-task" first_year: 2021 last_year: 2023 } any_of { title: "provincial" first_year: 2021 } })";
  EXPECT_THAT(Broken(kRule)[0].text_zh(), HasSubstr("示范工厂揭榜任务 (2021–2023)、provincial (2021–)"));
  for (const auto& [year, is_broken] : {std::pair(2020, true), {2021, false}, {2023, false}, {2024, true}}) {
    facts_.honours = {{.title = "factory-task", .year = year}};
    EXPECT_EQ(Breaks(kRule), is_broken) << year;
  }
  facts_.honours = {{.title = "provincial", .year = 2024}};
  EXPECT_FALSE(Breaks(kRule));
}

TEST_F(ViolationsTest, TitleCountsInTheStatesThatAreNamed) {
  constexpr char kRule[] = R"(id: "r" strength: STRENGTH_ERROR
    holds_title { any_of { title: "factory-task" states: HONOUR_STATE_EXPIRED } })";
  facts_.honours = {{.title = "factory-task", .year = 2021}};
  EXPECT_TRUE(Breaks(kRule));
  facts_.honours[0].valid_until = now_ - absl::Hours(1);
  EXPECT_FALSE(Breaks(kRule));
}

// 二（六）：申报主体近三年未发生重大、特大安全生产事故，重大、特大环境事故
TEST_F(ViolationsTest, IncidentCountsByKindSeverityAndAge) {
  constexpr char kRule[] = R"(id: "r" strength: STRENGTH_ERROR no_incident {
    kinds: INCIDENT_KIND_SAFETY least_severity: INCIDENT_SEVERITY_MAJOR years_back: 3 })";
  const absl::CivilDay last_month(2023, 7, 31);
  struct {
    v1::Incident::Kind kind;
    v1::Incident::Severity severity;
    absl::CivilDay day;
    bool is_broken;
  } const cases[] = {
      {v1::Incident::KIND_SAFETY, v1::Incident::SEVERITY_MAJOR, last_month, true},
      {v1::Incident::KIND_SAFETY, v1::Incident::SEVERITY_ESPECIALLY_MAJOR, last_month, true},
      {v1::Incident::KIND_SAFETY, v1::Incident::SEVERITY_LARGER, last_month, false},
      {v1::Incident::KIND_ENVIRONMENT, v1::Incident::SEVERITY_MAJOR, last_month, false},
      {v1::Incident::KIND_SAFETY, v1::Incident::SEVERITY_MAJOR, absl::CivilDay(2020, 8, 31), true},
      {v1::Incident::KIND_SAFETY, v1::Incident::SEVERITY_MAJOR, absl::CivilDay(2020, 8, 30), false},
      {v1::Incident::KIND_SAFETY, v1::Incident::SEVERITY_MAJOR, absl::CivilDay(2024, 1, 1), true},
  };
  for (const auto& one : cases) {
    application_.clear_incidents();
    AddIncident(one.kind, one.severity, one.day);
    EXPECT_EQ(Breaks(kRule), one.is_broken) << one.kind << " " << one.severity << " " << one.day;
  }
}

// 2024年的门槛是“较大及以上”
TEST_F(ViolationsTest, LaterNoticeMayCountLesserIncidents) {
  AddIncident(v1::Incident::KIND_SAFETY, v1::Incident::SEVERITY_LARGER, absl::CivilDay(2023, 1, 1));
  EXPECT_TRUE(Breaks(R"(id: "r" strength: STRENGTH_ERROR no_incident {
    kinds: INCIDENT_KIND_SAFETY least_severity: INCIDENT_SEVERITY_LARGER years_back: 3 })"));
}

TEST_F(ViolationsTest, IncidentOfALeapDayCountsToTheEndOfItsMonth) {
  constexpr char kRule[] = R"(id: "r" strength: STRENGTH_ERROR no_incident {
    kinds: INCIDENT_KIND_SAFETY least_severity: INCIDENT_SEVERITY_MAJOR years_back: 3 })";
  AddIncident(v1::Incident::KIND_SAFETY, v1::Incident::SEVERITY_MAJOR, absl::CivilDay(2020, 2, 29));
  now_ = absl::FromCivil(absl::CivilDay(2023, 2, 28), programme::Shanghai());
  EXPECT_TRUE(Breaks(kRule));
  now_ = absl::FromCivil(absl::CivilDay(2023, 3, 1), programme::Shanghai());
  EXPECT_FALSE(Breaks(kRule));
}

TEST_F(ViolationsTest, DeclarationIsMadeByANamedPerson) {
  constexpr char kRule[] = R"(id: "r" strength: STRENGTH_DECLARATION declaration {})";
  EXPECT_THAT(Broken(kRule)[0].text_zh(), "缺少承诺：规则r");
  v1::Declaration* declaration = application_.add_declarations();
  declaration->set_rule("r");
  EXPECT_TRUE(Breaks(kRule));
  declaration->set_declared_by("张三");
  EXPECT_FALSE(Breaks(kRule));
}

TEST_F(ViolationsTest, DeclaredRuleOnIncidentsAsksForBoth) {
  constexpr char kRule[] = R"(id: "r" strength: STRENGTH_DECLARATION no_incident {
    kinds: INCIDENT_KIND_SAFETY least_severity: INCIDENT_SEVERITY_MAJOR years_back: 3 })";
  EXPECT_THAT(Broken(kRule), SizeIs(1)) << "not declared";
  v1::Declaration* declaration = application_.add_declarations();
  declaration->set_rule("r");
  declaration->set_declared_by("张三");
  EXPECT_FALSE(Breaks(kRule));
  AddIncident(v1::Incident::KIND_SAFETY, v1::Incident::SEVERITY_MAJOR, absl::CivilDay(2023, 1, 1));
  EXPECT_THAT(Broken(kRule), SizeIs(1)) << "declared, and stated otherwise";
}

// 二（三）：达到GB/T 39116-2020二级及以上或满足相关行业智能制造指导性文件要求
TEST_F(ViolationsTest, MaturityIsHeldOrReplaced) {
  const std::string kRule = R"(id: "r" strength: STRENGTH_ERROR maturity { model: "gbt39116-2020" least_level: 2
    max_age_months: 12 alternatives { id: "guidance" name { zh: "行业指导性文件" en: "guidance" } } })";
  const std::string kWithoutAlternative =
      R"(id: "r" strength: STRENGTH_ERROR maturity { model: "gbt39116-2020" least_level: 2 })";
  facts_.maturity = {{"r", {.is_satisfied = true, .level = 2}}};
  EXPECT_FALSE(Breaks(kRule));
  facts_.maturity = {{"r", {.is_satisfied = false, .level = 1}}};
  EXPECT_EQ(Broken(kRule)[0].text_zh(), "GB/T 39116-2020自评估（12个月以内）为1级，要求2级及以上，或行业指导性文件");
  facts_.maturity.clear();
  EXPECT_TRUE(Breaks(kRule)) << "what was not answered is not held";
  application_.set_industry_guidance_document("《原材料工业智能制造指南》");
  EXPECT_FALSE(Breaks(kRule));
  EXPECT_TRUE(Breaks(kWithoutAlternative));
}

TEST_F(ViolationsTest, OneOfItsKindCountsTheTrackWithThoseThatExtendIt) {
  constexpr char kRule[] =
      R"(id: "r" strength: STRENGTH_ERROR one_of_its_kind { most: 1 counted_in: COUNTED_IN_TRACK })";
  EXPECT_FALSE(Breaks(kRule));
  facts_.others = {{.id = "b", .track = "scenario"}};
  EXPECT_FALSE(Breaks(kRule));
  facts_.others.push_back({.id = "c", .track = "chain"});
  EXPECT_EQ(Broken(kRule)[0].text_zh(), "已提交1项本类别申报（c），最多1项");
  EXPECT_FALSE(Breaks(R"(id: "r" strength: STRENGTH_ERROR one_of_its_kind { most: 2 counted_in: COUNTED_IN_TRACK })"));
  EXPECT_TRUE(
      Breaks(R"(id: "r" strength: STRENGTH_ERROR one_of_its_kind { most: 2 counted_in: COUNTED_IN_PROGRAMME })"));
}

TEST_F(ViolationsTest, RequiredTextHasMoreThanSpaces) {
  constexpr char kRule[] = R"(id: "r" strength: STRENGTH_ERROR section_text { fields: "summary" required: true })";
  EXPECT_FALSE(Breaks(kRule));
  application_.mutable_sections(0)->set_text(" \n\u3000");
  EXPECT_EQ(Broken(kRule)[0].field(), "sections[0].text");
  application_.clear_sections();
  EXPECT_EQ(Broken(kRule)[0].field(), "sections");
}

// 二（五）：每个场景描述控制在3000字以内
TEST_F(ViolationsTest, CharactersAreCodePointsWithoutSpaces) {
  constexpr char kRule[] = R"(id: "r" strength: STRENGTH_ERROR
                              scenario_instances { outside_catalogue_allowed: true max_characters: 3000 })";
  SetScenarios({"digital-design", "scheduling", "flexible-line"});
  v1::ScenarioInstance& third = *application_.mutable_scenario_instances(2);
  for (const std::string character : {"a", "字", "𠮷"}) {
    third.set_description(Times(3000, character));
    EXPECT_FALSE(Breaks(kRule)) << character;
    third.set_description(Times(3000, character + " \u3000\n"));
    EXPECT_FALSE(Breaks(kRule)) << character;
    third.set_description(Times(3001, character));
    EXPECT_TRUE(Breaks(kRule)) << character;
  }
  third.set_description(Times(3214, "字"));
  EXPECT_EQ(Broken(kRule)[0].text_zh(), "第3个场景描述3214字，超过3000字");
  EXPECT_EQ(Broken(kRule)[0].field(), "scenario_instances[2].description");
}

TEST_F(ViolationsTest, InstancesAreAsManyAsAsked) {
  constexpr char kRule[] = R"(id: "r" strength: STRENGTH_ERROR
                              scenario_instances { least: 2 most: 3 outside_catalogue_allowed: true })";
  const std::vector<std::string> four(4, "scheduling");
  for (int count = 0; count <= 4; ++count) {
    SetScenarios({four.begin(), four.begin() + count});
    EXPECT_EQ(Breaks(kRule), count < 2 || count > 3) << count;
  }
}

TEST_F(ViolationsTest, OwnScenariosAreAllowedOrNot) {
  AddOwn("design", "自有场景");
  EXPECT_FALSE(Breaks(R"(id: "r" strength: STRENGTH_ERROR scenario_instances { outside_catalogue_allowed: true })"));
  EXPECT_THAT(Broken(R"(id: "r" strength: STRENGTH_ERROR scenario_instances {})")[0].text_zh(),
              "第3个场景不在典型场景参考指引之内");
}

// 附件2：建设内容至少覆盖8个环节
TEST_F(ViolationsTest, LinksAreCountedOnce) {
  constexpr char kThree[] = R"(id: "r" strength: STRENGTH_ERROR coverage { least_links: 3 })";
  SetScenarios({"digital-design", "virtual-test", "scheduling"});
  EXPECT_EQ(Broken(kThree)[0].text_zh(), "覆盖2个环节，至少需要3个");
  SetScenarios({"digital-design", "scheduling", "flexible-line"});
  EXPECT_FALSE(Breaks(kThree));
  SetScenarios({"digital-design", "scheduling"});
  AddOwn("production", "自有场景");
  EXPECT_FALSE(Breaks(kThree)) << "an own scenario of a link of the catalogue covers it";
}

TEST_F(ViolationsTest, OwnLinksCountWhereTheRuleSaysSo) {
  SetScenarios({"digital-design", "scheduling"});
  AddOwn("own-link", "甲");
  AddOwn("own-link", "乙");
  EXPECT_TRUE(Breaks(R"(id: "r" strength: STRENGTH_ERROR coverage { least_links: 3 })"));
  EXPECT_FALSE(Breaks(R"(id: "r" strength: STRENGTH_ERROR coverage { least_links: 3 own_links_count: true })"));
  EXPECT_TRUE(Breaks(R"(id: "r" strength: STRENGTH_ERROR coverage { least_links: 4 own_links_count: true })"));
}

TEST_F(ViolationsTest, LinksOfASetAndAreasAreCounted) {
  constexpr char kSet[] =
      R"(id: "r" strength: STRENGTH_ERROR coverage { link_set_minimums { link_set: "supply-chain" least: 2 } })";
  constexpr char kAreas[] = R"(id: "r" strength: STRENGTH_ERROR coverage { areas: "making" areas: "managing" })";
  SetScenarios({"digital-design", "scheduling"});
  EXPECT_EQ(Broken(kSet)[0].text_zh(), "在“供应链环节”中覆盖1个环节，至少需要2个");
  EXPECT_EQ(Broken(kAreas)[0].text_zh(), "应覆盖2个领域，尚缺1个：生产作业");
  SetScenarios({"flexible-line", "scheduling", "supply-visible"});
  EXPECT_FALSE(Breaks(kSet));
  EXPECT_FALSE(Breaks(kAreas));
}

TEST_F(ViolationsTest, IndicatorsAreReportedWithWhatIsRequired) {
  constexpr char kRule[] = R"(id: "r" strength: STRENGTH_ERROR indicators {
    list: "kpi" least_reported: 2 baseline_required: true target_required: true })";
  v1::Indicator* rate = application_.add_indicators();
  rate->set_indicator("nc-rate");
  rate->set_value("92.5");
  EXPECT_THAT(Broken(kRule), ElementsAre(testing::Property(&v1::Violation::field, "indicators[0].baseline"),
                                         testing::Property(&v1::Violation::text_zh, "填报1项指标，至少需要2项")));
  rate->set_baseline("60");
  v1::Indicator* output = application_.add_indicators();
  output->set_indicator("output");
  output->set_baseline("-1.5");
  EXPECT_THAT(Broken(kRule), SizeIs(2)) << "no target, and so only one is reported";
  output->set_value("999999999999.999999");
  EXPECT_FALSE(Breaks(kRule));
}

TEST_F(ViolationsTest, ImplausibleIndicatorIsExplained) {
  constexpr char kRule[] = R"(id: "r" strength: STRENGTH_ERROR indicators { list: "kpi" })";
  v1::Indicator* rate = application_.add_indicators();
  rate->set_indicator("nc-rate");
  rate->set_value("100");
  EXPECT_FALSE(Breaks(kRule));
  rate->set_value("100.000001");
  EXPECT_EQ(Broken(kRule)[0].strength(), v1::Violation::STRENGTH_WARNING);
  v1::Explanation* explanation = application_.add_explanations();
  explanation->set_rule("r");
  explanation->set_reason("改造后口径不同");
  EXPECT_FALSE(Breaks(kRule));
}

TEST_F(ViolationsTest, RuleInPrincipleIsMetOrExplained) {
  constexpr char kRule[] = R"(id: "r" strength: STRENGTH_WARNING coverage { least_links: 4 })";
  EXPECT_EQ(Broken(kRule)[0].strength(), v1::Violation::STRENGTH_WARNING);
  v1::Explanation* explanation = application_.add_explanations();
  explanation->set_rule("r");
  explanation->set_reason("离散行业");
  EXPECT_FALSE(Breaks(kRule));
}

TEST_F(ViolationsTest, ExplanationDoesNotHelpAgainstARule) {
  v1::Explanation* explanation = application_.add_explanations();
  explanation->set_rule("r");
  explanation->set_reason("因为");
  EXPECT_TRUE(Breaks(R"(id: "r" strength: STRENGTH_ERROR coverage { least_links: 4 })"));
}

TEST_F(ViolationsTest, ErrorsComeFirstEachInTheOrderOfTheFile) {
  application_.clear_scenario_instances();
  application_.clear_sections();
  const auto broken = BrokenOf({R"(id: "a" strength: STRENGTH_WARNING coverage { least_links: 1 })",
                                R"(id: "b" strength: STRENGTH_ERROR section_text { fields: "summary" required: true })",
                                R"(id: "c" strength: STRENGTH_WARNING coverage { areas: "making" })",
                                R"(id: "d" strength: STRENGTH_ERROR scenario_instances { least: 1 })"});
  std::vector<std::string> order;
  for (const auto& violation : broken) order.push_back(violation.rule());
  EXPECT_THAT(order, ElementsAre("b", "d", "a", "c"));
}

TEST_F(ViolationsTest, RulesOfOtherTracksDoNotHold) {
  const std::string rule = R"(id: "r" tracks: "factory" strength: STRENGTH_ERROR coverage { least_links: 4 })";
  for (const auto& [track, is_broken] : {std::pair("factory", true), {"chain", true}, {"scenario", false}}) {
    application_.set_track(track);
    EXPECT_EQ(Breaks(rule), is_broken) << track;
  }
}

// 三（二）、（三）
TEST_F(ViolationsTest, WrongUnitIsNamedWithTheClauseOfItsRoute) {
  facts_.unit = RoutedUnit{.id = "330000", .name_zh = "浙江省"};
  auto broken = BrokenOf({});
  ASSERT_THAT(broken, SizeIs(1));
  EXPECT_EQ(broken[0].rule(), "place");
  EXPECT_EQ(broken[0].field(), "name");
  EXPECT_EQ(broken[0].clause(), "工信厅联通装函〔2023〕212号 三（二）");
  EXPECT_EQ(broken[0].text_zh(), "应通过推荐单位浙江省（330000）申报，而不是320000");

  facts_.applicant.set_central_group("cg-grid");
  facts_.unit.reset();
  broken = BrokenOf({});
  ASSERT_THAT(broken, SizeIs(1));
  EXPECT_EQ(broken[0].clause(), "工信厅联通装函〔2023〕212号 三（三）");
}

TEST_F(ViolationsTest, FormKnowsNoStrangersAndNothingTwice) {
  application_.add_sections()->set_section("summary");
  application_.add_sections()->set_section("scenario-summary");  // of another track
  application_.mutable_scenario_instances(1)->set_scenario("moon-shot");
  application_.add_scenario_instances()->set_title("无所属");
  application_.add_indicators()->set_indicator("happiness");
  application_.add_declarations()->set_rule("r");
  application_.add_declarations()->set_rule("unheard-of");
  application_.add_explanations()->set_rule("unheard-of");
  application_.set_maturity_assessment("applicants/91350203M0001QAY9B/assessments/1");
  AddIncident(v1::Incident::KIND_SAFETY, v1::Incident::SEVERITY_ORDINARY, absl::CivilDay(2023, 1, 1));
  application_.mutable_incidents(0)->mutable_date()->set_day(32);

  std::vector<std::string> fields;
  for (const auto& violation : Broken(R"(id: "r" strength: STRENGTH_WARNING place {})")) {
    EXPECT_EQ(violation.rule(), "form");
    EXPECT_EQ(violation.clause(), "平台规定");
    fields.push_back(violation.field());
  }

  EXPECT_THAT(fields,
              ElementsAre("sections[1].section", "sections[2].section", "scenario_instances[1].scenario",
                          "scenario_instances[2].scenario", "indicators[0].indicator", "declarations[0].rule",
                          "declarations[1].rule", "explanations[0].rule", "incidents[0].date", "maturity_assessment"));
}

TEST_F(ViolationsTest, TextsAreWrittenAsTheirFieldsAsk) {
  struct {
    std::string field;
    std::string text;
    bool is_broken;
  } const cases[] = {
      {"start", "2023-02-28", false},       {"start", "2023-02-30", true}, {"start", "今年", true},
      {"investment", "-12.5", false},       {"investment", "12", false},   {"investment", "一亿", true},
      {"investment", ".5", true},           {"investment", "1.", true},    {"nature", "private", false},
      {"nature", "foreign", true},          {"leader", "李四", false},     {"leader", "李四\n王五", true},
      {"summary", "第一段\n第二段", false}, {"start", "", false},
  };
  for (const auto& one : cases) {
    application_.clear_sections();
    v1::SectionText* section = application_.add_sections();
    section->set_section(one.field);
    section->set_text(one.text);
    EXPECT_EQ(!BrokenOf({}).empty(), one.is_broken) << one.field << ": " << one.text;
  }
}

TEST(NeededFacts, AreThoseThatTheTrackAsksForAndNoOthers) {
  const programme::Programme programme(TestProgramme());
  v1::Application application = TestApplication();
  application.set_maturity_assessment("applicants/x/assessments/1");

  const FactsNeeded needed = NeededFacts(application, programme);
  EXPECT_THAT(needed.maturity, ElementsAre(MaturityQuestion{.rule = "level-two",
                                                            .model = "gbt39116-2020",
                                                            .least_level = 2,
                                                            .assessment = "applicants/x/assessments/1"}));
  EXPECT_TRUE(needed.honours);
  EXPECT_TRUE(needed.others);

  application.set_industry_guidance_document("《指南》");
  EXPECT_THAT(NeededFacts(application, programme).maturity, IsEmpty());
  application.clear_industry_guidance_document();
  application.set_track("scenario");
  EXPECT_THAT(NeededFacts(application, programme).maturity, IsEmpty());
}

}  // namespace
}  // namespace jiebang::application
