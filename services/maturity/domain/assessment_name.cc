#include "services/maturity/domain/assessment_name.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "common/resource_name/resource_name.h"
#include "common/status/status_macros.h"

namespace jiebang::maturity {

absl::StatusOr<ApplicantName> ApplicantName::Parse(std::string_view name, std::string_view field) {
  ASSIGN_OR_RETURN(std::vector<std::string> ids, ParseResourceName("applicants/{applicant}", name, field));
  return ApplicantName{.uscc = std::move(ids[0])};
}

std::string ApplicantName::ToString() const { return absl::StrCat("applicants/", uscc); }

absl::StatusOr<AssessmentName> AssessmentName::Parse(std::string_view name, std::string_view field) {
  ASSIGN_OR_RETURN(std::vector<std::string> ids,
                   ParseResourceName("applicants/{applicant}/assessments/{assessment}", name, field));
  return AssessmentName{.applicant = {.uscc = std::move(ids[0])}, .id = std::move(ids[1])};
}

std::string AssessmentName::ToString() const { return absl::StrCat(applicant.ToString(), "/assessments/", id); }

}  // namespace jiebang::maturity
