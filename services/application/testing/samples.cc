#include "services/application/testing/samples.h"

#include <cstdlib>
#include <iostream>

#include "absl/strings/str_cat.h"
#include "google/protobuf/text_format.h"

namespace jiebang::application {
namespace {

constexpr char kFrame[] = R"pb(
  id: "pilot-2023"
  name { zh: "2023年度智能制造试点示范行动" en: "Pilot demonstration 2023" }
  year: 2023
  level: GOVERNMENT_LEVEL_NATIONAL
  tracks {
    id: "factory"
    name { zh: "智能制造示范工厂" en: "Demonstration factory" }
  }
  tracks {
    id: "chain"
    name { zh: "智慧供应链" en: "Smart supply chain" }
    extends: "factory"
  }
  tracks {
    id: "scenario"
    name { zh: "优秀场景" en: "Excellent scenario" }
  }
  tracks {
    id: "zone"
    name { zh: "先行区" en: "Pilot zone" }
    described_only: true
  }
  industry_families {
    id: "raw-materials"
    sub_sectors { id: "petrochemical" codes: "25" codes: "26" }
    sub_sectors { id: "explosives" codes: "2671" }
  }
  industry_families {
    id: "equipment"
    sub_sectors { id: "electrical" codes: "38" }
  }
  catalogue {
    links {
      id: "design"
      number: 1
      name { zh: "产品设计" en: "Design" }
      scenarios { id: "digital-design" number: 1 }
      scenarios { id: "virtual-test" number: 2 }
    }
    links {
      id: "planning"
      number: 2
      name { zh: "计划调度" en: "Planning" }
      scenarios { id: "scheduling" number: 3 }
    }
    links {
      id: "production"
      number: 3
      name { zh: "生产作业" en: "Production" }
      scenarios { id: "flexible-line" number: 4 }
    }
    links {
      id: "supply"
      number: 4
      name { zh: "供应链" en: "Supply" }
      scenarios { id: "supply-visible" number: 5 }
    }
    areas {
      id: "making"
      name { zh: "生产作业" en: "Making" }
      links: "production"
    }
    areas {
      id: "managing"
      name { zh: "生产管理" en: "Managing" }
      links: "planning"
    }
    link_sets {
      id: "supply-chain"
      name { zh: "供应链环节" en: "Supply chain" }
      links: "supply"
      links: "planning"
    }
  }
  indicator_lists {
    id: "kpi"
    groups {
      id: "ability"
      indicators {
        id: "nc-rate"
        number: 1
        name { zh: "数控化率" en: "NC rate" }
        unit: "%"
        plausible_least: "0"
        plausible_most: "100"
      }
      indicators {
        id: "output"
        number: 2
        name { zh: "人均产值" en: "Output" }
        unit: "万元"
      }
    }
  }
  models {
    id: "gbt39116-2020"
    kind: MODEL_KIND_MATURITY
    name { zh: "GB/T 39116-2020" en: "GB/T 39116-2020" }
  }
  prior_titles {
    id: "factory-task"
    name { zh: "示范工厂揭榜任务" en: "Factory task" }
    level: GOVERNMENT_LEVEL_NATIONAL
  }
  deadlines {
    id: "filing"
    clause { document: "工信厅联通装函〔2023〕212号" section: "三（一）" }
    act: ACT_FILE
    last_day: "2023-08-31"
  }
  routes {
    id: "central"
    clause { document: "工信厅联通装函〔2023〕212号" section: "三（三）" }
    applicants: ROUTED_APPLICANTS_CENTRAL
    by_group { unit_category: "central-group" }
  }
  routes {
    id: "place"
    clause { document: "工信厅联通装函〔2023〕212号" section: "三（二）" }
    applicants: ROUTED_APPLICANTS_NOT_CENTRAL
    by_place { unit_categories: "province" }
  }
  form_sections {
    id: "basics"
    fields {
      id: "summary"
      label { zh: "项目概述" en: "Summary" }
      type: FIELD_TYPE_PARAGRAPHS
    }
    fields {
      id: "start"
      label { zh: "开工日期" en: "Start" }
      type: FIELD_TYPE_DATE
    }
    fields {
      id: "investment"
      label { zh: "总投资" en: "Investment" }
      type: FIELD_TYPE_DECIMAL
    }
    fields {
      id: "nature"
      label { zh: "企业性质" en: "Nature" }
      type: FIELD_TYPE_CHOICE
      choices { id: "private" }
      choices { id: "state" }
    }
    fields {
      id: "leader"
      label { zh: "负责人" en: "Leader" }
      type: FIELD_TYPE_LINE
    }
  }
  form_sections {
    id: "scenario-only"
    tracks: "scenario"
    fields {
      id: "scenario-summary"
      label { zh: "场景概述" en: "Scenario summary" }
      type: FIELD_TYPE_PARAGRAPHS
    }
  }
)pb";

template <class Message>
Message FromText(const std::string& text) {
  Message message;
  if (!google::protobuf::TextFormat::ParseFromString(text, &message)) {
    std::cerr << "a test's message is wrong: " << text << std::endl;
    std::abort();
  }
  return message;
}

}  // namespace

programme::v1::Programme TestProgrammeWithRules(const std::vector<std::string>& rules) {
  auto programme = FromText<programme::v1::Programme>(kFrame);
  for (const std::string& text : rules) {
    auto* rule = programme.add_rules();
    *rule = FromText<programme::v1::Rule>(text);
    if (!rule->has_clause()) {
      rule->mutable_clause()->set_document("工信厅联通装函〔2023〕212号");
      rule->mutable_clause()->set_section("二");
    }
    if (!rule->has_text()) {
      rule->mutable_text()->set_zh(absl::StrCat("规则", rule->id()));
      rule->mutable_text()->set_en(absl::StrCat("Rule ", rule->id()));
    }
  }
  return programme;
}

programme::v1::Programme TestProgramme() {
  return TestProgrammeWithRules({
      R"pb(id: "legal-form"
           strength: STRENGTH_ERROR
           legal_form { branch_sub_sectors: "petrochemical" })pb",
      R"pb(id: "no-task"
           strength: STRENGTH_ERROR
           holds_no_title { any_of { title: "factory-task" } })pb",
      R"pb(id: "no-accident"
           strength: STRENGTH_DECLARATION
           no_incident {
             kinds: INCIDENT_KIND_SAFETY
             kinds: INCIDENT_KIND_ENVIRONMENT
             least_severity: INCIDENT_SEVERITY_MAJOR
             years_back: 3
           })pb",
      R"pb(id: "level-two"
           tracks: "factory"
           strength: STRENGTH_ERROR
           maturity {
             model: "gbt39116-2020"
             least_level: 2
             alternatives {
               id: "guidance"
               name { zh: "行业指导性文件" en: "guidance" }
             }
           })pb",
      R"pb(id: "one-only"
           strength: STRENGTH_ERROR
           one_of_its_kind { most: 1 counted_in: COUNTED_IN_TRACK })pb",
      R"pb(id: "summary-text"
           strength: STRENGTH_ERROR
           section_text { fields: "summary" required: true max_characters: 10 })pb",
      R"pb(id: "instances"
           strength: STRENGTH_ERROR
           scenario_instances { least: 1 most: 3 outside_catalogue_allowed: true max_characters: 3000 })pb",
      R"pb(id: "links"
           tracks: "factory"
           strength: STRENGTH_WARNING
           coverage { least_links: 2 })pb",
  });
}

v1::Applicant TestApplicant() {
  return FromText<v1::Applicant>(absl::StrCat("name: 'applicants/", kTestUscc, R"pb(' display_name : "苏州某厂"
                                                                                    legal_form: LEGAL_FORM_LEGAL_PERSON
                                                                                    region_code: "320500"
                                                                                    industry_code: "3831")pb"));
}

v1::Application TestApplication() {
  auto application = FromText<v1::Application>(R"pb(
    track: "factory"
    title: "电缆智能工厂"
    sections { section: "summary" text: "建设电缆智能工厂" }
    scenario_instances { scenario: "digital-design" title: "参数化设计" description: "描述" }
    scenario_instances { scenario: "scheduling" title: "自动排产" description: "描述" }
    declarations { rule: "no-accident" declared_by: "张三" }
  )pb");
  application.set_name(absl::StrCat("programmes/pilot-2023/units/320000/applicants/", kTestUscc, "/applications/a"));
  application.set_state(v1::Application::STATE_DRAFT);
  return application;
}

Facts TestFacts() {
  return {.applicant = TestApplicant(),
          .maturity = {{"level-two", {.is_satisfied = true, .level = 3}}},
          .unit = RoutedUnit{.id = "320000", .name_zh = "江苏省"}};
}

std::string Times(int count, const std::string& text) {
  std::string all;
  for (int i = 0; i < count; ++i) all += text;
  return all;
}

}  // namespace jiebang::application
