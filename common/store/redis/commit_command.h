// A commit as a call of commit.lua, and what it answered.
#ifndef JIEBANG_COMMON_STORE_REDIS_COMMIT_COMMAND_H_
#define JIEBANG_COMMON_STORE_REDIS_COMMIT_COMMAND_H_

#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/store/redis/command.h"
#include "common/store/redis/keys.h"
#include "common/store/redis/reply.h"
#include "common/store/store.h"

namespace jiebang::store::redis {

// How long a commit without a replay can be asked whether it was applied.
inline constexpr absl::Duration kReceiptKept = absl::Minutes(2);

struct Sending {
  // Names a commit without a replay among all commits of all processes; a commit with one is named by that.
  std::string id;
  // It was sent before and its answer lost: what it finds of its own is no refusal.
  bool sent_before = false;
};

Command ToCommand(const Commit& commit, const PartitionKeys& keys, const Sending& sending);
absl::Status OutcomeOf(const Commit& commit, const Reply& reply);

}  // namespace jiebang::store::redis

#endif  // JIEBANG_COMMON_STORE_REDIS_COMMIT_COMMAND_H_
