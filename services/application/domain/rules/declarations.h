// Rules that rest on the applicant's word: what it declares, and the incidents that it states.
#ifndef JIEBANG_SERVICES_APPLICATION_DOMAIN_RULES_DECLARATIONS_H_
#define JIEBANG_SERVICES_APPLICATION_DOMAIN_RULES_DECLARATIONS_H_

#include "jiebang/programme/v1/rule.pb.h"
#include "services/application/domain/rules/case.h"

namespace jiebang::application::rules {

// For a rule of strength DECLARATION: it was declared, by a named person.
Breaches CheckDeclared(const programme::v1::Rule& rule, const Case& a_case);

// None of the stated incidents is of these kinds, this grave and this recent.
Breaches CheckNoIncident(const programme::v1::NoIncident& rule, const Case& a_case);

}  // namespace jiebang::application::rules

#endif  // JIEBANG_SERVICES_APPLICATION_DOMAIN_RULES_DECLARATIONS_H_
