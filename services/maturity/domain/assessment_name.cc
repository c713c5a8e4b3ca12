#include "services/maturity/domain/assessment_name.h"

#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/errors/error.h"
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

absl::StatusOr<AttachmentName> AttachmentName::Parse(std::string_view name, std::string_view field) {
  ASSIGN_OR_RETURN(
      std::vector<std::string> ids,
      ParseResourceName("applicants/{applicant}/assessments/{assessment}/attachments/{attachment}", name, field));
  return AttachmentName{.assessment = {.applicant = {.uscc = std::move(ids[0])}, .id = std::move(ids[1])},
                        .id = std::move(ids[2])};
}

std::string AttachmentName::ToString() const { return absl::StrCat(assessment.ToString(), "/attachments/", id); }

absl::StatusOr<ObjectName> ObjectName::Parse(std::string_view name, std::string_view field) {
  ASSIGN_OR_RETURN(std::vector<std::string> ids,
                   ParseResourceName("applicants/{applicant}/objects/{object}", name, field));
  return ObjectName{.applicant = {.uscc = std::move(ids[0])}, .id = std::move(ids[1])};
}

std::string ObjectName::ToString() const { return absl::StrCat(applicant.ToString(), "/objects/", id); }

absl::StatusOr<KpiReportName> KpiReportName::Parse(std::string_view name, std::string_view field) {
  ASSIGN_OR_RETURN(std::vector<std::string> ids,
                   ParseResourceName("applicants/{applicant}/objects/{object}/kpiReports/{year}", name, field));
  const std::string& digits = ids[2];
  int year = 0;
  if (digits.size() != 4 || !absl::SimpleAtoi(digits, &year) || year < 2000 || year > 2099) {
    return MalformedField(std::string(field), "the year is not 2000 to 2099", "年份不在 2000 至 2099 之间",
                          "YEAR_INVALID");
  }
  return KpiReportName{.object = {.applicant = {.uscc = std::move(ids[0])}, .id = std::move(ids[1])}, .year = year};
}

std::string KpiReportName::ToString() const { return absl::StrCat(object.ToString(), "/kpiReports/", year); }

absl::StatusOr<IndicatorListName> IndicatorListName::Parse(std::string_view name, std::string_view field) {
  ASSIGN_OR_RETURN(std::vector<std::string> ids,
                   ParseResourceName("programmes/{programme}/indicatorLists/{list}", name, field));
  return IndicatorListName{.programme = std::move(ids[0]), .list = std::move(ids[1])};
}

std::string IndicatorListName::ToString() const {
  return absl::StrCat("programmes/", programme, "/indicatorLists/", list);
}

}  // namespace jiebang::maturity
