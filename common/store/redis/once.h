// What may be said once, among all who share a Redis: `SET key NX EX`.
#ifndef JIEBANG_COMMON_STORE_REDIS_ONCE_H_
#define JIEBANG_COMMON_STORE_REDIS_ONCE_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/async/task.h"
#include "common/store/redis/client.h"
#include "common/store/redis/redis_store.h"

namespace jiebang::store {

// Thread-safe. Keys are `{<prefix>:once}<word>`, apart from those of stores.
class Once {
 public:
  // Waits until the server is reached, for `opening` at most; one that is away then is asked again whenever it is
  // there. FAILED_PRECONDITION as OpenRedisStore: it refuses us, or would forget.
  static absl::StatusOr<std::unique_ptr<Once>> Open(RedisOptions options);

  // True for the first who says the word, false for others until `kept` (whole seconds) has passed. UNAVAILABLE or
  // UNKNOWN: it may have been said or not, and is kept if so. With `replicas`, so many know it before this answers.
  Task<absl::StatusOr<bool>> Say(std::string word, absl::Duration kept);

 private:
  Once(const std::string& prefix, const RedisOptions& options);

  const std::string tag_;
  const int slot_;
  const std::unique_ptr<redis::Client> client_;
};

}  // namespace jiebang::store

#endif  // JIEBANG_COMMON_STORE_REDIS_ONCE_H_
