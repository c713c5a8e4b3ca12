#include "services/gateway/door/backend_call.h"

#include <utility>

#include "absl/time/clock.h"
#include "common/rpc/metadata.h"
#include "common/rpc/status_conversion.h"
#include "common/status/status_macros.h"

namespace jiebang::gateway {
namespace {

// For calls that no gRPC call from outside stands behind.
void Prepare(const BackendCall& outgoing, grpc::ClientContext& context) {
  AddOutgoingMetadata(*outgoing.admitted->caller, outgoing.trace_parent, context);
  const absl::Time deadline = outgoing.admitted->deadline;
  if (deadline != absl::InfiniteFuture()) context.set_deadline(absl::ToChronoTime(deadline));
}

}  // namespace

absl::Status OutcomeOf(const grpc::Status& status) {
  if (status.error_code() == grpc::StatusCode::CANCELLED && status.error_details().empty()) {
    return absl::UnavailableError("the service was stopped during the call");
  }
  return rpc::FromGrpc(status);
}

void AddOutgoingMetadata(const Caller& caller, const std::string& trace_parent, grpc::ClientContext& context) {
  if (!caller.sealed.empty()) context.AddMetadata(rpc::kPrincipalMetadata, caller.sealed);
  if (!trace_parent.empty()) context.AddMetadata(rpc::kTraceParentMetadata, trace_parent);
}

Task<absl::StatusOr<grpc::ByteBuffer>> CallService(BackendCall outgoing, grpc::ByteBuffer request) {
  // A service that is quicker than gRPC's clock would answer.
  if (outgoing.admitted->deadline <= absl::Now()) co_return absl::DeadlineExceededError("the deadline has passed");
  rpc::Loop& loop = static_cast<rpc::Loop&>(co_await Home());
  CO_RETURN_IF_ERROR(outgoing.admitted->ticket.Send(request.Length()));
  grpc::ClientContext context;
  Prepare(outgoing, context);
  grpc::GenericStub stub(outgoing.route->channel);
  const auto call = stub.PrepareUnaryCall(&context, outgoing.route->path, request, &loop.queue());
  call->StartCall();
  outgoing.cancellation->Watch([&context] { context.TryCancel(); });
  grpc::ByteBuffer answer;
  grpc::Status status;
  rpc::Operation answered;
  call->Finish(&answer, &status, &answered);
  co_await answered;
  outgoing.cancellation->Unwatch();
  outgoing.admitted->ticket.Answered();
  if (!status.ok()) co_return OutcomeOf(status);
  co_return answer;
}

ServiceStream::ServiceStream(const BackendCall& outgoing, OpenStreams& streams)
    : outgoing_(outgoing), open_(streams, context_, *outgoing.admitted->caller), stub_(outgoing.route->channel) {
  Prepare(outgoing_, context_);
}

Task<void> ServiceStream::Start(rpc::Loop& loop) {
  stream_ = stub_.PrepareCall(&context_, outgoing_.route->path, &loop.queue());
  stream_->StartCall(&started_);
  outgoing_.cancellation->Watch([this] { context_.TryCancel(); });
  co_await started_;
}

Task<bool> ServiceStream::Write(grpc::ByteBuffer request) {
  stream_->Write(request, &written_);
  co_return co_await written_;
}

Task<void> ServiceStream::WritesDone() {
  stream_->WritesDone(&written_);
  co_await written_;
}

Task<std::optional<grpc::ByteBuffer>> ServiceStream::Read() {
  stream_->Read(&answer_, &read_);
  const bool is_there = co_await read_;
  if (!is_there) co_return std::nullopt;
  co_return std::move(answer_);
}

Task<absl::Status> ServiceStream::Finish() {
  grpc::Status status;
  stream_->Finish(&status, &read_);
  co_await read_;
  outgoing_.cancellation->Unwatch();
  co_return OutcomeOf(status);
}

}  // namespace jiebang::gateway
