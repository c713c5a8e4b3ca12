// Whether services serve, by gRPC's health protocol.
#ifndef JIEBANG_SERVICES_GATEWAY_DOOR_BACKEND_HEALTH_H_
#define JIEBANG_SERVICES_GATEWAY_DOOR_BACKEND_HEALTH_H_

#include <string_view>
#include <vector>

#include "common/async/task.h"
#include "services/gateway/routing/routes.h"

namespace jiebang::gateway {

inline constexpr char kHealthCheck[] = "/grpc.health.v1.Health/Check";

enum class Health { kServing, kNotServing, kUnknownService };

// How the named service is, "" for all together. Asks all at once, because a suite that is busy answers each of them
// late; who does not answer within a second does not serve. On a gRPC loop.
Task<Health> HealthOf(const std::vector<Backend>& backends, std::string_view service);

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_DOOR_BACKEND_HEALTH_H_
