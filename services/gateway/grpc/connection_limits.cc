#include "services/gateway/grpc/connection_limits.h"

#include "common/rpc/metadata.h"
#include "grpcpp/resource_quota.h"

namespace jiebang::gateway {
namespace {

constexpr int kPingStrikes = 2;

int Milliseconds(absl::Duration duration) { return static_cast<int>(absl::ToInt64Milliseconds(duration)); }

}  // namespace

void Apply(const ConnectionLimits& limits, grpc::ServerBuilder& builder) {
  const auto set = [&builder](const char* name, int value) { builder.AddChannelArgument(name, value); };
  builder.SetMaxReceiveMessageSize(rpc::kMaxMessageBytes);
  set(GRPC_ARG_MAX_METADATA_SIZE, rpc::kMaxMetadataBytes);
  set(GRPC_ARG_MAX_CONCURRENT_STREAMS, limits.most_calls);
  set(GRPC_ARG_SERVER_HANDSHAKE_TIMEOUT_MS, Milliseconds(limits.longest_handshake));
  set(GRPC_ARG_MAX_CONNECTION_IDLE_MS, Milliseconds(limits.longest_idle));
  set(GRPC_ARG_MAX_CONNECTION_AGE_MS, Milliseconds(limits.longest_age));
  set(GRPC_ARG_MAX_CONNECTION_AGE_GRACE_MS, Milliseconds(limits.longest_end));
  set(GRPC_ARG_KEEPALIVE_TIME_MS, Milliseconds(limits.silence));
  set(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, Milliseconds(limits.answer));
  set(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  set(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, Milliseconds(limits.shortest_ping_interval));
  set(GRPC_ARG_HTTP2_MAX_PING_STRIKES, kPingStrikes);
  // gRPC would widen the windows of a connection with a large message, and hold as much of calls that nobody let in.
  set(GRPC_ARG_HTTP2_BDP_PROBE, 0);
  grpc::ResourceQuota quota("gateway");
  quota.Resize(limits.most_memory_bytes);
  builder.SetResourceQuota(quota);
}

}  // namespace jiebang::gateway
