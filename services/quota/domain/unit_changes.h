// What a unit may be when it is created, and what of it may change.
#ifndef JIEBANG_SERVICES_QUOTA_DOMAIN_UNIT_CHANGES_H_
#define JIEBANG_SERVICES_QUOTA_DOMAIN_UNIT_CHANGES_H_

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "google/protobuf/field_mask.pb.h"
#include "jiebang/quota/v1/unit.pb.h"

namespace jiebang::quota {

// The new unit as it begins. Whether its parent is there is the caller's to find out. INVALID_ARGUMENT:
// RESOURCE_NAME_MALFORMED, PARENT_CYCLE, ATTRIBUTE_MALFORMED. A unit's parent never changes, so being one's own parent
// is the only cycle that there can be.
absl::StatusOr<v1::Unit> NewUnit(v1::Unit unit, absl::Time now);

// `present` with the fields of the mask taken from `wanted`; an empty mask means those that are set in it.
// INVALID_ARGUMENT: FIELD_MASK_MALFORMED, ATTRIBUTE_MALFORMED, DISPLAY_NAME_MISSING.
absl::StatusOr<v1::Unit> ChangedUnit(v1::Unit present, const v1::Unit& wanted, const google::protobuf::FieldMask& mask,
                                     absl::Time now);

}  // namespace jiebang::quota

#endif  // JIEBANG_SERVICES_QUOTA_DOMAIN_UNIT_CHANGES_H_
