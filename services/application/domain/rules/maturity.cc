#include "services/application/domain/rules/maturity.h"

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "services/application/domain/characters.h"

namespace jiebang::application::rules {
namespace {

using absl::StrCat;

programme::v1::Text ModelName(const std::string& model, const programme::Programme& programme) {
  for (const auto& version : programme.proto().models()) {
    if (version.id() == model) return version.name();
  }
  return {};
}

// "不早于12个月前" where the rule bounds the age.
std::string AgeZh(int months) { return months == 0 ? "" : StrCat("（", months, "个月以内）"); }
std::string AgeEn(int months) { return months == 0 ? "" : StrCat(" of the last ", months, " months"); }

}  // namespace

bool HasAlternativeEvidence(const programme::v1::Maturity& rule, const v1::Application& application) {
  return !rule.alternatives().empty() && CountCharacters(application.industry_guidance_document()) > 0;
}

Breaches CheckMaturity(const std::string& rule_id, const programme::v1::Maturity& rule, const Case& a_case) {
  if (HasAlternativeEvidence(rule, a_case.application)) return {};
  const auto answer = a_case.facts.maturity.find(rule_id);
  if (answer != a_case.facts.maturity.end() && answer->second.is_satisfied) return {};

  const int level = answer == a_case.facts.maturity.end() ? 0 : answer->second.level;
  const programme::v1::Text model = ModelName(rule.model(), a_case.programme);
  std::string zh = StrCat(model.zh(), "自评估", AgeZh(rule.max_age_months()), "为", level, "级，要求",
                          rule.least_level(), "级及以上");
  std::string en = StrCat("The assessments", AgeEn(rule.max_age_months()), " under ", model.en(), " show level ", level,
                          "; at least ", rule.least_level(), " is needed");
  for (const auto& alternative : rule.alternatives()) {
    absl::StrAppend(&zh, "，或", alternative.name().zh());
    absl::StrAppend(&en, ", or ", alternative.name().en());
  }
  return {{.field = "maturity_assessment", .zh = std::move(zh), .en = StrCat(en, ".")}};
}

}  // namespace jiebang::application::rules
