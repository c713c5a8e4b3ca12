#include "services/gateway/http/codec.h"

#include <memory>
#include <utility>

#include "common/rpc/message_bytes.h"
#include "common/rpc/metadata.h"
#include "common/status/status_macros.h"
#include "grpcpp/support/slice.h"
#include "services/gateway/http/refusals.h"
#include "services/gateway/json/json.h"

namespace jiebang::gateway {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// Below this a copy costs less than its alternative.
constexpr std::size_t kWorthKeeping = 4 << 10;

grpc::ByteBuffer BytesOf(std::string body) {
  if (body.size() < kWorthKeeping) {
    const grpc::Slice slice(body);
    return grpc::ByteBuffer(&slice, 1);
  }
  auto kept = std::make_unique<std::string>(std::move(body));
  char* const begin = kept->data();
  const std::size_t size = kept->size();
  const grpc::Slice slice(
      begin, size, [](void* bytes) { delete static_cast<std::string*>(bytes); }, kept.release());
  return grpc::ByteBuffer(&slice, 1);
}

void FillRequestId(std::string_view idempotency_key, Message& request) {
  const FieldDescriptor* const field = request.GetDescriptor()->FindFieldByName("request_id");
  if (field == nullptr || field->cpp_type() != FieldDescriptor::CPPTYPE_STRING || field->is_repeated()) return;
  const google::protobuf::Reflection& reflection = *request.GetReflection();
  if (!reflection.GetString(request, field).empty()) return;
  reflection.SetString(&request, field, std::string(idempotency_key));
}

}  // namespace

Message& NewMessage(const google::protobuf::Descriptor& type, google::protobuf::Arena& arena) {
  return *google::protobuf::MessageFactory::generated_factory()->GetPrototype(&type)->New(&arena);
}

std::optional<Codec> CodecOf(std::string_view name) {
  if (name == "proto") return Codec::kProto;
  if (name == "json") return Codec::kJson;
  return std::nullopt;
}

std::size_t MaxBytes(Codec codec) {
  return codec == Codec::kJson ? kMaxJsonBytes : static_cast<std::size_t>(rpc::kMaxMessageBytes);
}

absl::StatusOr<grpc::ByteBuffer> RequestOf(Codec codec, const google::protobuf::MethodDescriptor& method,
                                           std::string body, std::string_view idempotency_key) {
  if (codec == Codec::kProto && idempotency_key.empty()) return BytesOf(std::move(body));
  google::protobuf::Arena arena;
  Message& request = NewMessage(*method.input_type(), arena);
  if (codec == Codec::kJson) {
    RETURN_IF_ERROR(FromJson(body, request));
  } else if (!request.ParseFromString(body)) {
    return rpc::Undecodable();
  }
  return RequestOf(request, idempotency_key);
}

absl::StatusOr<grpc::ByteBuffer> RequestOf(Message& request, std::string_view idempotency_key) {
  if (!idempotency_key.empty()) FillRequestId(idempotency_key, request);
  if (request.ByteSizeLong() > rpc::kMaxMessageBytes) return BodyTooLong(rpc::kMaxMessageBytes);
  return rpc::Encode(request);
}

absl::StatusOr<std::string> AnswerOf(Codec codec, const google::protobuf::MethodDescriptor& method,
                                     grpc::ByteBuffer answer) {
  const rpc::WholeBytes bytes(answer);
  if (codec == Codec::kProto) return std::string(bytes.view());
  google::protobuf::Arena arena;
  Message& message = NewMessage(*method.output_type(), arena);
  if (!bytes.Decode(message)) return absl::InternalError("the service's answer is not of the method's type");
  return ToJson(message);
}

}  // namespace jiebang::gateway
