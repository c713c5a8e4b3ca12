#include "common/rpc/on_behalf.h"

#include "absl/strings/str_cat.h"

namespace jiebang::rpc {

std::string OnBehalfOf(const identity::v1::Principal& principal) {
  if (!principal.acting_platform().empty()) return absl::StrCat("applicants/", principal.uscc());
  return principal.on_behalf_of();
}

std::string ChainOf(const identity::v1::Principal& principal) {
  const std::string on_behalf_of = OnBehalfOf(principal);
  return on_behalf_of.empty() ? principal.subject() : absl::StrCat(principal.subject(), " for ", on_behalf_of);
}

}  // namespace jiebang::rpc
