// Rules about the texts of the form.
#ifndef JIEBANG_SERVICES_APPLICATION_DOMAIN_RULES_TEXTS_H_
#define JIEBANG_SERVICES_APPLICATION_DOMAIN_RULES_TEXTS_H_

#include "jiebang/programme/v1/rule.pb.h"
#include "services/application/domain/rules/case.h"

namespace jiebang::application::rules {

Breaches CheckSectionTexts(const programme::v1::SectionText& rule, const Case& a_case);

}  // namespace jiebang::application::rules

#endif  // JIEBANG_SERVICES_APPLICATION_DOMAIN_RULES_TEXTS_H_
