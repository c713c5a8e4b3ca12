// Messages of gRPC's own services to and from the bytes of a call.
#ifndef JIEBANG_SERVICES_GATEWAY_GRPC_MESSAGE_BYTES_H_
#define JIEBANG_SERVICES_GATEWAY_GRPC_MESSAGE_BYTES_H_

#include "google/protobuf/message.h"
#include "grpcpp/support/byte_buffer.h"

namespace jiebang::gateway {

grpc::ByteBuffer Encode(const google::protobuf::Message& message);

// False when the bytes are no such message.
bool Decode(grpc::ByteBuffer& bytes, google::protobuf::Message& message);

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_GRPC_MESSAGE_BYTES_H_
