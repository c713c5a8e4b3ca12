#include "services/quota/domain/unit_name.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/resource_name/resource_name.h"
#include "common/status/status_macros.h"

namespace jiebang::quota {

absl::StatusOr<UnitName> UnitName::Parse(std::string_view name, std::string_view field) {
  ASSIGN_OR_RETURN(auto ids, ParseResourceName("units/{unit}", name, field));
  return UnitName{std::move(ids[0])};
}

std::string UnitName::ToString() const { return absl::StrCat("units/", id); }

bool IsUnitId(std::string_view id) {
  if (id.empty() || id.size() > 63 || id.front() == '-' || id.back() == '-') return false;
  return std::all_of(id.begin(), id.end(),
                     [](unsigned char c) { return absl::ascii_islower(c) || absl::ascii_isdigit(c) || c == '-'; });
}

}  // namespace jiebang::quota
