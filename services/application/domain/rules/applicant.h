// Rules about who applies: legal form, place of registration, industry.
#ifndef JIEBANG_SERVICES_APPLICATION_DOMAIN_RULES_APPLICANT_H_
#define JIEBANG_SERVICES_APPLICATION_DOMAIN_RULES_APPLICANT_H_

#include "jiebang/programme/v1/rule.pb.h"
#include "services/application/domain/rules/case.h"

namespace jiebang::application::rules {

Breaches CheckLegalForm(const programme::v1::LegalForm& rule, const Case& a_case);
Breaches CheckPlace(const programme::v1::RegisteredPlace& rule, const Case& a_case);
Breaches CheckIndustry(const programme::v1::IndustrySet& rule, const Case& a_case);

}  // namespace jiebang::application::rules

#endif  // JIEBANG_SERVICES_APPLICATION_DOMAIN_RULES_APPLICANT_H_
