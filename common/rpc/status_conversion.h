// The one place where an absl::Status becomes a gRPC status and back.
#ifndef JIEBANG_COMMON_RPC_STATUS_CONVERSION_H_
#define JIEBANG_COMMON_RPC_STATUS_CONVERSION_H_

#include "absl/status/status.h"
#include "grpcpp/support/status.h"

namespace jiebang::rpc {

// A refusal keeps its details. What has none is a fault of ours or of the transport: it gets an ErrorInfo with the
// reason of its code, so that every error of the suite has one.
grpc::Status ToGrpc(const absl::Status& status);

absl::Status FromGrpc(const grpc::Status& status);

}  // namespace jiebang::rpc

#endif  // JIEBANG_COMMON_RPC_STATUS_CONVERSION_H_
