// The names of what the maturity service keeps.
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

// applicants/{applicant}/assessments/{assessment}/attachments/{attachment}
struct AttachmentName {
  AssessmentName assessment;
  std::string id;

  static absl::StatusOr<AttachmentName> Parse(std::string_view name, std::string_view field);
  std::string ToString() const;
};

// applicants/{applicant}/objects/{object}
struct ObjectName {
  ApplicantName applicant;
  std::string id;

  static absl::StatusOr<ObjectName> Parse(std::string_view name, std::string_view field);
  std::string ToString() const;
};

// applicants/{applicant}/objects/{object}/kpiReports/{year}
struct KpiReportName {
  ObjectName object;
  int year = 0;  // 2000 to 2099

  static absl::StatusOr<KpiReportName> Parse(std::string_view name, std::string_view field);
  std::string ToString() const;
};

// programmes/{programme}/indicatorLists/{list}
struct IndicatorListName {
  std::string programme;
  std::string list;

  static absl::StatusOr<IndicatorListName> Parse(std::string_view name, std::string_view field);
  std::string ToString() const;
};

}  // namespace jiebang::maturity

#endif  // JIEBANG_SERVICES_MATURITY_DOMAIN_ASSESSMENT_NAME_H_
