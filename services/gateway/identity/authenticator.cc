#include "services/gateway/identity/authenticator.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "common/errors/error.h"
#include "common/status/status_macros.h"

namespace jiebang::gateway {
namespace {

constexpr char kBearer[] = "Bearer ";
// What the services get is valid so long; and so long at most a token that was withdrawn is still believed here.
constexpr absl::Duration kSealValid = absl::Minutes(2);
constexpr absl::Duration kRemember = absl::Minutes(1);
constexpr std::size_t kMostRemembered = 100'000;
// Longer than any token of ours; what is longer is not looked into.
constexpr std::size_t kLongestToken = 4096;

absl::Status NoBearer() {
  return Refusal{.code = absl::StatusCode::kUnauthenticated,
                 .reason = "TOKEN_MALFORMED",
                 .en = "authorization must be \"Bearer <token>\"",
                 .zh = "authorization 须为 \"Bearer <令牌>\""}
      .ToStatus();
}

}  // namespace

Authenticator::Authenticator(token::BearerVerifier verifier, const token::PrincipalSeal& seal)
    : verifier_(std::move(verifier)), seal_(seal) {}

absl::StatusOr<std::shared_ptr<const Caller>> Authenticator::Authenticate(const Credentials& credentials,
                                                                          absl::Time now) {
  const std::string_view authorization = credentials.authorization;
  const std::string& address = credentials.address;
  if (authorization.empty()) return nobody_;
  if (authorization.size() > kLongestToken || authorization.substr(0, sizeof(kBearer) - 1) != kBearer)
    return NoBearer();
  const std::string_view token = authorization.substr(sizeof(kBearer) - 1);
  const std::string token_and_address = absl::StrCat(absl::string_view(token.data(), token.size()), "\n", address);
  {
    absl::MutexLock lock(&mutex_);
    const auto found = remembered_.find(token_and_address);
    if (found != remembered_.end() && now < found->second.until) return found->second.caller;
  }
  auto caller = std::make_shared<Caller>();
  ASSIGN_OR_RETURN(caller->principal, verifier_.Verify(token, now));
  const absl::Time expires = absl::FromUnixSeconds(caller->principal.expire_seconds());
  caller->principal.set_source_address(address);
  identity::v1::Principal sealed = caller->principal;
  sealed.set_expire_seconds(absl::ToUnixSeconds(std::min(expires, now + kSealValid)));
  caller->sealed = seal_.Seal(sealed);

  absl::MutexLock lock(&mutex_);
  // Forgetting all is simple and costs one verification a caller.
  if (remembered_.size() >= kMostRemembered) remembered_.clear();
  remembered_.insert_or_assign(token_and_address, Remembered{caller, std::min(expires, now + kRemember)});
  return caller;
}

}  // namespace jiebang::gateway
