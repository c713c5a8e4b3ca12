// gRPC reflection for the whole suite: one place that shows all services, though the gateway itself implements none of
// them.
#ifndef JIEBANG_SERVICES_GATEWAY_GRPC_REFLECTION_H_
#define JIEBANG_SERVICES_GATEWAY_GRPC_REFLECTION_H_

#include <string>
#include <vector>

#include "grpc/reflection/v1/reflection.pb.h"

namespace jiebang::gateway {

// v1 and v1alpha are the same on the wire.
inline constexpr char kReflectionV1[] = "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo";
inline constexpr char kReflectionV1Alpha[] = "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo";

// Answers one request of the stream, from the contracts that are linked in. `services`: the full names to list.
grpc::reflection::v1::ServerReflectionResponse Reflect(const grpc::reflection::v1::ServerReflectionRequest& request,
                                                       const std::vector<std::string>& services);

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_GRPC_REFLECTION_H_
