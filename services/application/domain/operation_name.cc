#include "services/application/domain/operation_name.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/resource_name/resource_name.h"
#include "common/status/status_macros.h"
#include "common/token/digest.h"

namespace jiebang::application {
namespace {

constexpr std::size_t kOwnerCharacters = 16;

std::string OwnerOf(std::string_view subject) { return token::Sha256Hex(subject).substr(0, kOwnerCharacters); }

}  // namespace

absl::StatusOr<OperationName> OperationName::Parse(std::string_view text) {
  ASSIGN_OR_RETURN(const std::vector<std::string> ids, ParseResourceName("operations/{operation}", text));
  const std::size_t dot = ids[0].find('.');
  // One without an owner is nobody's, and is not found.
  if (dot == std::string::npos) return OperationName{.id = ids[0]};
  return OperationName{.owner = ids[0].substr(0, dot), .id = ids[0].substr(dot + 1)};
}

OperationName OperationName::Of(std::string_view subject, std::string id) {
  return {.owner = OwnerOf(subject), .id = std::move(id)};
}

bool OperationName::IsOf(std::string_view subject) const { return owner == OwnerOf(subject); }

std::string OperationName::ToString() const { return absl::StrCat("operations/", owner, ".", id); }

}  // namespace jiebang::application
