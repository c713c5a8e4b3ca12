// Follow: feeds a projection (an index across partitions, a statistic) with every event of a journal, from where it
// left off.
#ifndef JIEBANG_COMMON_JOURNAL_FOLLOW_H_
#define JIEBANG_COMMON_JOURNAL_FOLLOW_H_

#include <functional>
#include <string>

#include "common/async/task.h"
#include "common/journal/position.h"
#include "common/store/store.h"
#include "jiebang/journal/v1/event.pb.h"

namespace jiebang::journal {

// Takes one event. Must be idempotent: after a crash the last events come again. An error is tried again after a pause.
using Projection = std::function<Task<absl::Status>(const v1::Event& event)>;

// Runs until the home executor stops. The place is kept in `store` under `name`; delete it there and the projection is
// rebuilt from nothing, as long as the journal was not compacted. Events of one shard come in order.
Task<void> Follow(store::Store& store, std::string name, Projection projection);

// How many events of the journal the projection `name` has not handled yet.
Task<absl::StatusOr<std::uint64_t>> EventsBehind(store::Store& store, std::string name);

// How far the projection `name` has come.
Task<absl::StatusOr<Position>> FollowedUpTo(store::Store& store, std::string name);

}  // namespace jiebang::journal

#endif  // JIEBANG_COMMON_JOURNAL_FOLLOW_H_
