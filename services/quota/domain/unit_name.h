// Names of recommending units.
#ifndef JIEBANG_SERVICES_QUOTA_DOMAIN_UNIT_NAME_H_
#define JIEBANG_SERVICES_QUOTA_DOMAIN_UNIT_NAME_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace jiebang::quota {

// `units/{unit}`
struct UnitName {
  std::string id;

  // INVALID_ARGUMENT RESOURCE_NAME_MALFORMED, naming `field`.
  static absl::StatusOr<UnitName> Parse(std::string_view name, std::string_view field = "name");

  std::string ToString() const;
};

// True for what a new unit may be called: 1 to 63 of `a-z0-9-`, no hyphen at either end.
bool IsUnitId(std::string_view id);

}  // namespace jiebang::quota

#endif  // JIEBANG_SERVICES_QUOTA_DOMAIN_UNIT_NAME_H_
