#include "services/application/domain/violations.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "absl/algorithm/container.h"
#include "services/application/domain/clause.h"
#include "services/application/domain/rules/applicant.h"
#include "services/application/domain/rules/coverage.h"
#include "services/application/domain/rules/declarations.h"
#include "services/application/domain/rules/form.h"
#include "services/application/domain/rules/indicators.h"
#include "services/application/domain/rules/maturity.h"
#include "services/application/domain/rules/one_of_its_kind.h"
#include "services/application/domain/rules/route.h"
#include "services/application/domain/rules/scenarios.h"
#include "services/application/domain/rules/texts.h"
#include "services/application/domain/rules/titles.h"

namespace jiebang::application {
namespace {

using programme::v1::Rule;
using rules::Breaches;
using rules::Case;

Breaches BreachesOf(const Rule& rule, const Case& a_case) {
  switch (rule.kind_case()) {
    case Rule::kLegalForm:
      return rules::CheckLegalForm(rule.legal_form(), a_case);
    case Rule::kPlace:
      return rules::CheckPlace(rule.place(), a_case);
    case Rule::kIndustry:
      return rules::CheckIndustry(rule.industry(), a_case);
    case Rule::kHoldsTitle:
      return rules::CheckHoldsTitle(rule.holds_title(), a_case);
    case Rule::kHoldsNoTitle:
      return rules::CheckHoldsNoTitle(rule.holds_no_title(), a_case);
    case Rule::kNoIncident:
      return rules::CheckNoIncident(rule.no_incident(), a_case);
    case Rule::kMaturity:
      return rules::CheckMaturity(rule.id(), rule.maturity(), a_case);
    case Rule::kOneOfItsKind:
      return rules::CheckOneOfItsKind(rule.one_of_its_kind(), a_case);
    case Rule::kSectionText:
      return rules::CheckSectionTexts(rule.section_text(), a_case);
    case Rule::kScenarioInstances:
      return rules::CheckScenarioInstances(rule.scenario_instances(), a_case);
    case Rule::kCoverage:
      return rules::CheckCoverage(rule.coverage(), a_case);
    case Rule::kIndicators:
      return rules::CheckIndicators(rule.indicators(), a_case);
    case Rule::kDeclaration:  // what there is to check is that it was made: below
    case Rule::kShare:        // the loader refuses files with these two
    case Rule::kAttachments:
    case Rule::KIND_NOT_SET:
      return {};
  }
  return {};
}

bool IsExplained(const Rule& rule, const v1::Application& application) {
  return absl::c_any_of(application.explanations(),
                        [&](const v1::Explanation& one) { return one.rule() == rule.id(); });
}

v1::Violation ToViolation(rules::Breach breach, std::string_view rule, std::string_view clause) {
  v1::Violation violation;
  violation.set_rule(std::string(rule));
  violation.set_field(std::move(breach.field));
  violation.set_clause(std::string(clause));
  violation.set_text_zh(std::move(breach.zh));
  violation.set_text_en(std::move(breach.en));
  violation.set_strength(breach.is_in_principle ? v1::Violation::STRENGTH_WARNING : v1::Violation::STRENGTH_ERROR);
  return violation;
}

}  // namespace

std::vector<v1::Violation> Violations(const v1::Application& application, const Facts& facts,
                                      const programme::Programme& programme, absl::Time now) {
  const programme::v1::Track* track = programme.FindTrack(application.track());
  if (track == nullptr) return {};
  const Case a_case{application, facts, programme, *track, now};

  std::vector<v1::Violation> violations;
  for (const Rule* rule : programme.RulesFor(track->id())) {
    Breaches breaches = BreachesOf(*rule, a_case);
    if (rule->strength() == programme::v1::STRENGTH_DECLARATION) {
      absl::c_move(rules::CheckDeclared(*rule, a_case), std::back_inserter(breaches));
    }
    const bool is_in_principle = rule->strength() == programme::v1::STRENGTH_WARNING;
    const bool is_explained = IsExplained(*rule, application);
    for (rules::Breach& breach : breaches) {
      breach.is_in_principle |= is_in_principle;
      if (breach.is_in_principle && is_explained) continue;
      violations.push_back(ToViolation(std::move(breach), rule->id(), ClauseText(rule->clause())));
    }
  }
  for (rules::Breach& breach : rules::CheckRoute(a_case)) {
    const programme::v1::Route* route = programme.RouteFor(track->id(), !facts.applicant.central_group().empty());
    violations.push_back(ToViolation(std::move(breach), route == nullptr ? "route" : route->id(),
                                     route == nullptr ? kPlatformClause : ClauseText(route->clause())));
  }
  for (rules::Breach& breach : rules::CheckForm(a_case)) {
    violations.push_back(ToViolation(std::move(breach), rules::kFormRule, kPlatformClause));
  }

  std::stable_partition(violations.begin(), violations.end(), [](const v1::Violation& violation) {
    return violation.strength() == v1::Violation::STRENGTH_ERROR;
  });
  return violations;
}

}  // namespace jiebang::application
