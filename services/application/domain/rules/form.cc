#include "services/application/domain/rules/form.h"

#include <set>
#include <string>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "common/resource_name/resource_name.h"
#include "services/application/domain/rules/field_types.h"

namespace jiebang::application::rules {
namespace {

using absl::StrCat;

class Form {
 public:
  explicit Form(const Case& a_case) : a_case_(a_case), application_(a_case.application) {}

  Breaches Check() {
    CheckSections();
    CheckInstances();
    CheckIndicatorIds();
    CheckRuleIds();
    CheckIncidents();
    CheckAssessment();
    return std::move(breaches_);
  }

 private:
  void Add(std::string field, std::string zh, std::string en) {
    breaches_.push_back({.field = std::move(field), .zh = std::move(zh), .en = std::move(en)});
  }

  // A breach unless `id` is known and comes for the first time.
  void CheckId(const std::string& id, bool is_known, std::set<std::string>& seen, std::string path, const char* noun_zh,
               const char* noun_en) {
    if (!is_known) {
      Add(std::move(path), StrCat("本类别没有", noun_zh, "“", id, "”"),
          StrCat("The track has no ", noun_en, " `", id, "`."));
    } else if (!seen.insert(id).second) {
      Add(std::move(path), StrCat(noun_zh, "“", id, "”重复"), StrCat("The ", noun_en, " `", id, "` is given twice."));
    }
  }

  const programme::v1::FormField* FieldOfTrack(const std::string& id) const {
    for (const auto& section : a_case_.programme.proto().form_sections()) {
      if (!programme::HoldsFor(section.tracks(), a_case_.track)) continue;
      const auto found = absl::c_find_if(section.fields(), [&](const auto& field) { return field.id() == id; });
      if (found != section.fields().end()) return &*found;
    }
    return nullptr;
  }

  void CheckSections() {
    std::set<std::string> seen;
    for (int i = 0; i < application_.sections_size(); ++i) {
      const v1::SectionText& section = application_.sections(i);
      const programme::v1::FormField* field = FieldOfTrack(section.section());
      CheckId(section.section(), field != nullptr, seen, StrCat("sections[", i, "].section"), "申报书栏目", "section");
      if (field == nullptr || section.text().empty() || IsWrittenAs(*field, section.text())) continue;
      Add(StrCat("sections[", i, "].text"), StrCat("“", field->label().zh(), "”应填写", WantedZh(*field)),
          StrCat("\"", field->label().en(), "\" has to be ", WantedEn(*field), "."));
    }
  }

  // A scenario of the catalogue, or one of the applicant's own with its link and its name; not both, not neither.
  void CheckInstances() {
    for (int i = 0; i < application_.scenario_instances_size(); ++i) {
      const v1::ScenarioInstance& instance = application_.scenario_instances(i);
      const std::string path = StrCat("scenario_instances[", i, "]");
      const std::string nth_zh = StrCat("第", i + 1, "个场景");
      const std::string nth_en = StrCat("Scenario ", i + 1);
      const bool names_own = !instance.own_link().empty() || !instance.own_scenario().empty();
      if (!instance.scenario().empty()) {
        if (a_case_.programme.FindScenario(instance.scenario()) == nullptr) {
          Add(path + ".scenario", StrCat(nth_zh, "：典型场景参考指引中没有“", instance.scenario(), "”"),
              StrCat(nth_en, ": the catalogue has no scenario `", instance.scenario(), "`."));
        }
        if (names_own) {
          Add(path + ".own_scenario", StrCat(nth_zh, "既选了典型场景，又填了自有场景"),
              StrCat(nth_en, " names one of the catalogue and one of its own."));
        }
      } else if (instance.own_link().empty() || instance.own_scenario().empty()) {
        Add(path + ".scenario", StrCat(nth_zh, "未选典型场景，须填写自有场景的环节和名称"),
            StrCat(nth_en, " is not of the catalogue: its own link and scenario have to be named."));
      }
    }
  }

  bool IsIndicator(const std::string& id) const {
    for (const auto& list : a_case_.programme.proto().indicator_lists()) {
      for (const auto& group : list.groups()) {
        if (absl::c_any_of(group.indicators(), [&](const auto& one) { return one.id() == id; })) return true;
      }
    }
    return false;
  }

  void CheckIndicatorIds() {
    std::set<std::string> seen;
    for (int i = 0; i < application_.indicators_size(); ++i) {
      const std::string& id = application_.indicators(i).indicator();
      CheckId(id, IsIndicator(id), seen, StrCat("indicators[", i, "].indicator"), "指标", "indicator");
    }
  }

  // The rule of the track with this id; nullptr if it has none.
  const programme::v1::Rule* RuleOfTrack(const std::string& id) const {
    const programme::v1::Rule* rule = a_case_.programme.FindRule(id);
    return rule != nullptr && programme::HoldsFor(rule->tracks(), a_case_.track) ? rule : nullptr;
  }

  void CheckRuleIds() {
    std::set<std::string> declared;
    for (int i = 0; i < application_.declarations_size(); ++i) {
      const std::string& id = application_.declarations(i).rule();
      const programme::v1::Rule* rule = RuleOfTrack(id);
      const bool is_known = rule != nullptr && rule->strength() == programme::v1::STRENGTH_DECLARATION;
      CheckId(id, is_known, declared, StrCat("declarations[", i, "].rule"), "承诺", "declaration");
    }
    std::set<std::string> explained;
    for (int i = 0; i < application_.explanations_size(); ++i) {
      const std::string& id = application_.explanations(i).rule();
      CheckId(id, RuleOfTrack(id) != nullptr, explained, StrCat("explanations[", i, "].rule"), "规则", "rule");
    }
  }

  void CheckIncidents() {
    for (int i = 0; i < application_.incidents_size(); ++i) {
      const google::type::Date& date = application_.incidents(i).date();
      const absl::CivilDay day(date.year(), date.month(), date.day());
      if (date.year() > 0 && day.month() == date.month() && day.day() == date.day()) continue;
      Add(StrCat("incidents[", i, "].date"), StrCat("第", i + 1, "起事故的日期不存在"),
          StrCat("The date of incident ", i + 1, " does not exist."));
    }
  }

  void CheckAssessment() {
    const std::string& assessment = application_.maturity_assessment();
    if (assessment.empty()) return;
    const auto owner = IdIn(assessment, "applicants");
    if (owner.has_value() && owner == IdIn(application_.name(), "applicants")) return;
    Add("maturity_assessment", StrCat("“", assessment, "”不是本申报主体的自评估"),
        StrCat("`", assessment, "` is no assessment of this applicant."));
  }

  const Case& a_case_;
  const v1::Application& application_;
  Breaches breaches_;
};

}  // namespace

Breaches CheckForm(const Case& a_case) { return Form(a_case).Check(); }

}  // namespace jiebang::application::rules
