// What the gateway believes at one moment: whose tokens, and who is registered.
#ifndef JIEBANG_SERVICES_GATEWAY_IDENTITY_TRUST_H_
#define JIEBANG_SERVICES_GATEWAY_IDENTITY_TRUST_H_

#include <memory>
#include <string>

#include "common/token/bearer_token.h"
#include "services/gateway/identity/registry.h"

namespace jiebang::gateway {

// Immutable; replaced as a whole.
struct Trust {
  token::BearerVerifier tokens;
  std::shared_ptr<const Registry> registry = std::make_shared<const Registry>();
  std::string own_issuer = {};  // of the tokens that this gateway gives out; empty: it gives none
};

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_IDENTITY_TRUST_H_
