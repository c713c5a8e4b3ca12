// A Redis Cluster of a test's own: three primaries, each with one replica.
#ifndef JIEBANG_COMMON_TESTING_REDIS_CLUSTER_H_
#define JIEBANG_COMMON_TESTING_REDIS_CLUSTER_H_

#include <memory>
#include <string>
#include <vector>

#include "common/testing/redis_server.h"

namespace jiebang {

// A server is taken for down after a second and a half. Comes back from its construction when all slots are served and
// all replicas follow.
class RedisCluster {
 public:
  RedisCluster();

  std::vector<int> ports() const;
  std::size_t size() const { return servers_.size(); }
  RedisServer& server(std::size_t i) { return *servers_[i]; }
  // Which server a running one takes for the primary of a slot.
  std::size_t PrimaryOf(int slot) const;
  // What a running server is called by the others.
  std::string IdOf(std::size_t i) const;
  // Comes back when another server than `before` is the primary of the slot and the Cluster is whole again.
  void AwaitFailover(int slot, std::size_t before) const;

  // Moves a slot with all its keys to another primary, as redis-cli does.
  void MoveSlot(int slot, std::size_t to) const;
  // The same in two steps, between which the slot is in both.
  void BeginToMoveSlot(int slot, std::size_t from, std::size_t to) const;
  void EndMovingSlot(int slot, std::size_t from, std::size_t to) const;

 private:
  const RedisServer& Running() const;

  std::vector<std::unique_ptr<RedisServer>> servers_;
};

}  // namespace jiebang

#endif  // JIEBANG_COMMON_TESTING_REDIS_CLUSTER_H_
