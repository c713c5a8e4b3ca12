// What runs around every handler, the same for every method: decode nothing, know no transport. The server and the
// gateway share its checks through common/policy; tests drive it without a network.
#ifndef JIEBANG_COMMON_RPC_PIPELINE_H_
#define JIEBANG_COMMON_RPC_PIPELINE_H_

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "common/clock/clock.h"
#include "common/field_limits/field_limits.h"
#include "common/policy/policy.h"
#include "common/rpc/call.h"
#include "common/rpc/service_methods.h"
#include "common/token/principal_seal.h"
#include "google/protobuf/descriptor.h"

namespace jiebang::rpc {

// What came with a call beside its message.
struct Received {
  std::string sealed_principal;  // empty: none
  std::string trace_parent;
  std::string peer = {};  // the other end of the connection, as gRPC says it
  absl::Time deadline = absl::InfiniteFuture();
  // What the message was decoded from, as long as the call is admitted; absent: not at hand.
  std::optional<std::string_view> message_bytes = std::nullopt;
};

// One method, ready to be called.
class Pipeline {
 public:
  // FAILED_PRECONDITION: the method has no policy, its handler is of another shape (unary, a stream of answers, of
  // requests, or of both), or its requests are a stream and its policy not resource_free: a stream is authorised once,
  // before its first request. INVALID_ARGUMENT: its field limits are malformed.
  static absl::StatusOr<Pipeline> For(const google::protobuf::MethodDescriptor& descriptor,
                                      const ServiceMethods::Method& method, const ReplayMemory& replays,
                                      RefusalLog* refusals, const Clock& clock, const token::PrincipalSeal& seal);

  const google::protobuf::MethodDescriptor& descriptor() const { return *descriptor_; }
  const ServiceMethods::Method& method() const { return *method_; }

  Task<absl::Status> RunUnary(const Received& received, const google::protobuf::Message& request,
                              google::protobuf::Message& response) const;
  Task<absl::Status> RunStream(const Received& received, const google::protobuf::Message& request,
                               MessageWriter& writer) const;
  // For every method whose requests are a stream; where one answer is due, that is all that is written.
  Task<absl::Status> RunBidirectional(const Received& received, MessageReader& reader, MessageWriter& writer) const;

 private:
  Pipeline() = default;

  // What is decided before the request is known.
  absl::StatusOr<Call::Facts> AdmitCaller(const Received& received) const;

  // Everything that is decided before the handler runs.
  absl::StatusOr<Call> Admit(const Received& received, const google::protobuf::Message& request) const;

  // A repeated request gets the first answer, even if the handler finds the step done already and refuses it.
  Task<absl::Status> AnswerOfRepetition(const Call& call, const google::protobuf::Message& request,
                                        absl::Status refusal, google::protobuf::Message& response) const;

  // Tells those who audit of a call that was not answered; the status as it came. `request`: nullptr when it is a
  // stream.
  absl::Status Told(const Received& received, const google::protobuf::Message* request, absl::Status status) const;

  const google::protobuf::MethodDescriptor* descriptor_ = nullptr;
  const ServiceMethods::Method* method_ = nullptr;
  const policy::MethodPolicy* policy_ = nullptr;
  const google::protobuf::FieldDescriptor* request_id_ = nullptr;  // null: requests of this method carry none
  bool has_side_effects_ = true;
  const ReplayMemory* replays_ = nullptr;
  RefusalLog* refusals_ = nullptr;  // null: nobody is told
  const Clock* clock_ = nullptr;
  const token::PrincipalSeal* seal_ = nullptr;
  FieldLimits limits_;
};

}  // namespace jiebang::rpc

#endif  // JIEBANG_COMMON_RPC_PIPELINE_H_
