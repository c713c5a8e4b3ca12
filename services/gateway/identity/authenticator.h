// Who calls from outside: what a caller brought becomes the signed principal that the services trust.
#ifndef JIEBANG_SERVICES_GATEWAY_IDENTITY_AUTHENTICATOR_H_
#define JIEBANG_SERVICES_GATEWAY_IDENTITY_AUTHENTICATOR_H_

#include <memory>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "common/async/task.h"
#include "common/token/bearer_token.h"
#include "common/token/principal_seal.h"
#include "services/gateway/identity/credentials.h"
#include "services/gateway/identity/nonces.h"
#include "services/gateway/identity/proof.h"
#include "services/gateway/identity/trust.h"

namespace jiebang::gateway {

struct Caller {
  identity::v1::Principal principal;  // no roles: without credentials, or may_act is not OK
  std::string sealed;                 // what goes to the services; empty: no roles
  // Why not, for somebody who is believed and may not act for whom it names: PERMISSION_DENIED
  // ON_BEHALF_OF_NOT_ALLOWED, NOT_IN_REGION. Apart from "who are you", so that the trail can name who tried.
  absl::Status may_act;
  Evidence evidence;
};

// Thread-safe. Remembers whom it has verified lately, because a signature costs more than a whole call.
class Authenticator {
 public:
  // `seal` outlives it. Remembers nonces in this process.
  Authenticator(std::shared_ptr<const Trust> trust, const token::PrincipalSeal& seal);
  Authenticator(token::BearerVerifier tokens, const token::PrincipalSeal& seal);
  // `nonces`: a memory that several gateways share.
  Authenticator(std::shared_ptr<const Trust> trust, const token::PrincipalSeal& seal, std::unique_ptr<Nonces> nonces);

  // By a bearer token, or without one by a client certificate. The address goes to the services with the principal.
  // UNAUTHENTICATED with the reason, also for a signed request; INVALID_ARGUMENT ON_BEHALF_OF_MALFORMED.
  absl::StatusOr<std::shared_ptr<const Caller>> Authenticate(const Credentials& credentials, absl::Time now);

  // By a signed request, which uses up its nonce. Asks a memory that may be on another machine, hence a task.
  // UNAUTHENTICATED with the reason; UNAVAILABLE NONCE_MEMORY_AWAY; INVALID_ARGUMENT.
  Task<absl::StatusOr<std::shared_ptr<const Caller>>> AuthenticateSigned(Credentials credentials, absl::Time now);

  // From now on this is believed, and nobody is remembered.
  void Use(std::shared_ptr<const Trust> trust);
  std::shared_ptr<const Trust> trust() const;

  // Whether a caller of before would not be believed any more; for calls that go on.
  bool IsWithdrawn(const Caller& caller) const;

 private:
  struct Remembered {
    std::shared_ptr<const Caller> caller;
    absl::Time until;
  };

  std::shared_ptr<const Caller> CallerOf(Proof proof, const Credentials& credentials, absl::Time now) const;

  const token::PrincipalSeal& seal_;
  const std::unique_ptr<Nonces> nonces_;
  const std::shared_ptr<const Caller> nobody_ = std::make_shared<Caller>();
  mutable absl::Mutex mutex_;
  std::shared_ptr<const Trust> trust_ ABSL_GUARDED_BY(mutex_);
  // By address, by for whom and by what was shown: who stays where it is costs one signature in a while.
  absl::flat_hash_map<std::string, Remembered> remembered_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_IDENTITY_AUTHENTICATOR_H_
