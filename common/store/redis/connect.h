// How what is in Redis is reached, whatever it is.
#ifndef JIEBANG_COMMON_STORE_REDIS_CONNECT_H_
#define JIEBANG_COMMON_STORE_REDIS_CONNECT_H_

#include <memory>
#include <set>

#include "common/store/redis/client.h"
#include "common/store/redis/redis_store.h"

namespace jiebang::store {

// Starts to connect; `slots`: those that will be asked for.
std::unique_ptr<redis::Client> Connect(const RedisOptions& options, std::set<int> slots);

}  // namespace jiebang::store

#endif  // JIEBANG_COMMON_STORE_REDIS_CONNECT_H_
