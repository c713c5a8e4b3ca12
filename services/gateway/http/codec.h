// Messages as callers of the HTTP port write them: in protobuf's binary form, which passes through, or in JSON.
#ifndef JIEBANG_SERVICES_GATEWAY_HTTP_CODEC_H_
#define JIEBANG_SERVICES_GATEWAY_HTTP_CODEC_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "google/protobuf/arena.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "grpcpp/support/byte_buffer.h"

namespace jiebang::gateway {

enum class Codec { kProto, kJson };

// As Connect names them: "proto" and "json".
std::optional<Codec> CodecOf(std::string_view name);

// How long a request may be in this form, decompressed.
std::size_t MaxBytes(Codec codec);

// The bytes of a request for its service. `idempotency_key`: what a `request_id` that the method has and the request
// leaves empty becomes. INVALID_ARGUMENT.
absl::StatusOr<grpc::ByteBuffer> RequestOf(Codec codec, const google::protobuf::MethodDescriptor& method,
                                           std::string body, std::string_view idempotency_key);

// The same of a request that is decoded.
absl::StatusOr<grpc::ByteBuffer> RequestOf(google::protobuf::Message& request, std::string_view idempotency_key);

// An empty message of the type, in the arena.
google::protobuf::Message& NewMessage(const google::protobuf::Descriptor& type, google::protobuf::Arena& arena);

// A service's answer in this form. INTERNAL when it is not the method's.
absl::StatusOr<std::string> AnswerOf(Codec codec, const google::protobuf::MethodDescriptor& method,
                                     grpc::ByteBuffer answer);

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_HTTP_CODEC_H_
