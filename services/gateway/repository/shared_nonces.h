// The memory of nonces that all gateways of a suite share.
#ifndef JIEBANG_SERVICES_GATEWAY_REPOSITORY_SHARED_NONCES_H_
#define JIEBANG_SERVICES_GATEWAY_REPOSITORY_SHARED_NONCES_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "services/gateway/identity/nonces.h"

namespace jiebang::gateway {

// `location`: a Redis as --store of a service names it, e.g. redis://redis.internal/gateway. A Redis that is away makes
// Nonces::Use answer NONCE_MEMORY_AWAY. INVALID_ARGUMENT for another location; FAILED_PRECONDITION as store::Once.
absl::StatusOr<std::unique_ptr<Nonces>> OpenSharedNonces(const std::string& location);

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_REPOSITORY_SHARED_NONCES_H_
