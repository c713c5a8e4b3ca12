// Rules about the number and the length of scenario instances (场景实例).
#ifndef JIEBANG_SERVICES_APPLICATION_DOMAIN_RULES_SCENARIOS_H_
#define JIEBANG_SERVICES_APPLICATION_DOMAIN_RULES_SCENARIOS_H_

#include "jiebang/programme/v1/rule.pb.h"
#include "services/application/domain/rules/case.h"

namespace jiebang::application::rules {

Breaches CheckScenarioInstances(const programme::v1::ScenarioInstances& rule, const Case& a_case);

}  // namespace jiebang::application::rules

#endif  // JIEBANG_SERVICES_APPLICATION_DOMAIN_RULES_SCENARIOS_H_
