// The resource names of an assignment and of the expert in a round whom assignments belong to.
#ifndef JIEBANG_SERVICES_REVIEW_DOMAIN_ASSIGNMENT_NAME_H_
#define JIEBANG_SERVICES_REVIEW_DOMAIN_ASSIGNMENT_NAME_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "services/review/domain/round_name.h"

namespace jiebang::review {

// `programmes/{programme}/tracks/{track}/rounds/{round}/experts/{expert}`; `-` for the expert: all of the round.
struct ReviewerName {
  // INVALID_ARGUMENT RESOURCE_NAME_MALFORMED.
  static absl::StatusOr<ReviewerName> Parse(std::string_view name, std::string_view field = "parent");

  std::string ToString() const;
  bool IsEverybody() const { return expert == "-"; }

  RoundName round;
  std::string expert;
};

// `{reviewer}/assignments/{candidate id}`.
struct AssignmentName {
  // INVALID_ARGUMENT RESOURCE_NAME_MALFORMED.
  static absl::StatusOr<AssignmentName> Parse(std::string_view name, std::string_view field = "name");

  std::string ToString() const;

  ReviewerName reviewer;
  std::string candidate;
};

}  // namespace jiebang::review

#endif  // JIEBANG_SERVICES_REVIEW_DOMAIN_ASSIGNMENT_NAME_H_
