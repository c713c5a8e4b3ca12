#include "common/rpc/pipeline.h"

#include <utility>

#include "common/deterministic/deterministic.h"
#include "common/errors/error.h"
#include "common/status/status_macros.h"
#include "common/token/digest.h"

namespace jiebang::rpc {
namespace {

using google::protobuf::Message;

absl::Status RequestIdReused() {
  return MalformedField("request_id", "request_id was used before for another request; choose a new one",
                        "request_id 已用于另一个请求，请换一个新的", "REQUEST_ID_REUSED");
}

absl::Status DeadlineExceeded() {
  return absl::DeadlineExceededError("the call's deadline passed before it was begun; nothing was changed");
}

}  // namespace

absl::StatusOr<Pipeline> Pipeline::For(const google::protobuf::MethodDescriptor& descriptor,
                                       const ServiceMethods::Method& method, const ReplayMemory& replays,
                                       const Clock& clock, const token::PrincipalSeal& seal) {
  Pipeline pipeline;
  pipeline.descriptor_ = &descriptor;
  pipeline.method_ = &method;
  ASSIGN_OR_RETURN(pipeline.policy_, policy::PolicyOf(descriptor));
  pipeline.request_id_ = descriptor.input_type()->FindFieldByName("request_id");
  pipeline.replays_ = &replays;
  pipeline.clock_ = &clock;
  pipeline.seal_ = &seal;
  ASSIGN_OR_RETURN(pipeline.limits_, FieldLimits::For(*descriptor.input_type()));
  return pipeline;
}

absl::StatusOr<Call> Pipeline::Admit(const Received& received, const Message& request) const {
  Call::Facts facts{.now = clock_->Now(), .deadline = received.deadline, .method = descriptor_->full_name()};
  facts.trace_parent = received.trace_parent;
  if (received.deadline < absl::Now()) return DeadlineExceeded();
  if (!received.sealed_principal.empty()) {
    // The seal's age is real time, also where the programme's clock is a rehearsal's.
    ASSIGN_OR_RETURN(facts.principal, seal_->Open(received.sealed_principal, absl::Now()));
  }
  RETURN_IF_ERROR(policy::AuthoriseMethod(*policy_, facts.principal));
  // Limits before the resource: a name is compared only after its form was found good.
  RETURN_IF_ERROR(limits_.Check(request));
  RETURN_IF_ERROR(policy::AuthoriseResource(*policy_, facts.principal, request));
  if (request_id_ != nullptr) {
    facts.request_id = request.GetReflection()->GetString(request, request_id_);
    if (!facts.request_id.empty()) facts.request_fingerprint = token::Sha256Hex(DeterministicBytes(request));
  }
  return Call(std::move(facts));
}

Task<absl::Status> Pipeline::RunUnary(const Received& received, const Message& request, Message& response) const {
  CO_ASSIGN_OR_RETURN(const Call call, Admit(received, request));
  absl::Status status = co_await method_->unary(call, request, response);
  if (status.ok() || call.request_id().empty()) co_return status;
  co_return co_await AnswerOfRepetition(call, request, std::move(status), response);
}

Task<absl::Status> Pipeline::RunStream(const Received& received, const Message& request, MessageWriter& writer) const {
  CO_ASSIGN_OR_RETURN(const Call call, Admit(received, request));
  co_return co_await method_->stream(call, request, writer);
}

Task<absl::Status> Pipeline::AnswerOfRepetition(const Call& call, const Message& request, absl::Status refusal,
                                                Message& response) const {
  if (replays_->store == nullptr) co_return refusal;
  const std::string partition = replays_->partition_of(policy::ResourceOf(*policy_, request));
  if (partition.empty()) co_return refusal;
  const absl::StatusOr<store::Replay> first = co_await replays_->store->FindReplay(partition, call.ReplayKey());
  if (!first.ok()) co_return refusal;
  if (first->fingerprint != call.request_fingerprint()) co_return RequestIdReused();
  if (!response.ParseFromString(first->answer)) co_return absl::InternalError("a remembered answer cannot be read");
  co_return absl::OkStatus();
}

}  // namespace jiebang::rpc
