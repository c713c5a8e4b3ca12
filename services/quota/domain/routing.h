// Through which unit an enterprise applies (推荐渠道).
#ifndef JIEBANG_SERVICES_QUOTA_DOMAIN_ROUTING_H_
#define JIEBANG_SERVICES_QUOTA_DOMAIN_ROUTING_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "common/programme/programme.h"
#include "jiebang/quota/v1/unit.pb.h"

namespace jiebang::quota {

// An enterprise as routes look at it.
struct RoutedEnterprise {
  std::string region_code;    // GB/T 2260, six digits
  std::string central_group;  // the unit id of its central-enterprise group; empty: none
};

struct Resolution {
  v1::Unit unit;
  std::string clause;
};

// The place that a unit answers for: as the programme names it, else as its record does. The Corps (兵团) has no code
// of its own in GB/T 2260: the 660000 by which statistics know it stands for 659000, under which the standard lists its
// cities.
std::string_view PlaceOf(const programme::Programme& programme, const v1::Unit& unit);

// The unit, of those that exist, to which the programme's first route that fits leads: an enterprise of a central group
// to its group; by place to the unit with the deepest place that holds the enterprise's. An empty track means the first
// that takes applications. NOT_FOUND TRACK_NOT_FOUND, NO_UNIT_FOR_PLACE, NO_UNIT_FOR_GROUP.
absl::StatusOr<Resolution> ResolveUnit(const programme::Programme& programme, const std::string& track,
                                       const std::vector<v1::Unit>& units, const RoutedEnterprise& enterprise);

}  // namespace jiebang::quota

#endif  // JIEBANG_SERVICES_QUOTA_DOMAIN_ROUTING_H_
