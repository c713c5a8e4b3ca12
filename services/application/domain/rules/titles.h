// Rules about titles that the applicant holds or must not hold.
#ifndef JIEBANG_SERVICES_APPLICATION_DOMAIN_RULES_TITLES_H_
#define JIEBANG_SERVICES_APPLICATION_DOMAIN_RULES_TITLES_H_

#include "jiebang/programme/v1/rule.pb.h"
#include "services/application/domain/rules/case.h"

namespace jiebang::application::rules {

Breaches CheckHoldsTitle(const programme::v1::TitleCondition& rule, const Case& a_case);
Breaches CheckHoldsNoTitle(const programme::v1::TitleCondition& rule, const Case& a_case);

}  // namespace jiebang::application::rules

#endif  // JIEBANG_SERVICES_APPLICATION_DOMAIN_RULES_TITLES_H_
