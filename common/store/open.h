// Opens a store by where it is: the one place that knows every engine.
#ifndef JIEBANG_COMMON_STORE_OPEN_H_
#define JIEBANG_COMMON_STORE_OPEN_H_

#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "common/store/location.h"
#include "common/store/redis/redis_store.h"
#include "common/store/store.h"

namespace jiebang::store {

using Warn = std::function<void(const std::string&)>;
void WarnOnStandardError(const std::string& warning);

// Blocks until the store can be used. FAILED_PRECONDITION: it must not be used as it is (of a newer program, in use by
// another process, a Redis that would forget); UNAVAILABLE: it cannot be reached.
// `warn` is told, in words for the operator, what could not be checked; on any thread.
absl::StatusOr<std::unique_ptr<Store>> Open(const Location& location, Warn warn = WarnOnStandardError);

// The same for the text of a flag; INVALID_ARGUMENT as ParseLocation.
absl::StatusOr<std::unique_ptr<Store>> Open(const std::string& location, Warn warn = WarnOnStandardError);

// How the Redis of a location is reached. INVALID_ARGUMENT, or the code of errno, for a password file that cannot be
// read.
absl::StatusOr<RedisOptions> RedisOptionsOf(const RedisLocation& location, Warn warn = WarnOnStandardError);

}  // namespace jiebang::store

#endif  // JIEBANG_COMMON_STORE_OPEN_H_
