// Engine 2: Redis 7, for provinces and the ministry.
#ifndef JIEBANG_COMMON_STORE_REDIS_REDIS_STORE_H_
#define JIEBANG_COMMON_STORE_REDIS_REDIS_STORE_H_

#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/store/store.h"

namespace jiebang::store {

struct RedisOptions {
  std::string host;  // empty: unix_socket
  int port = 6379;
  std::string unix_socket;
  std::string user;  // empty: Redis's default user
  std::string password;

  // Sets the records apart from those of other services on the same server. Not empty, no braces.
  std::string prefix;

  // Redis makes durable in one fsync what came over all connections in one pass, and takes little from each.
  int connections = 4;
  // A command that is not answered for so long is given up, with its connection.
  absl::Duration patience = absl::Seconds(5);
  // How long OpenRedisStore waits for a server that does not answer or is still loading.
  absl::Duration opening = absl::Seconds(10);

  // Opens a server that may forget what it has acknowledged: for demonstrations only.
  bool allow_weak_durability = false;
  // Told, in words for the operator, what could not be checked. Called on a thread of the store.
  std::function<void(const std::string&)> warn = [](const std::string&) {};
};

// Blocks until the server is reached. FAILED_PRECONDITION: it may lose acknowledged writes (no AOF, no fsync before the
// answer, records may be evicted), or refuses us; the message says which. UNAVAILABLE: it cannot be reached.
//
// The store reconnects by itself. Commands that were in flight when a connection broke answer UNAVAILABLE.
absl::StatusOr<std::unique_ptr<Store>> OpenRedisStore(RedisOptions options);

}  // namespace jiebang::store

#endif  // JIEBANG_COMMON_STORE_REDIS_REDIS_STORE_H_
