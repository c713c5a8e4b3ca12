// Who calls from outside: a bearer token becomes the signed principal that the services trust.
#ifndef JIEBANG_SERVICES_GATEWAY_IDENTITY_AUTHENTICATOR_H_
#define JIEBANG_SERVICES_GATEWAY_IDENTITY_AUTHENTICATOR_H_

#include <memory>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "common/token/bearer_token.h"
#include "common/token/principal_seal.h"
#include "services/gateway/identity/credentials.h"

namespace jiebang::gateway {

struct Caller {
  identity::v1::Principal principal;  // no roles: without credentials
  std::string sealed;                 // what goes to the services; empty: without credentials
};

// Thread-safe. Remembers the tokens that it has verified lately, because a signature costs more than a whole call.
class Authenticator {
 public:
  // `seal` outlives it.
  Authenticator(token::BearerVerifier verifier, const token::PrincipalSeal& seal);

  // The address goes to the services with the principal. UNAUTHENTICATED with the reason.
  absl::StatusOr<std::shared_ptr<const Caller>> Authenticate(const Credentials& credentials, absl::Time now);

 private:
  struct Remembered {
    std::shared_ptr<const Caller> caller;
    absl::Time until;
  };

  const token::BearerVerifier verifier_;
  const token::PrincipalSeal& seal_;
  const std::shared_ptr<const Caller> nobody_ = std::make_shared<Caller>();
  absl::Mutex mutex_;
  // By token and address: who stays where it is costs one signature in a while.
  absl::flat_hash_map<std::string, Remembered> remembered_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_IDENTITY_AUTHENTICATOR_H_
