// What is said to a server before the first command: who we are, our scripts, and whether it keeps what it
// acknowledges.
#ifndef JIEBANG_COMMON_STORE_REDIS_GREETING_H_
#define JIEBANG_COMMON_STORE_REDIS_GREETING_H_

#include <functional>
#include <string>

#include "absl/status/status.h"
#include "common/async/task.h"
#include "common/store/redis/connection.h"

namespace jiebang::store::redis {

// Says who we are, and nothing else: enough for a Sentinel, and for asking a server about its Cluster.
struct Introduction {
  std::string user;  // empty: Redis's default user
  std::string password;

  // FAILED_PRECONDITION: the server does not know us.
  Task<absl::Status> operator()(Connection& connection) const;
};

struct Greeting {
  Introduction introduction;
  int replicas = 0;         // that must have a commit before it is acknowledged
  bool in_cluster = false;  // whether the server must be of a Cluster; it must not be otherwise
  bool allow_weak_durability = false;
  // Told in words what could not be seen.
  std::function<void(const std::string&)> warn;

  // FAILED_PRECONDITION: the server may forget what it has acknowledged, or does not know us. UNAVAILABLE: it is a
  // replica, or not ready.
  Task<absl::Status> operator()(Connection& connection) const;
};

}  // namespace jiebang::store::redis

#endif  // JIEBANG_COMMON_STORE_REDIS_GREETING_H_
