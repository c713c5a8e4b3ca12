// Rules about the links and areas that the scenario instances cover.
#ifndef JIEBANG_SERVICES_APPLICATION_DOMAIN_RULES_COVERAGE_H_
#define JIEBANG_SERVICES_APPLICATION_DOMAIN_RULES_COVERAGE_H_

#include "jiebang/programme/v1/rule.pb.h"
#include "services/application/domain/rules/case.h"

namespace jiebang::application::rules {

// An instance covers the link of its scenario. One outside of the catalogue covers the link that it names; a link that
// the catalogue has not counts only where the rule lets own links count, and for no set or area.
Breaches CheckCoverage(const programme::v1::Coverage& rule, const Case& a_case);

}  // namespace jiebang::application::rules

#endif  // JIEBANG_SERVICES_APPLICATION_DOMAIN_RULES_COVERAGE_H_
