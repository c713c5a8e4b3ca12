#include "common/rpc/pipeline.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "common/deterministic/deterministic.h"
#include "common/rpc/item.h"
#include "common/rpc/peer_address.h"
#include "common/status/status_macros.h"
#include "common/token/digest.h"

namespace jiebang::rpc {
namespace {

using google::protobuf::Message;

absl::Status DeadlineExceeded() {
  return absl::DeadlineExceededError("the call's deadline passed before it was begun; nothing was changed");
}

std::string ShapeOf(const google::protobuf::MethodDescriptor& descriptor) {
  if (!descriptor.client_streaming()) return descriptor.server_streaming() ? "a stream of answers" : "unary";
  return descriptor.server_streaming() ? "bidirectional" : "a stream of requests with one answer";
}

std::string ShapeOf(const ServiceMethods::Method& method) {
  if (method.bidirectional) return method.has_single_answer ? "a stream of requests with one answer" : "bidirectional";
  return method.stream ? "a stream of answers" : "unary";
}

absl::Status CheckShape(const google::protobuf::MethodDescriptor& descriptor, const ServiceMethods::Method& method) {
  if (ShapeOf(descriptor) == ShapeOf(method)) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat(descriptor.full_name(), ": the contract's method is ",
                                                    ShapeOf(descriptor), ", its handler ", ShapeOf(method)));
}

// A role that may not call lends nothing to the call: who is an operator and an expert reads as an expert, though an
// operator owns every name. What is public is everybody's, in all his roles.
void KeepRolesThatMayCall(const policy::MethodPolicy& policy, policy::Principal& principal) {
  const auto& allowed = policy.roles();
  if (absl::c_linear_search(allowed, options::v1::ROLE_PUBLIC)) return;
  auto& roles = *principal.mutable_roles();
  roles.erase(
      std::remove_if(roles.begin(), roles.end(), [&](int role) { return !absl::c_linear_search(allowed, role); }),
      roles.end());
}

// What the request is about: what the policy names, or where it is about nobody's resource what stands in its place.
std::string NamedBy(const policy::MethodPolicy& policy, const Message& request) {
  if (!policy.resource().empty()) return policy::ResourceOf(policy, request);
  policy::MethodPolicy usual;
  usual.set_resource("name");
  const std::string name = policy::ResourceOf(usual, request);
  if (!name.empty()) return name;
  usual.set_resource("parent");
  return policy::ResourceOf(usual, request);
}

}  // namespace

absl::StatusOr<Pipeline> Pipeline::For(const google::protobuf::MethodDescriptor& descriptor,
                                       const ServiceMethods::Method& method, const ReplayMemory& replays,
                                       RefusalLog* refusals, const Clock& clock, const token::PrincipalSeal& seal) {
  Pipeline pipeline;
  pipeline.descriptor_ = &descriptor;
  pipeline.method_ = &method;
  RETURN_IF_ERROR(CheckShape(descriptor, method));
  ASSIGN_OR_RETURN(pipeline.policy_, policy::PolicyOf(descriptor));
  if (method.bidirectional && !pipeline.policy_->resource_free()) {
    return absl::FailedPreconditionError(
        absl::StrCat(descriptor.full_name(), ": the policy of a stream of requests must be resource_free"));
  }
  pipeline.request_id_ = descriptor.input_type()->FindFieldByName("request_id");
  pipeline.has_side_effects_ = policy::HasSideEffects(descriptor);
  pipeline.replays_ = &replays;
  pipeline.refusals_ = refusals;
  pipeline.clock_ = &clock;
  pipeline.seal_ = &seal;
  ASSIGN_OR_RETURN(pipeline.limits_, FieldLimits::For(*descriptor.input_type()));
  return pipeline;
}

absl::StatusOr<Call::Facts> Pipeline::AdmitCaller(const Received& received) const {
  Call::Facts facts{.now = clock_->Now(), .deadline = received.deadline, .method = descriptor_->full_name()};
  facts.trace_parent = received.trace_parent;
  if (received.deadline < absl::Now()) return DeadlineExceeded();
  if (!received.sealed_principal.empty()) {
    // The seal's age is real time, also where the programme's clock is a rehearsal's.
    ASSIGN_OR_RETURN(facts.principal, seal_->Open(received.sealed_principal, absl::Now()));
  }
  RETURN_IF_ERROR(policy::AuthoriseMethod(*policy_, facts.principal));
  KeepRolesThatMayCall(*policy_, facts.principal);
  return facts;
}

absl::StatusOr<Call> Pipeline::Admit(const Received& received, const Message& request) const {
  ASSIGN_OR_RETURN(Call::Facts facts, AdmitCaller(received));
  // Limits before the resource: a name is compared only after its form was found good.
  RETURN_IF_ERROR(limits_.Check(request, received.message_bytes));
  RETURN_IF_ERROR(policy::AuthoriseResource(*policy_, facts.principal, request));
  if (request_id_ != nullptr) {
    facts.request_id = request.GetReflection()->GetString(request, request_id_);
    if (!facts.request_id.empty()) facts.request_fingerprint = token::Sha256Hex(DeterministicBytes(request));
  }
  return Call(std::move(facts));
}

Task<absl::Status> Pipeline::RunUnary(const Received& received, const Message& request, Message& response) const {
  const absl::StatusOr<Call> call = Admit(received, request);
  if (!call.ok()) co_return Told(received, &request, call.status());
  absl::Status status = co_await method_->unary(*call, request, response);
  if (status.ok()) co_return status;
  if (!call->request_id().empty()) {
    status = co_await AnswerOfRepetition(*call, request, std::move(status), response);
  }
  co_return Told(received, &request, std::move(status));
}

Task<absl::Status> Pipeline::RunStream(const Received& received, const Message& request, MessageWriter& writer) const {
  const absl::StatusOr<Call> call = Admit(received, request);
  if (!call.ok()) co_return Told(received, &request, call.status());
  absl::Status status = co_await method_->stream(*call, request, writer);
  co_return Told(received, &request, std::move(status));
}

Task<absl::Status> Pipeline::RunBidirectional(const Received& received, MessageReader& reader,
                                              MessageWriter& writer) const {
  absl::StatusOr<Call::Facts> facts = AdmitCaller(received);
  if (!facts.ok()) co_return Told(received, nullptr, facts.status());
  const Call call(*std::move(facts));
  absl::Status status = co_await method_->bidirectional(call, reader, limits_, writer);
  co_return Told(received, nullptr, std::move(status));
}

absl::Status Pipeline::Told(const Received& received, const Message* request, absl::Status status) const {
  if (status.ok() || refusals_ == nullptr || !IsRecorded(status, has_side_effects_)) return status;
  RefusedCall call{.source_address = AddressOfPeer(received.peer),
                   .method = descriptor_->full_name(),
                   .trace_parent = received.trace_parent,
                   .time = clock_->Now(),
                   .status = status};
  absl::StatusOr<identity::v1::Principal> principal = seal_->Open(received.sealed_principal, absl::Now());
  if (principal.ok()) call.principal = *std::move(principal);
  if (request != nullptr) {
    call.resource = NamedBy(*policy_, *request);
    if (request_id_ != nullptr) call.request_id = request->GetReflection()->GetString(*request, request_id_);
  }
  refusals_->Add(call);
  return status;
}

Task<absl::Status> Pipeline::AnswerOfRepetition(const Call& call, const Message& request, absl::Status refusal,
                                                Message& response) const {
  const std::string resource = policy::ResourceOf(*policy_, request);
  // Where the memory cannot be asked, a refusal would be the last word on a request that may have succeeded before.
  CO_ASSIGN_OR_RETURN(const bool is_repetition, co_await FirstAnswer(*replays_, call, resource, response));
  co_return is_repetition ? absl::OkStatus() : refusal;
}

}  // namespace jiebang::rpc
