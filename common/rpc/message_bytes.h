// Messages to and from the bytes of a call.
#ifndef JIEBANG_COMMON_RPC_MESSAGE_BYTES_H_
#define JIEBANG_COMMON_RPC_MESSAGE_BYTES_H_

#include "absl/status/status.h"
#include "google/protobuf/message.h"
#include "grpcpp/support/byte_buffer.h"

namespace jiebang::rpc {

grpc::ByteBuffer Encode(const google::protobuf::Message& message);

// False when the bytes are no such message.
bool Decode(grpc::ByteBuffer& bytes, google::protobuf::Message& message);

// What a caller whose bytes those are is told.
absl::Status Undecodable();

}  // namespace jiebang::rpc

#endif  // JIEBANG_COMMON_RPC_MESSAGE_BYTES_H_
