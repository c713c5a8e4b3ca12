// What every application must keep to, whatever its programme asks: it speaks of things that the programme has, once.
#ifndef JIEBANG_SERVICES_APPLICATION_DOMAIN_RULES_FORM_H_
#define JIEBANG_SERVICES_APPLICATION_DOMAIN_RULES_FORM_H_

#include "services/application/domain/rules/case.h"

namespace jiebang::application::rules {

// The id under which these breaches are named; no rule of a programme.
inline constexpr char kFormRule[] = "form";

// Ids of fields, scenarios, links, indicators and rules exist for the track and are given once; texts are written as
// their fields ask; dates exist; the assessment is the applicant's own.
Breaches CheckForm(const Case& a_case);

}  // namespace jiebang::application::rules

#endif  // JIEBANG_SERVICES_APPLICATION_DOMAIN_RULES_FORM_H_
