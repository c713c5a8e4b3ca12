// Forwards calls as bytes, and answers those of gRPC's own services.
#ifndef JIEBANG_SERVICES_GATEWAY_GRPC_FORWARDER_H_
#define JIEBANG_SERVICES_GATEWAY_GRPC_FORWARDER_H_

#include <atomic>
#include <string>
#include <vector>

#include "common/async/task.h"
#include "common/rpc/loop.h"
#include "grpcpp/generic/async_generic_service.h"
#include "services/gateway/door/door.h"
#include "services/gateway/grpc/overdue.h"
#include "services/gateway/routing/routes.h"

namespace jiebang::gateway {

class Forwarder {
 public:
  // All outlive it.
  Forwarder(grpc::AsyncGenericService& service, const Routes& routes, Door& door, absl::Duration message_patience);

  // One slot of the loop: accepts a call, answers it, and accepts the next, until the server shuts down.
  Task<void> Serve(rpc::Loop& loop, grpc::ServerCompletionQueue& queue);

  // From now on health checks say "not serving" and calls are refused.
  void StopServing() { serving_ = false; }

  // Cancels calls whose callers take too long to send or to take what is theirs, until the loop stops.
  Task<void> CancelOverdue(rpc::Loop& loop);

  // Calls that are accepted and not answered yet.
  int under_way() const { return under_way_; }

 private:
  struct Incoming {
    grpc::GenericServerContext context;
    grpc::GenericServerAsyncReaderWriter stream{&context};
  };

  // Answers one call. True: it was a stream, for which the slot has started a replacement and which ends the slot.
  Task<bool> Answer(rpc::Loop& loop, grpc::ServerCompletionQueue& queue, Incoming& incoming);
  Task<void> ForwardUnary(rpc::Loop& loop, Incoming& incoming, const Route& route, Admitted& admitted);
  Task<void> ForwardServerStream(rpc::Loop& loop, Incoming& incoming, const Route& route, const Admitted& admitted);
  // With a stream of answers or with one, which to bytes is the same.
  Task<void> ForwardRequestStream(rpc::Loop& loop, Incoming& incoming, const Route& route, const Admitted& admitted);
  Task<void> AnswerReflection(Incoming& incoming);
  Task<void> AnswerHealth(Incoming& incoming);

  grpc::AsyncGenericService& service_;
  const Routes& routes_;
  Door& door_;
  std::vector<std::string> listed_;  // services that reflection names
  std::atomic<bool> serving_ = true;
  std::atomic<int> under_way_ = 0;
  std::atomic<int> reflections_ = 0;
  Overdue overdue_;
};

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_GRPC_FORWARDER_H_
