#include "services/quota/domain/list_name.h"

#include "absl/strings/str_cat.h"
#include "common/resource_name/resource_name.h"
#include "common/status/status_macros.h"

namespace jiebang::quota {
namespace {

absl::StatusOr<ListName> ParseAs(std::string_view pattern, std::string_view name) {
  ASSIGN_OR_RETURN(auto ids, ParseResourceName(pattern, name));
  return ListName{std::move(ids[0]), std::move(ids[1]), std::move(ids[2])};
}

std::string Place(const ListName& name) {
  return absl::StrCat("programmes/", name.programme, "/units/", name.unit, "/tracks/", name.track);
}

}  // namespace

absl::StatusOr<ListName> ListName::Parse(std::string_view name) {
  return ParseAs("programmes/{programme}/units/{unit}/tracks/{track}/recommendationList", name);
}

absl::StatusOr<ListName> ListName::ParseQuota(std::string_view name) {
  return ParseAs("programmes/{programme}/units/{unit}/tracks/{track}/quota", name);
}

absl::StatusOr<ListName> ListName::ParseParent(std::string_view parent) {
  ASSIGN_OR_RETURN(auto ids, ParseResourceName("programmes/{programme}/units/-/tracks/{track}", parent, "parent"));
  return ListName{.programme = std::move(ids[0]), .track = std::move(ids[1])};
}

std::string ListName::ToString() const { return absl::StrCat(Place(*this), "/recommendationList"); }
std::string ListName::QuotaName() const { return absl::StrCat(Place(*this), "/quota"); }

}  // namespace jiebang::quota
