// Reading on from a place, by a reader who relies on having seen everything before it.
#ifndef JIEBANG_COMMON_JOURNAL_READING_H_
#define JIEBANG_COMMON_JOURNAL_READING_H_

#include <cstddef>
#include <vector>

#include "common/async/task.h"
#include "common/journal/position.h"
#include "common/store/store.h"

namespace jiebang::journal {

// Up to `limit` (1 to 999) entries behind the place, in order. `head` is the shard's last sequence as it was found to
// be. Refusals:
//
// - OUT_OF_RANGE RESUME_TOKEN_EXPIRED: the entry behind the place was compacted away;
// - DATA_LOSS RESUME_TOKEN_DIVERGED: the journal does not hold the entry any more that the place stands behind: a
//   failover has lost it, or the place is of another journal.
Task<absl::StatusOr<std::vector<store::JournalEntry>>> ReadOn(store::Store& store, int shard, Place place,
                                                              std::uint64_t head, std::size_t limit);

// OUT_OF_RANGE RESUME_TOKEN_EXPIRED: the entry behind this one was compacted away.
absl::Status TokenExpired(int shard, std::uint64_t sequence);

// Where a journal begins: at what was not compacted away.
Task<absl::StatusOr<Position>> BeginningOf(store::Store& store);

// Behind all that a journal holds now.
Task<absl::StatusOr<Position>> EndOf(store::Store& store);

}  // namespace jiebang::journal

#endif  // JIEBANG_COMMON_JOURNAL_READING_H_
