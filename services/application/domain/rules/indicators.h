// Rules about the indicators that an application reports.
#ifndef JIEBANG_SERVICES_APPLICATION_DOMAIN_RULES_INDICATORS_H_
#define JIEBANG_SERVICES_APPLICATION_DOMAIN_RULES_INDICATORS_H_

#include "jiebang/programme/v1/rule.pb.h"
#include "services/application/domain/rules/case.h"

namespace jiebang::application::rules {

// A value that the list of indicators does not find plausible is a breach that can be explained.
Breaches CheckIndicators(const programme::v1::IndicatorReport& rule, const Case& a_case);

}  // namespace jiebang::application::rules

#endif  // JIEBANG_SERVICES_APPLICATION_DOMAIN_RULES_INDICATORS_H_
