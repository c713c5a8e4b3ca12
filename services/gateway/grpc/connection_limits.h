// What the gRPC port takes from one connection, and from all of them.
#ifndef JIEBANG_SERVICES_GATEWAY_GRPC_CONNECTION_LIMITS_H_
#define JIEBANG_SERVICES_GATEWAY_GRPC_CONNECTION_LIMITS_H_

#include <cstddef>

#include "absl/time/time.h"
#include "grpcpp/server_builder.h"

namespace jiebang::gateway {

struct ConnectionLimits {
  int most_calls = 128;  // at once on one connection, streams among them; further ones wait in the client
  absl::Duration longest_handshake = absl::Seconds(10);
  absl::Duration longest_idle = absl::Minutes(5);
  // Then it is asked to go, so that callers find gateways that were added since.
  absl::Duration longest_age = absl::Hours(1);
  absl::Duration longest_end = absl::Minutes(10);  // for calls that are open at that age
  // One whose other end is silent is asked whether it is there, and closed when no answer comes.
  absl::Duration silence = absl::Minutes(1);
  absl::Duration answer = absl::Seconds(20);
  // Pings that come more often than this, without calls, end the connection.
  absl::Duration shortest_ping_interval = absl::Seconds(30);
  // A call's message has to be there so long after the call.
  absl::Duration message_patience = absl::Seconds(10);
  // For what gRPC holds of all connections: messages half received, answers half sent.
  std::size_t most_memory_bytes = std::size_t{512} << 20;
};

void Apply(const ConnectionLimits& limits, grpc::ServerBuilder& builder);

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_GRPC_CONNECTION_LIMITS_H_
