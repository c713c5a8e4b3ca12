// A call to a service as bytes, for whoever came to one of the ports.
#ifndef JIEBANG_SERVICES_GATEWAY_DOOR_BACKEND_CALL_H_
#define JIEBANG_SERVICES_GATEWAY_DOOR_BACKEND_CALL_H_

#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "common/rpc/loop.h"
#include "grpcpp/client_context.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/status.h"
#include "services/gateway/door/cancellation.h"
#include "services/gateway/door/door.h"
#include "services/gateway/door/open_streams.h"
#include "services/gateway/routing/routes.h"

namespace jiebang::gateway {

// What a service said, or what became of the call to it. A service that stops cancels what it has not begun, and gRPC
// says no more than that; a caller that cancelled by itself reads no answer.
absl::Status OutcomeOf(const grpc::Status& status);

// Adds what goes with a call to a service: nothing that the caller sent but its trace.
void AddOutgoingMetadata(const Caller& caller, const std::string& trace_parent, grpc::ClientContext& context);

// All but the strings outlive the call.
struct BackendCall {
  const Route* route = nullptr;
  Admitted* admitted = nullptr;
  std::string trace_parent;              // W3C traceparent as received; empty: none
  Cancellation* cancellation = nullptr;  // ends the call
};

// One request, one answer. Awaited on a gRPC loop. Ticket::Send's refusal when there is no room for the request.
Task<absl::StatusOr<grpc::ByteBuffer>> CallService(BackendCall outgoing, grpc::ByteBuffer request);

// Messages both ways, of any kind of method. On one gRPC loop: one Write and one Read may wait at the same time. Finish
// is called exactly once, at the end.
class ServiceStream {
 public:
  ServiceStream(const BackendCall& outgoing, OpenStreams& streams);

  // Before all others. Whether it could be started is in the call's outcome.
  Task<void> Start(rpc::Loop& loop);
  // Comes back when there is room for the next one. False: the service takes no more.
  Task<bool> Write(grpc::ByteBuffer request);
  Task<void> WritesDone();
  // The next answer; nullopt: there are no more.
  Task<std::optional<grpc::ByteBuffer>> Read();
  // After a Read that gave nothing, or after Cancel; no Read is waiting. A Write that waits then gives false.
  Task<absl::Status> Finish();
  // Any thread.
  void Cancel() { context_.TryCancel(); }

 private:
  const BackendCall outgoing_;
  grpc::ClientContext context_;
  const OpenStreams::Stream open_;
  grpc::GenericStub stub_;
  std::unique_ptr<grpc::GenericClientAsyncReaderWriter> stream_;
  grpc::ByteBuffer answer_;
  rpc::Operation started_;
  rpc::Operation written_;
  rpc::Operation read_;
};

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_DOOR_BACKEND_CALL_H_
