#include "tests/storm/callers.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/status/status_macros.h"
#include "common/token/bearer_token.h"
#include "tests/bench/invented_uscc.h"

namespace jiebang::storm {
namespace {

absl::StatusOr<std::string> Authorization(identity::v1::Claims claims, const token::SigningKey& key) {
  claims.set_iss("jiebang");
  claims.set_aud(token::kAudience);
  claims.set_iat(absl::ToUnixSeconds(absl::Now()));
  claims.set_exp(absl::ToUnixSeconds(absl::Now() + absl::Hours(12)));
  ASSIGN_OR_RETURN(const std::string token, token::SignBearer(claims, key));
  return absl::StrCat("Bearer ", token);
}

}  // namespace

absl::StatusOr<std::vector<Enterprise>> InventEnterprises(int number, const World& world,
                                                          const token::SigningKey& key) {
  std::vector<Enterprise> enterprises;
  for (int i = 0; i < number; ++i) {
    Enterprise enterprise{.uscc = bench::InventedUscc(i)};
    identity::v1::Claims claims;
    claims.set_sub(absl::StrCat("applicant-", enterprise.uscc));
    claims.add_roles("applicant");
    claims.set_uscc(enterprise.uscc);
    ASSIGN_OR_RETURN(enterprise.authorization, Authorization(std::move(claims), key));
    enterprise.application = absl::StrCat("programmes/", world.programme, "/units/", world.unit, "/applicants/",
                                          enterprise.uscc, "/applications/storm");
    enterprises.push_back(std::move(enterprise));
  }
  return enterprises;
}

absl::StatusOr<std::string> MinistryAuthorization(const token::SigningKey& key) {
  identity::v1::Claims claims;
  claims.set_sub("ministry");
  claims.add_roles("ministry");
  return Authorization(std::move(claims), key);
}

}  // namespace jiebang::storm
