#include "common/rpc/message_bytes.h"

#include "grpcpp/impl/codegen/proto_utils.h"
#include "grpcpp/support/proto_buffer_reader.h"
#include "grpcpp/support/proto_buffer_writer.h"

namespace jiebang::rpc {

grpc::ByteBuffer Encode(const google::protobuf::Message& message) {
  grpc::ByteBuffer bytes;
  bool own = false;
  grpc::GenericSerialize<grpc::ProtoBufferWriter, google::protobuf::MessageLite>(message, &bytes, &own);
  return bytes;
}

bool Decode(grpc::ByteBuffer& bytes, google::protobuf::Message& message) {
  grpc::ProtoBufferReader reader(&bytes);
  return message.ParseFromZeroCopyStream(&reader);
}

WholeBytes::WholeBytes(grpc::ByteBuffer& bytes)
    : is_whole_(bytes.TrySingleSlice(&slice_).ok() || bytes.DumpToSingleSlice(&slice_).ok()) {}

bool WholeBytes::Decode(google::protobuf::Message& message) const {
  return is_whole_ && message.ParseFromArray(slice_.begin(), static_cast<int>(slice_.size()));
}

absl::Status Undecodable() { return absl::InvalidArgumentError("the bytes are not a message of the method's type"); }

}  // namespace jiebang::rpc
