// What Redis answers, as a value that outlives the connection's buffers.
#ifndef JIEBANG_COMMON_STORE_REDIS_REPLY_H_
#define JIEBANG_COMMON_STORE_REDIS_REPLY_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"

struct redisReply;

namespace jiebang::store::redis {

struct Reply {
  enum class Type { kNil, kInteger, kText, kArray, kError };

  Type type = Type::kNil;
  std::int64_t integer = 0;
  std::string text;  // of an error: its message
  std::vector<Reply> elements;
};

Reply ToReply(const redisReply& reply);

// The status of store.h for an error of Redis, e.g. "OOM command not allowed ...".
absl::Status ErrorOf(const Reply& error);
// An answer of another shape than the command has.
absl::Status UnexpectedReply();

}  // namespace jiebang::store::redis

#endif  // JIEBANG_COMMON_STORE_REDIS_REPLY_H_
