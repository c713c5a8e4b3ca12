#include "services/quota/domain/unit_changes.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "absl/strings/ascii.h"
#include "common/clock/timestamp.h"
#include "common/field_mask/field_mask.h"
#include "common/status/status_macros.h"
#include "services/quota/domain/errors.h"
#include "services/quota/domain/unit_name.h"

namespace jiebang::quota {
namespace {

constexpr std::string_view kChangeable[] = {"display_name", "aliases", "attributes"};

// As programmes write attributes in their conditions.
bool IsAttributeName(std::string_view name) {
  return !name.empty() && name.size() <= 63 && absl::ascii_islower(static_cast<unsigned char>(name[0])) &&
         std::all_of(name.begin(), name.end(),
                     [](unsigned char c) { return absl::ascii_islower(c) || absl::ascii_isdigit(c) || c == '_'; });
}

absl::Status CheckAttributes(const v1::Unit& unit) {
  for (const auto& [name, value] : unit.attributes()) {
    if (!IsAttributeName(name)) return AttributeMalformed(name);
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<v1::Unit> NewUnit(v1::Unit unit, absl::Time now) {
  const absl::StatusOr<UnitName> name = UnitName::Parse(unit.name(), "unit.name");
  if (!name.ok() || !IsUnitId(name->id)) return UnitNameMalformed();
  if (unit.parent() == unit.name()) return ParentIsUnitItself(unit.name());
  RETURN_IF_ERROR(CheckAttributes(unit));
  *unit.mutable_create_time() = ToTimestamp(now);
  *unit.mutable_update_time() = ToTimestamp(now);
  return unit;
}

absl::StatusOr<v1::Unit> ChangedUnit(v1::Unit present, const v1::Unit& wanted, const google::protobuf::FieldMask& mask,
                                     absl::Time now) {
  RETURN_IF_ERROR(CheckAttributes(wanted));
  RETURN_IF_ERROR(ApplyFieldMask(mask, kChangeable, wanted, present));
  if (present.display_name().empty()) return DisplayNameMissing();
  *present.mutable_update_time() = ToTimestamp(now);
  return present;
}

}  // namespace jiebang::quota
