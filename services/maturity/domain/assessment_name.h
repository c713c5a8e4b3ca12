// The names of assessments.
#ifndef JIEBANG_SERVICES_MATURITY_DOMAIN_ASSESSMENT_NAME_H_
#define JIEBANG_SERVICES_MATURITY_DOMAIN_ASSESSMENT_NAME_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace jiebang::maturity {

// applicants/{applicant}
struct ApplicantName {
  std::string uscc;

  static absl::StatusOr<ApplicantName> Parse(std::string_view name, std::string_view field);
  std::string ToString() const;

  friend bool operator==(const ApplicantName&, const ApplicantName&) = default;
};

// applicants/{applicant}/assessments/{assessment}
struct AssessmentName {
  ApplicantName applicant;
  std::string id;

  static absl::StatusOr<AssessmentName> Parse(std::string_view name, std::string_view field);
  std::string ToString() const;
};

}  // namespace jiebang::maturity

#endif  // JIEBANG_SERVICES_MATURITY_DOMAIN_ASSESSMENT_NAME_H_
