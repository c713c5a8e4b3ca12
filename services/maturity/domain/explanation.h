// Where a result comes from, number by number.
#ifndef JIEBANG_SERVICES_MATURITY_DOMAIN_EXPLANATION_H_
#define JIEBANG_SERVICES_MATURITY_DOMAIN_EXPLANATION_H_

#include "jiebang/maturity/v1/explanation.pb.h"
#include "services/maturity/domain/answer_sheet.h"
#include "services/maturity/domain/scope.h"

namespace jiebang::maturity {

// Each score in it is exactly the sum of weight × score of what stands below it.
v1::Explanation Explain(const Scope& scope, const AnswerSheet& sheet);

}  // namespace jiebang::maturity

#endif  // JIEBANG_SERVICES_MATURITY_DOMAIN_EXPLANATION_H_
