// A commit as a call of commit.lua, and what it answered.
#ifndef JIEBANG_COMMON_STORE_REDIS_COMMIT_COMMAND_H_
#define JIEBANG_COMMON_STORE_REDIS_COMMIT_COMMAND_H_

#include "absl/status/status.h"
#include "common/store/redis/command.h"
#include "common/store/redis/keys.h"
#include "common/store/redis/reply.h"
#include "common/store/store.h"

namespace jiebang::store::redis {

Command ToCommand(const Commit& commit, const PartitionKeys& keys);
absl::Status OutcomeOf(const Commit& commit, const Reply& reply);

}  // namespace jiebang::store::redis

#endif  // JIEBANG_COMMON_STORE_REDIS_COMMIT_COMMAND_H_
