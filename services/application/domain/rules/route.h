// Through which unit the programme sends the applicant.
#ifndef JIEBANG_SERVICES_APPLICATION_DOMAIN_RULES_ROUTE_H_
#define JIEBANG_SERVICES_APPLICATION_DOMAIN_RULES_ROUTE_H_

#include "services/application/domain/rules/case.h"

namespace jiebang::application::rules {

// The application goes through the unit that answers for the applicant.
Breaches CheckRoute(const Case& a_case);

}  // namespace jiebang::application::rules

#endif  // JIEBANG_SERVICES_APPLICATION_DOMAIN_RULES_ROUTE_H_
