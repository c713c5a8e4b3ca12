// Rules about the maturity level that the applicant assessed for itself.
#ifndef JIEBANG_SERVICES_APPLICATION_DOMAIN_RULES_MATURITY_H_
#define JIEBANG_SERVICES_APPLICATION_DOMAIN_RULES_MATURITY_H_

#include <string>

#include "jiebang/programme/v1/rule.pb.h"
#include "services/application/domain/rules/case.h"

namespace jiebang::application::rules {

// True if the application names evidence that the rule takes in place of a level; then no level is asked for.
bool HasAlternativeEvidence(const programme::v1::Maturity& rule, const v1::Application& application);

// `rule_id`: by which the answer stands in the facts.
Breaches CheckMaturity(const std::string& rule_id, const programme::v1::Maturity& rule, const Case& a_case);

}  // namespace jiebang::application::rules

#endif  // JIEBANG_SERVICES_APPLICATION_DOMAIN_RULES_MATURITY_H_
