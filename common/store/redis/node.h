// The connections to one server.
#ifndef JIEBANG_COMMON_STORE_REDIS_NODE_H_
#define JIEBANG_COMMON_STORE_REDIS_NODE_H_

#include <cstddef>
#include <functional>
#include <memory>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/async/task.h"
#include "common/store/redis/commit_lane.h"
#include "common/store/redis/connection.h"
#include "common/store/redis/crew.h"
#include "common/store/redis/endpoint.h"
#include "common/store/redis/event_loop.h"

namespace jiebang::store::redis {

struct NodeOptions {
  // What is said on each connection before the first command.
  Connection::Greeting greeting;
  int connections = 4;
  // A command that is not answered for so long is given up, with its connection: the server hangs, or the network.
  absl::Duration patience = absl::Seconds(5);
  // How many replicas must have a commit before it is answered; 0: none, and commits go as all commands do.
  int replicas = 0;
};

// All methods are called on the thread of the loop.
class Node : public std::enable_shared_from_this<Node> {
 public:
  // Told of every change: OK when commands can be sent, otherwise why they cannot.
  using Observer = std::function<void(const absl::Status&)>;

  // Starts to connect. Its coroutines are of the crew.
  static std::shared_ptr<Node> Start(EventLoop& loop, Crew& crew, Endpoint endpoint, NodeOptions options,
                                     Observer observer);

  const Endpoint& endpoint() const { return endpoint_; }
  bool is_ready() const;
  // Why it was not ready when it last was not.
  const absl::Status& trouble() const { return trouble_; }

  // Over one connection, one after the other; each is answered as Connection's commands are.
  void Send(std::vector<Parcel> parcels);
  // A commit, answered when enough replicas have it; UNKNOWN: fewer have, so that a failover may forget it.
  void SendCommit(Parcel parcel);

  // Fails as ErrorOf for an error of Redis.
  Task<absl::StatusOr<Reply>> Ask(Command command);

  // No command comes any more: those in flight are answered, then it ends.
  void Retire();
  // Ends at once.
  void Break();

 private:
  Node(EventLoop& loop, Endpoint endpoint, NodeOptions options, Observer observer);

  Connection* Idlest();
  void Observe(const absl::Status& state);
  Task<void> Watch();

  EventLoop& loop_;
  const Endpoint endpoint_;
  const NodeOptions options_;
  const Observer observer_;
  std::size_t next_ = 0;  // where Idlest begins to look
  bool retired_ = false;
  absl::Status trouble_ = absl::UnavailableError("Redis: not connected yet");
  std::vector<std::unique_ptr<Connection>> connections_;
  std::vector<std::unique_ptr<CommitLane>> lanes_;
};

}  // namespace jiebang::store::redis

#endif  // JIEBANG_COMMON_STORE_REDIS_NODE_H_
