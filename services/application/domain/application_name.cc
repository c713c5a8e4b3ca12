#include "services/application/domain/application_name.h"

#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/errors/error.h"
#include "common/resource_name/resource_name.h"
#include "common/status/status_macros.h"

namespace jiebang::application {
namespace {

constexpr char kParent[] = "programmes/{programme}/units/{unit}/applicants/{applicant}";
constexpr char kApplication[] = "programmes/{programme}/units/{unit}/applicants/{applicant}/applications/{application}";
constexpr char kRevision[] =
    "programmes/{programme}/units/{unit}/applicants/{applicant}/applications/{application}/revisions/{revision}";

absl::Status NotWithin(const char* pattern) {
  return MalformedField("parent", absl::StrCat("The parent must be `", pattern, "` with the id of a programme."),
                        absl::StrCat("上级名称应为“", pattern, "”，并须写明行动"), "RESOURCE_NAME_MALFORMED");
}

}  // namespace

absl::StatusOr<ApplicantName> ApplicantName::Parse(std::string_view text, std::string_view field) {
  ASSIGN_OR_RETURN(const std::vector<std::string> ids, ParseResourceName("applicants/{applicant}", text, field));
  return ApplicantName{ids[0]};
}

std::string ApplicantName::ToString() const { return absl::StrCat("applicants/", uscc); }

absl::StatusOr<ApplicationParent> ApplicationParent::Parse(std::string_view text) {
  ASSIGN_OR_RETURN(const std::vector<std::string> ids, ParseResourceName(kParent, text, "parent"));
  return ApplicationParent{ids[0], ids[1], ids[2]};
}

absl::StatusOr<ApplicationParent> ApplicationParent::ParseWithWildcards(std::string_view text) {
  ASSIGN_OR_RETURN(const std::vector<std::string> ids, ParseResourceName(kParent, text, "parent", true));
  if (ids[0] == "-") return NotWithin(kParent);
  return ApplicationParent{ids[0], ids[1], ids[2]};
}

std::string ApplicationParent::ToString() const {
  return absl::StrCat("programmes/", programme, "/units/", unit, "/applicants/", uscc);
}

absl::StatusOr<ApplicationName> ApplicationName::Parse(std::string_view text, std::string_view field) {
  ASSIGN_OR_RETURN(const std::vector<std::string> ids, ParseResourceName(kApplication, text, field));
  return ApplicationName{{ids[0], ids[1], ids[2]}, ids[3]};
}

std::string ApplicationName::ToString() const { return absl::StrCat(parent.ToString(), "/applications/", application); }

absl::StatusOr<RevisionName> RevisionName::Parse(std::string_view text) {
  ASSIGN_OR_RETURN(const std::vector<std::string> ids, ParseResourceName(kRevision, text));
  int number = 0;
  if (!absl::SimpleAtoi(ids[4], &number) || number < 1 || absl::StrCat(number) != ids[4]) {
    return MalformedField("name", absl::StrCat("`", ids[4], "` is no number of a revision: 1, 2, 3, ..."),
                          absl::StrCat("“", ids[4], "”不是版本号（1、2、3……）"), "RESOURCE_NAME_MALFORMED");
  }
  return RevisionName{{{ids[0], ids[1], ids[2]}, ids[3]}, number};
}

std::string RevisionName::ToString() const { return absl::StrCat(application.ToString(), "/revisions/", number); }

}  // namespace jiebang::application
