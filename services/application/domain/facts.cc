#include "services/application/domain/facts.h"

#include "services/application/domain/rules/maturity.h"

namespace jiebang::application {

FactsNeeded NeededFacts(const v1::Application& application, const programme::Programme& programme) {
  FactsNeeded needed;
  for (const programme::v1::Rule* rule : programme.RulesFor(application.track())) {
    if (rule->has_holds_title() || rule->has_holds_no_title()) needed.honours = true;
    if (rule->has_one_of_its_kind()) needed.others = true;
    if (!rule->has_maturity() || rules::HasAlternativeEvidence(rule->maturity(), application)) continue;
    needed.maturity.push_back({.rule = rule->id(),
                               .model = rule->maturity().model(),
                               .least_level = rule->maturity().least_level(),
                               .max_age_months = rule->maturity().max_age_months(),
                               .assessment = application.maturity_assessment()});
  }
  return needed;
}

}  // namespace jiebang::application
