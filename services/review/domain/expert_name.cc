#include "services/review/domain/expert_name.h"

#include <utility>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/resource_name/resource_name.h"
#include "common/status/status_macros.h"

namespace jiebang::review {

bool IsChosenId(std::string_view id) {
  const auto is_allowed = [](char c) { return absl::ascii_islower(c) || absl::ascii_isdigit(c) || c == '-'; };
  return !id.empty() && id.size() <= 63 && id != "-" && absl::c_all_of(id, is_allowed);
}

absl::StatusOr<ExpertName> ExpertName::Parse(std::string_view name, std::string_view field) {
  ASSIGN_OR_RETURN(std::vector<std::string> ids, ParseResourceName("experts/{expert}", name, field));
  return ExpertName(std::move(ids[0]));
}

std::string ExpertName::ToString() const { return absl::StrCat("experts/", id_); }

}  // namespace jiebang::review
