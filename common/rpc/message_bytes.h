// Messages to and from the bytes of a call.
#ifndef JIEBANG_COMMON_RPC_MESSAGE_BYTES_H_
#define JIEBANG_COMMON_RPC_MESSAGE_BYTES_H_

#include <string_view>

#include "absl/status/status.h"
#include "google/protobuf/message.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/slice.h"

namespace jiebang::rpc {

grpc::ByteBuffer Encode(const google::protobuf::Message& message);

// False when the bytes are no such message.
bool Decode(grpc::ByteBuffer& bytes, google::protobuf::Message& message);

// The bytes of a message in one piece, which is how most of them come.
class WholeBytes {
 public:
  WholeBytes() = default;
  explicit WholeBytes(grpc::ByteBuffer& bytes);

  // As long as this lives.
  std::string_view view() const { return {reinterpret_cast<const char*>(slice_.begin()), slice_.size()}; }

  // False when they are no such message.
  bool Decode(google::protobuf::Message& message) const;

 private:
  grpc::Slice slice_;
  bool is_whole_ = false;
};

// What a caller whose bytes those are is told.
absl::Status Undecodable();

}  // namespace jiebang::rpc

#endif  // JIEBANG_COMMON_RPC_MESSAGE_BYTES_H_
