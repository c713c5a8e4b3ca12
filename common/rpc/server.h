// A gRPC server whose handlers are coroutines. Before a handler runs: the message is decoded, the principal opened, the
// method's policy and the field limits are checked; after it: a repeated request_id gets its first answer, the status
// gets its details.
#ifndef JIEBANG_COMMON_RPC_SERVER_H_
#define JIEBANG_COMMON_RPC_SERVER_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/async/task.h"
#include "common/clock/clock.h"
#include "common/rpc/service_methods.h"
#include "common/token/principal_seal.h"

namespace grpc {
class Channel;
}  // namespace grpc

namespace jiebang::rpc {

struct ServerOptions {
  // host:port or unix:path, plaintext: the network of a suite is its own. Empty: only the in-process channel.
  std::vector<std::string> addresses;
  // One thread and one completion queue each. Measured: one is best on two cores.
  int loops = 1;
  // Calls of one method that a loop has ready to accept; further ones wait in gRPC's own queue.
  int slots_per_method = 32;
  const Clock* clock = nullptr;  // outlive the server
  const token::PrincipalSeal* seal = nullptr;
};

class Server {
 public:
  // FAILED_PRECONDITION naming every method that has no handler or no policy; UNAVAILABLE when an address cannot be
  // bound.
  static absl::StatusOr<std::unique_ptr<Server>> Start(ServerOptions options, std::vector<ServiceMethods> services);

  // Shutdown was called.
  virtual ~Server() = default;

  // A connection to this server within the process. To be asked for before Shutdown.
  virtual std::shared_ptr<grpc::Channel> InProcessChannel() = 0;

  // Runs a task of the services' own (a projection, a settler) on one of the loops; it ends when its home executor is
  // stopping.
  virtual void StartTask(Task<void> task) = 0;

  // Says "not serving" to health checks, takes no new calls, gives the running ones `grace` to end, cancels the rest,
  // waits for all.
  virtual void Shutdown(absl::Duration grace) = 0;
};

}  // namespace jiebang::rpc

#endif  // JIEBANG_COMMON_RPC_SERVER_H_
