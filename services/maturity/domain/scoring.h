// From answers to a level (GB/T 39117-2020): the mean of a subdomain's items at a level, the weighted sum of a level's
// subdomains, the levels up to the first one that is not satisfied.
#ifndef JIEBANG_SERVICES_MATURITY_DOMAIN_SCORING_H_
#define JIEBANG_SERVICES_MATURITY_DOMAIN_SCORING_H_

#include "jiebang/maturity/v1/assessment.pb.h"
#include "services/maturity/domain/answers.h"
#include "services/maturity/domain/scope.h"

namespace jiebang::maturity {

// Items without an answer count as not satisfied; answers to items that are not in the scope count nothing.
v1::Result Evaluate(const Scope& scope, const Answers& answers);

}  // namespace jiebang::maturity

#endif  // JIEBANG_SERVICES_MATURITY_DOMAIN_SCORING_H_
