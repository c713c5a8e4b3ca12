// The shipped programmes against their notices: an application that meets everything, and what is found when one thing
// is taken from it.
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "common/programme/calendar.h"
#include "common/programme/loader.h"
#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/application/domain/violations.h"
#include "services/application/testing/samples.h"

namespace jiebang::application {
namespace {

using programme::v1::Rule;
using testing::IsEmpty;

// An application, what is known of its applicant, and when it is filed.
struct Filed {
  v1::Application application;
  Facts facts;
  absl::Time now;
};

// One departure from an application that meets every rule; `rule` is "" where it still does.
struct Departure {
  std::string name;
  std::function<void(Filed&)> depart;
  std::string rule;
  std::string clause;
};

std::vector<v1::Violation> ViolationsOf(const Filed& filed, const programme::Programme& programme) {
  return Violations(filed.application, filed.facts, programme, filed.now);
}

void ExpectOutcomes(const Filed& whole, const programme::Programme& programme, const std::vector<Departure>& table) {
  for (const v1::Violation& violation : ViolationsOf(whole, programme)) ADD_FAILURE() << violation.DebugString();
  for (const Departure& departure : table) {
    Filed filed = whole;
    departure.depart(filed);
    const auto violations = ViolationsOf(filed, programme);
    if (departure.rule.empty()) {
      EXPECT_THAT(violations, IsEmpty()) << departure.name << ": " << violations[0].DebugString();
      continue;
    }
    const auto found = absl::c_find_if(violations, [&](const auto& one) { return one.rule() == departure.rule; });
    ASSERT_NE(found, violations.end()) << departure.name;
    EXPECT_EQ(found->clause(), departure.clause) << departure.name;
    EXPECT_FALSE(found->text_zh().empty() || found->text_en().empty() || found->field().empty()) << departure.name;
  }
}

void Cover(v1::Application& application, const std::string& link) {
  v1::ScenarioInstance* instance = application.add_scenario_instances();
  instance->set_own_link(link);
  instance->set_own_scenario("自有场景");
  instance->set_title("实例");
  instance->set_description("描述");
}

// The first instance of each of the first `count` links of the catalogue.
void CoverLinks(v1::Application& application, const programme::Programme& programme, int count) {
  application.clear_scenario_instances();
  for (int i = 0; i < count; ++i) {
    v1::ScenarioInstance* instance = application.add_scenario_instances();
    instance->set_scenario(programme.proto().catalogue().links(i).scenarios(0).id());
    instance->set_title("实例");
    instance->set_description("描述");
  }
}

void Explain(v1::Application& application, const std::string& rule) {
  v1::Explanation* explanation = application.add_explanations();
  explanation->set_rule(rule);
  explanation->set_reason("见附件说明");
}

// Declares what is to be declared and fills in what is to be filled in.
void FillIn(v1::Application& application, const programme::Programme& programme) {
  for (const Rule* rule : programme.RulesFor(application.track())) {
    if (rule->strength() == programme::v1::STRENGTH_DECLARATION) {
      v1::Declaration* declaration = application.add_declarations();
      declaration->set_rule(rule->id());
      declaration->set_declared_by("张三");
    }
    for (const std::string& field : rule->section_text().fields()) {
      v1::SectionText* section = application.add_sections();
      section->set_section(field);
      const auto type = programme.FindField(field)->type();
      section->set_text(type == programme::v1::FIELD_TYPE_DECIMAL ? "1200"
                        : type == programme::v1::FIELD_TYPE_DATE  ? "2022-03-01"
                                                                  : "内容");
    }
  }
}

void RemoveDeclaration(v1::Application& application, const std::string& rule) {
  auto& declarations = *application.mutable_declarations();
  declarations.erase(
      std::remove_if(declarations.begin(), declarations.end(), [&](const auto& one) { return one.rule() == rule; }),
      declarations.end());
}

void Happened(v1::Application& application, v1::Incident::Severity severity, int year, int month, int day,
              v1::Incident::Kind kind = v1::Incident::KIND_SAFETY) {
  v1::Incident* incident = application.add_incidents();
  incident->set_kind(kind);
  incident->set_severity(severity);
  incident->mutable_date()->set_year(year);
  incident->mutable_date()->set_month(month);
  incident->mutable_date()->set_day(day);
}

class NoticesTest : public testing::Test {
 protected:
  void Load(const std::string& id) {
    ASSERT_OK_AND_ASSIGN(programmes_, programme::LoadProgrammes(JIEBANG_PROGRAMMES_DIRECTORY));
    programme_ = programmes_.Find(id);
    ASSERT_NE(programme_, nullptr);
  }

  // In the track, with everything but its scenarios.
  Filed Start(const std::string& track, absl::CivilDay day) const {
    Filed filed{.application = TestApplication(), .facts = TestFacts()};
    filed.now = absl::FromCivil(day, programme::Shanghai());
    v1::Application& application = filed.application;
    application.clear_sections();
    application.clear_declarations();
    application.clear_scenario_instances();
    application.set_track(track);
    FillIn(application, *programme_);
    filed.facts.maturity.clear();
    for (const MaturityQuestion& question : NeededFacts(application, *programme_).maturity) {
      filed.facts.maturity[question.rule] = {.is_satisfied = true, .level = question.least_level};
    }
    return filed;
  }

  programme::Programmes programmes_;
  std::shared_ptr<const programme::Programme> programme_;
};

TEST_F(NoticesTest, Factory2023) {
  Load("pilot-demonstration-2023");
  Filed whole = Start("demonstration-factory", absl::CivilDay(2023, 8, 31));
  CoverLinks(whole.application, *programme_, 8);
  const std::string notice = "工信厅联通装函〔2023〕212号 ";

  ExpectOutcomes(
      whole, *programme_,
      {
          {"允许石油石化的分支机构",
           [](Filed& f) {
             f.facts.applicant.set_legal_form(v1::Applicant::LEGAL_FORM_BRANCH);
             f.facts.applicant.set_industry_code("2511");
           },
           ""},
          {"其他行业须独立法人", [](Filed& f) { f.facts.applicant.set_legal_form(v1::Applicant::LEGAL_FORM_BRANCH); },
           "legal-person", notice + "二（一）（平台细化）"},
          {"已经承担示范工厂揭榜任务的不再重复申报",
           [](Filed& f) { f.facts.honours = {{.title = "demonstration-factory-task", .year = 2022}}; },
           "no-second-factory-task", notice + "二（一）"},
          {"信用记录良好", [](Filed& f) { RemoveDeclaration(f.application, "business-results"); }, "business-results",
           notice + "二（一）"},
          {"成熟度二级及以上", [](Filed& f) { f.facts.maturity["maturity-level-2"] = {.level = 1}; },
           "maturity-level-2", notice + "二（三）"},
          {"或满足相关行业指导性文件",
           [](Filed& f) {
             f.facts.maturity.clear();
             f.application.set_industry_guidance_document("《原材料工业智能制造指南》");
           },
           ""},
          {"3000字", [](Filed& f) { f.application.mutable_scenario_instances(2)->set_description(Times(3000, "字")); },
           ""},
          {"3001字", [](Filed& f) { f.application.mutable_scenario_instances(2)->set_description(Times(3001, "字")); },
           "scenario-instances", notice + "二（五）（平台细化）"},
          {"三年前的重大事故", [](Filed& f) { Happened(f.application, v1::Incident::SEVERITY_MAJOR, 2020, 8, 30); },
           ""},
          {"近三年的重大事故", [](Filed& f) { Happened(f.application, v1::Incident::SEVERITY_MAJOR, 2020, 8, 31); },
           "no-major-accident", notice + "二（六）"},
          {"近三年的较大事故", [](Filed& f) { Happened(f.application, v1::Incident::SEVERITY_LARGER, 2023, 1, 1); },
           ""},
          {"至少覆盖8个环节", [](Filed& f) { f.application.mutable_scenario_instances()->RemoveLast(); }, "eight-links",
           notice + "附件2"},
          {"其他环节也是建设内容",
           [](Filed& f) {
             f.application.mutable_scenario_instances()->RemoveLast();
             Cover(f.application, "own-link");
           },
           ""},
          {"四大类行业之外须说明理由", [](Filed& f) { f.facts.applicant.set_industry_code("4610"); }, "named-industry",
           notice + "附件2（平台细化）"},
          {"四大类行业之外已说明理由",
           [](Filed& f) {
             f.facts.applicant.set_industry_code("4610");
             Explain(f.application, "named-industry");
           },
           ""},
          {"同一类别一项", [](Filed& f) { f.facts.others = {{.id = "b", .track = "smart-supply-chain"}}; },
           "one-application-per-track", "平台规定"},
          {"同一主体可另报优秀场景", [](Filed& f) { f.facts.others = {{.id = "b", .track = "excellent-scenario"}}; },
           ""},
          {"申报书填写完整", [](Filed& f) { f.application.mutable_sections(0)->clear_text(); }, "form-complete",
           notice + "附件3（平台细化）"},
      });
}

TEST_F(NoticesTest, SupplyChain2023) {
  Load("pilot-demonstration-2023");
  Filed whole = Start("smart-supply-chain", absl::CivilDay(2023, 8, 31));
  CoverLinks(whole.application, *programme_, 8);
  Cover(whole.application, "supply-chain-planning");
  const std::string notice = "工信厅联通装函〔2023〕212号 ";

  ExpectOutcomes(whole, *programme_,
                 {
                     {"至少覆盖供应链相关的1个环节",
                      [](Filed& f) {
                        f.application.mutable_scenario_instances()->RemoveLast();
                        Cover(f.application, "own-link");
                      },
                      "supply-chain-link", notice + "附件2"},
                     {"供应链环节在8个环节之内，须说明",
                      [](Filed& f) { f.application.mutable_scenario_instances()->DeleteSubrange(0, 1); },
                      "supply-chain-link-beyond-eight", notice + "附件2（平台细化）"},
                     {"供应链环节在8个环节之内，已说明",
                      [](Filed& f) {
                        f.application.mutable_scenario_instances()->DeleteSubrange(0, 1);
                        Explain(f.application, "supply-chain-link-beyond-eight");
                      },
                      ""},
                     {"也须满足示范工厂的条件", [](Filed& f) { f.facts.maturity.clear(); }, "maturity-level-2",
                      notice + "二（三）"},
                 });
}

TEST_F(NoticesTest, Scenario2023) {
  Load("pilot-demonstration-2023");
  Filed whole = Start("excellent-scenario", absl::CivilDay(2023, 8, 31));
  CoverLinks(whole.application, *programme_, 1);
  const std::string notice = "工信厅联通装函〔2023〕212号 ";

  ExpectOutcomes(whole, *programme_,
                 {
                     {"优秀场景不要求成熟度", [](Filed& f) { f.facts.maturity.clear(); }, ""},
                     {"揭榜单位申报场景须说明",
                      [](Filed& f) { f.facts.honours = {{.title = "demonstration-factory-task", .year = 2022}}; },
                      "scenario-by-task-holder", notice + "二（一）（平台细化）"},
                     {"至少1个场景", [](Filed& f) { f.application.clear_scenario_instances(); }, "scenario-instances",
                      notice + "二（五）（平台细化）"},
                 });
}

TEST_F(NoticesTest, ExcellentFactory2024) {
  Load("smart-factory-2024-shaanxi");
  Filed whole = Start("excellent", absl::CivilDay(2024, 11, 22));
  whole.facts.applicant.set_region_code("610113");
  whole.facts.honours = {{.title = "provincial-smart-factory", .year = 2024},
                         {.title = "advanced-smart-factory", .year = 2024}};
  for (const char* link :
       {"factory-construction", "product-design", "production-operations", "marketing-after-sales"}) {
    Cover(whole.application, link);
  }
  Cover(whole.application, programme_->FindLinkSet("production-management")->links(0));
  v1::Indicator* indicator = whole.application.add_indicators();
  indicator->set_indicator(programme_->FindIndicatorList("kpi-2024")->groups(0).indicators(0).id());
  indicator->set_value("12.5");
  const std::string notice = "陕工信发〔2024〕262号 ";

  ExpectOutcomes(
      whole, *programme_,
      {
          {"2020年省级示范不算", [](Filed& f) { f.facts.honours[0].year = 2020; }, "prior-title", notice + "一（一）"},
          {"2021-2023年国家揭榜单位",
           [](Filed& f) { f.facts.honours[0] = {.title = "demonstration-factory-task", .year = 2023}; }, ""},
          {"2024年没有国家揭榜单位",
           [](Filed& f) { f.facts.honours[0] = {.title = "demonstration-factory-task", .year = 2024}; }, "prior-title",
           notice + "一（一）"},
          {"在我省境内注册", [](Filed& f) { f.facts.applicant.set_region_code("320500"); }, "registered-in-shaanxi",
           notice + "一（二）"},
          {"原则上应已获评先进级", [](Filed& f) { f.facts.honours.pop_back(); }, "advanced-first", notice + "一（三）"},
          {"未获评先进级，已说明",
           [](Filed& f) {
             f.facts.honours.pop_back();
             Explain(f.application, "advanced-first");
           },
           ""},
          {"较大事故", [](Filed& f) { Happened(f.application, v1::Incident::SEVERITY_LARGER, 2024, 1, 1); },
           "no-larger-accident", notice + "附件3 一、2"},
          {"安全、环保等事故",
           [](Filed& f) {
             Happened(f.application, v1::Incident::SEVERITY_LARGER, 2024, 1, 1, v1::Incident::KIND_OTHER);
           },
           "no-larger-accident", notice + "附件3 一、2"},
          {"一般事故", [](Filed& f) { Happened(f.application, v1::Incident::SEVERITY_ORDINARY, 2024, 1, 1); }, ""},
          {"成熟度三级及以上", [](Filed& f) { f.facts.maturity["maturity-level-3"] = {.level = 2}; },
           "maturity-level-3", notice + "附件3 一、5"},
          {"原则上覆盖五个环节", [](Filed& f) { f.application.mutable_scenario_instances()->RemoveLast(); },
           "covers-five-areas-in-principle", notice + "附件3 四（一）"},
          {"至少填报1项指标", [](Filed& f) { f.application.clear_indicators(); }, "indicators",
           notice + "附件3 四（二）（平台细化）"},
          {"材料清单所列内容均须填写", [](Filed& f) { f.application.mutable_sections()->RemoveLast(); },
           "form-complete", notice + "附件4（平台细化）"},
          {"建设时间是日期",
           [](Filed& f) {
             for (auto& section : *f.application.mutable_sections()) {
               if (section.section() == "start-date") section.set_text("去年");
             }
           },
           "form", "平台规定"},
      });
}

// The plan of 2021 describes its tracks; applications go to the programmes of its years.
TEST_F(NoticesTest, Plan2021AsksNothingOfAnEnterprise) {
  Load("action-plan-2021");
  for (const auto& track : programme_->proto().tracks()) {
    EXPECT_FALSE(programme_->TakesApplications(track.id())) << track.id();
  }
}

}  // namespace
}  // namespace jiebang::application
