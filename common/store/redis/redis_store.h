// Engine 2: Redis 7, for provinces and the ministry: one server, a primary with replicas behind Sentinel, or a Cluster.
#ifndef JIEBANG_COMMON_STORE_REDIS_REDIS_STORE_H_
#define JIEBANG_COMMON_STORE_REDIS_REDIS_STORE_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/store/redis/endpoint.h"
#include "common/store/store.h"

namespace jiebang::store {

// Where Redis is: one server, unless `sentinels` or `cluster` says otherwise.
struct RedisOptions {
  std::string host;  // empty: unix_socket
  int port = 6379;
  std::string unix_socket;

  // Those who watch over a primary and its replicas, and the name that they know it by.
  std::vector<redis::Endpoint> sentinels;
  std::string master;
  std::string sentinel_user;
  std::string sentinel_password;

  // Some servers of a Redis Cluster.
  std::vector<redis::Endpoint> cluster;

  std::string user;  // empty: Redis's default user
  std::string password;

  // How many replicas must have a commit before it is acknowledged; more than their number makes every commit fail.
  int replicas = 0;

  // Sets the records apart from those of other services on the same server. Not empty, no braces.
  std::string prefix;

  // Redis makes durable in one fsync what came over all connections in one pass, and takes little from each.
  int connections = 4;
  // A command that is not answered for so long is given up, with its connection.
  absl::Duration patience = absl::Seconds(5);
  // How long a commit whose answer was lost is asked for its outcome. Well below kReceiptKept.
  absl::Duration settling = absl::Seconds(30);
  // How long OpenRedisStore waits for a server that does not answer or is still loading.
  absl::Duration opening = absl::Seconds(10);

  // Opens a server that may forget what it has acknowledged: for demonstrations only.
  bool allow_weak_durability = false;
  // Told, in words for the operator, what could not be checked. Called on a thread of the store.
  std::function<void(const std::string&)> warn = [](const std::string&) {};
};

// Blocks until the server is reached. FAILED_PRECONDITION: it may lose acknowledged writes (no AOF, no fsync before the
// answer, records may be evicted, a failover that no replica is ready for), or refuses us; the message says which.
// UNAVAILABLE: it cannot be reached.
//
// The store reconnects by itself and finds the primary after a failover. Reads that were in flight when a connection
// broke answer UNAVAILABLE; a commit is sent again under its own name until its outcome is known, or for `settling`.
absl::StatusOr<std::unique_ptr<Store>> OpenRedisStore(RedisOptions options);

}  // namespace jiebang::store

#endif  // JIEBANG_COMMON_STORE_REDIS_REDIS_STORE_H_
