// grpc.health.v1.Health of a server, answered on its own loops. gRPC's default health service would bring a queue of
// the callback API whose thread polls our connections as well: measured, a quarter of the CPU of a read.
#ifndef JIEBANG_COMMON_RPC_HEALTH_H_
#define JIEBANG_COMMON_RPC_HEALTH_H_

#include <atomic>
#include <set>
#include <string>

#include "common/async/task.h"
#include "grpcpp/completion_queue.h"
#include "grpcpp/impl/service_type.h"
#include "health/v1/health.pb.h"

namespace jiebang::rpc {

class HealthService final : public grpc::Service {
 public:
  // Of these services, by their full names, and of "", the whole server.
  explicit HealthService(std::set<std::string> services);

  // One slot: accepts a Check, answers it, and accepts the next, until the server shuts down. Check of an unknown
  // service is NOT_FOUND, and Watch UNIMPLEMENTED, which clients take for healthy.
  Task<void> Answer(grpc::ServerCompletionQueue& queue);

  // From now on "not serving".
  void StopServing() { serving_ = false; }

 private:
  const std::set<std::string> services_;
  std::atomic<bool> serving_ = true;
};

}  // namespace jiebang::rpc

#endif  // JIEBANG_COMMON_RPC_HEALTH_H_
