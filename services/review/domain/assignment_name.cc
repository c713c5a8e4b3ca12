#include "services/review/domain/assignment_name.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/errors/error.h"
#include "common/resource_name/resource_name.h"
#include "common/status/status_macros.h"

namespace jiebang::review {
namespace {

constexpr char kReviewer[] = "programmes/{programme}/tracks/{track}/rounds/{round}/experts/{expert}";
constexpr char kAssignments[] = "/assignments/";

}  // namespace

absl::StatusOr<ReviewerName> ReviewerName::Parse(std::string_view name, std::string_view field) {
  ASSIGN_OR_RETURN(std::vector<std::string> ids, ParseResourceName(kReviewer, name, field, /*wildcards=*/true));
  return ReviewerName{
      .round = {.track = {.programme = std::move(ids[0]), .track = std::move(ids[1])}, .id = std::move(ids[2])},
      .expert = std::move(ids[3])};
}

std::string ReviewerName::ToString() const { return absl::StrCat(round.ToString(), "/experts/", expert); }

absl::StatusOr<AssignmentName> AssignmentName::Parse(std::string_view name, std::string_view field) {
  // The last id is a candidate's, which a unit's id and four more characters make: it may be longer than other ids.
  const std::size_t cut = name.rfind(kAssignments);
  const std::string_view candidate = cut == name.npos ? "" : name.substr(cut + sizeof(kAssignments) - 1);
  if (candidate.empty() || candidate.find('/') != candidate.npos) {
    const std::string at(field);
    return MalformedField(at, absl::StrCat(at, " must be ", kReviewer, "/assignments/{assignment}"),
                          absl::StrCat(at, " 应为 ", kReviewer, "/assignments/{assignment}"),
                          "RESOURCE_NAME_MALFORMED");
  }
  // Without wildcards: an assignment is one expert's.
  RETURN_IF_ERROR(ParseResourceName(kReviewer, name.substr(0, cut), field).status());
  ASSIGN_OR_RETURN(ReviewerName reviewer, ReviewerName::Parse(name.substr(0, cut), field));
  return AssignmentName{.reviewer = std::move(reviewer), .candidate = std::string(candidate)};
}

std::string AssignmentName::ToString() const { return absl::StrCat(reviewer.ToString(), kAssignments, candidate); }

}  // namespace jiebang::review
