// Names of recommendation lists and quotas: what one unit has in one track of one programme.
#ifndef JIEBANG_SERVICES_QUOTA_DOMAIN_LIST_NAME_H_
#define JIEBANG_SERVICES_QUOTA_DOMAIN_LIST_NAME_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace jiebang::quota {

// A unit's place in a track, which has one list and one quota.
struct ListName {
  std::string programme;
  std::string unit;
  std::string track;

  // `programmes/{programme}/units/{unit}/tracks/{track}/recommendationList`.
  // INVALID_ARGUMENT RESOURCE_NAME_MALFORMED, naming the field `name`.
  static absl::StatusOr<ListName> Parse(std::string_view name);

  // The same for `programmes/{programme}/units/{unit}/tracks/{track}/quota`.
  static absl::StatusOr<ListName> ParseQuota(std::string_view name);

  // The same for the parent of lists, `programmes/{programme}/units/-/tracks/{track}`: the unit is empty.
  static absl::StatusOr<ListName> ParseParent(std::string_view parent);

  std::string ToString() const;  // the list's name
  std::string QuotaName() const;
};

}  // namespace jiebang::quota

#endif  // JIEBANG_SERVICES_QUOTA_DOMAIN_LIST_NAME_H_
