// Commits that wait for the replicas together. WAIT holds up its connection until enough replicas have everything that
// came over it before; so those commits that arrive meanwhile gather, and go out with one WAIT behind them.
#ifndef JIEBANG_COMMON_STORE_REDIS_COMMIT_LANE_H_
#define JIEBANG_COMMON_STORE_REDIS_COMMIT_LANE_H_

#include <cstddef>
#include <vector>

#include "absl/strings/string_view.h"
#include "common/store/redis/connection.h"

namespace jiebang::store::redis {

// A command on its way.
struct Parcel {
  absl::string_view encoded;  // must live until it is answered
  bool asking = false;        // ASKING goes before it: its slot is being moved to this server
  Connection::Answer answer;

  void SendOver(Connection& connection) &&;
};

// On the thread of the loop. Has a connection to itself.
class CommitLane {
 public:
  CommitLane(EventLoop& loop, Endpoint endpoint, Connection::Greeting greeting, Connection::Observer observer,
             int replicas, absl::Duration longest_wait);

  Connection& connection() { return connection_; }
  std::size_t waiting() const { return gathered_.size() + under_way_; }

  // Answered as Connection's commands are, but only when the replicas have it; UNKNOWN also when too few have it in
  // time. An error of Redis is answered at once.
  void Send(Parcel commit);

 private:
  void SendGathered();

  const int replicas_;
  const absl::Duration longest_wait_;
  std::vector<Parcel> gathered_;
  std::size_t under_way_ = 0;  // commits before a WAIT that is not answered
  Connection connection_;      // ends first: it answers what is under way
};

}  // namespace jiebang::store::redis

#endif  // JIEBANG_COMMON_STORE_REDIS_COMMIT_LANE_H_
