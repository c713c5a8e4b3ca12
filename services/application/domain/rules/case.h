// What every kind of rule is judged by, and what it answers with.
#ifndef JIEBANG_SERVICES_APPLICATION_DOMAIN_RULES_CASE_H_
#define JIEBANG_SERVICES_APPLICATION_DOMAIN_RULES_CASE_H_

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "common/programme/programme.h"
#include "jiebang/application/v1/application.pb.h"
#include "services/application/domain/facts.h"

namespace jiebang::application::rules {

// An application at the moment of its filing.
struct Case {
  const v1::Application& application;
  const Facts& facts;
  const programme::Programme& programme;
  const programme::v1::Track& track;
  absl::Time now;
};

// One thing that is not as the rule asks. `field` is a path in the application, e.g.
// `scenario_instances[2].description`.
struct Breach {
  std::string field;
  std::string zh;
  std::string en;
  bool is_in_principle = false;  // may be explained, whatever the rule's own strength
};

using Breaches = std::vector<Breach>;

}  // namespace jiebang::application::rules

#endif  // JIEBANG_SERVICES_APPLICATION_DOMAIN_RULES_CASE_H_
