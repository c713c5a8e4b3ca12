// How many applications one applicant may have on file.
#ifndef JIEBANG_SERVICES_APPLICATION_DOMAIN_RULES_ONE_OF_ITS_KIND_H_
#define JIEBANG_SERVICES_APPLICATION_DOMAIN_RULES_ONE_OF_ITS_KIND_H_

#include "jiebang/programme/v1/rule.pb.h"
#include "services/application/domain/rules/case.h"

namespace jiebang::application::rules {

// Counts what is submitted: a draft is not on file, and one that was returned or withdrawn takes its place again when
// it is filed again.
Breaches CheckOneOfItsKind(const programme::v1::OneOfItsKind& rule, const Case& a_case);

}  // namespace jiebang::application::rules

#endif  // JIEBANG_SERVICES_APPLICATION_DOMAIN_RULES_ONE_OF_ITS_KIND_H_
