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

struct Greeting {
  std::string user;  // empty: Redis's default user
  std::string password;
  bool allow_weak_durability = false;
  // Told in words what could not be seen.
  std::function<void(const std::string&)> warn;

  // FAILED_PRECONDITION: the server may forget what it has acknowledged, or does not know us. UNAVAILABLE: it is a
  // replica, or not ready.
  Task<absl::Status> operator()(Connection& connection) const;
};

}  // namespace jiebang::store::redis

#endif  // JIEBANG_COMMON_STORE_REDIS_GREETING_H_
