#include "services/gateway/identity/authenticator.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "services/gateway/identity/identity_errors.h"

namespace jiebang::gateway {
namespace {

// What the services get is valid so long.
constexpr absl::Duration kSealValid = absl::Minutes(2);
constexpr absl::Duration kRemember = absl::Minutes(1);
constexpr std::size_t kMostRemembered = 100'000;
// Longer than any token of ours; what is longer is not looked into.
constexpr std::size_t kLongestToken = 8192 + 64;
// "applicants/" and a code.
constexpr std::size_t kLongestOnBehalfOf = 64;

}  // namespace

Authenticator::Authenticator(std::shared_ptr<const Trust> trust, const token::PrincipalSeal& seal)
    : Authenticator(std::move(trust), seal, std::make_unique<NonceMemory>()) {}

Authenticator::Authenticator(token::BearerVerifier tokens, const token::PrincipalSeal& seal)
    : Authenticator(std::make_shared<const Trust>(Trust{.tokens = std::move(tokens)}), seal) {}

Authenticator::Authenticator(std::shared_ptr<const Trust> trust, const token::PrincipalSeal& seal,
                             std::unique_ptr<Nonces> nonces)
    : seal_(seal), nonces_(std::move(nonces)), trust_(std::move(trust)) {}

absl::StatusOr<std::shared_ptr<const Caller>> Authenticator::Authenticate(const Credentials& credentials,
                                                                          absl::Time now) {
  if (credentials.signed_request) return SignedRequestsNotHere();
  const bool has_token = !credentials.authorization.empty();
  const std::string& shown = has_token ? credentials.authorization : credentials.client_certificate;
  if (shown.empty()) {
    if (!credentials.on_behalf_of.empty()) return CallerOf({}, credentials, now);
    return nobody_;
  }
  if (has_token && shown.size() > kLongestToken) return NoBearer();
  if (credentials.on_behalf_of.size() > kLongestOnBehalfOf) return OnBehalfOfMalformed();
  // The address is ours and has no line feed, so no two credentials have the same key.
  const std::string key = absl::StrCat(credentials.address, "\n", credentials.on_behalf_of.size(),
                                       has_token ? "t" : "c", credentials.on_behalf_of, shown);
  std::shared_ptr<const Trust> trust;
  {
    absl::MutexLock lock(&mutex_);
    const auto found = remembered_.find(key);
    if (found != remembered_.end() && now < found->second.until) return found->second.caller;
    trust = trust_;
  }
  absl::StatusOr<Proof> proof = has_token ? ProveByToken(*trust, shown, now) : ProveByCertificate(*trust, shown, now);
  if (!proof.ok()) return proof.status();
  const absl::Time until = std::min(proof->until, now + kRemember);
  std::shared_ptr<const Caller> caller = CallerOf(*std::move(proof), credentials, now);

  absl::MutexLock lock(&mutex_);
  if (trust_ != trust) return caller;  // what is believed has changed meanwhile
  // Forgetting all is simple and costs one verification a caller.
  if (remembered_.size() >= kMostRemembered) remembered_.clear();
  remembered_.insert_or_assign(key, Remembered{caller, until});
  return caller;
}

Task<absl::StatusOr<std::shared_ptr<const Caller>>> Authenticator::AuthenticateSigned(Credentials credentials,
                                                                                      absl::Time now) {
  if (!credentials.signed_request) co_return Authenticate(credentials, now);
  if (!credentials.authorization.empty()) co_return CredentialsAmbiguous();
  const SignedRequest& request = *credentials.signed_request;
  absl::StatusOr<Proof> proof = ProveBySignature(*trust(), request, credentials.on_behalf_of, now);
  if (!proof.ok()) co_return proof.status();
  // Last, so that nobody can use up somebody else's nonces.
  const absl::Status unused = co_await nonces_->Use(request.key_id, request.nonce, now);
  if (!unused.ok()) co_return unused;
  co_return CallerOf(*std::move(proof), credentials, now);
}

void Authenticator::Use(std::shared_ptr<const Trust> trust) {
  absl::MutexLock lock(&mutex_);
  trust_ = std::move(trust);
  remembered_.clear();
}

std::shared_ptr<const Trust> Authenticator::trust() const {
  absl::MutexLock lock(&mutex_);
  return trust_;
}

bool Authenticator::IsWithdrawn(const Caller& caller) const { return trust()->registry->IsWithdrawn(caller.evidence); }

std::shared_ptr<const Caller> Authenticator::CallerOf(Proof proof, const Credentials& credentials,
                                                      absl::Time now) const {
  auto caller = std::make_shared<Caller>();
  caller->principal = std::move(proof.principal);
  caller->evidence = std::move(proof.evidence);
  caller->principal.set_source_address(credentials.address);
  if (!credentials.on_behalf_of.empty()) {
    caller->may_act = ActFor(credentials.on_behalf_of, proof.platform.get(), caller->principal);
    if (!caller->may_act.ok()) caller->principal.clear_roles();
  }
  if (caller->principal.roles().empty()) return caller;
  identity::v1::Principal sealed = caller->principal;
  sealed.set_expire_seconds(absl::ToUnixSeconds(std::min(proof.until, now + kSealValid)));
  caller->sealed = seal_.Seal(sealed);
  return caller;
}

}  // namespace jiebang::gateway
