// What rules ask that does not stand in the application itself: facts of the applicant, and of other services.
#ifndef JIEBANG_SERVICES_APPLICATION_DOMAIN_FACTS_H_
#define JIEBANG_SERVICES_APPLICATION_DOMAIN_FACTS_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "common/programme/programme.h"
#include "jiebang/application/v1/application.pb.h"

namespace jiebang::application {

// "Does the applicant hold this level by a submitted assessment that is recent enough?"
struct MaturityQuestion {
  std::string rule;  // whose question it is
  std::string model;
  int least_level = 0;
  int max_age_months = 0;  // 0: any age
  std::string assessment;  // the full name of the only one that counts; empty: any

  friend bool operator==(const MaturityQuestion&, const MaturityQuestion&) = default;
};

struct MaturityAnswer {
  bool is_satisfied = false;
  int level = 0;  // the best that counts; 0: below the first, or none
};

// A title that the applicant holds, as a public list gave it.
struct Honour {
  std::string title;
  int year = 0;
  programme::v1::HonourState state = programme::v1::HONOUR_STATE_LISTED;
  absl::Time valid_until = absl::InfiniteFuture();
  std::string list_title_zh;
};

// The recommending unit that the programme sends the applicant to.
struct RoutedUnit {
  std::string id;
  std::string name_zh;
};

// Another application that the same applicant has on file (submitted) through the same unit.
struct OtherApplication {
  std::string id;
  std::string track;
};

// Which of the facts below the rules of a track ask for; the others need not be gathered.
struct FactsNeeded {
  std::vector<MaturityQuestion> maturity;
  bool honours = false;
  bool others = false;
};

struct Facts {
  v1::Applicant applicant;
  std::map<std::string, MaturityAnswer> maturity;  // by the rule that asks
  std::vector<Honour> honours;
  std::optional<RoutedUnit> unit;  // absent: the programme has none for the applicant's place
  std::vector<OtherApplication> others;
};

// What must be asked before Violations can judge the application.
FactsNeeded NeededFacts(const v1::Application& application, const programme::Programme& programme);

}  // namespace jiebang::application

#endif  // JIEBANG_SERVICES_APPLICATION_DOMAIN_FACTS_H_
