// Refusals as a journal holds them: their events, and the commits that keep them.
#ifndef JIEBANG_COMMON_JOURNAL_REFUSALS_H_
#define JIEBANG_COMMON_JOURNAL_REFUSALS_H_

#include <string>
#include <vector>

#include "common/async/task.h"
#include "common/rpc/refusal_log.h"
#include "common/store/store.h"
#include "jiebang/journal/v1/event.pb.h"

namespace jiebang::journal {

// One call that was refused; and how often one caller was refused alike.
inline constexpr char kCallRefused[] = "call.refused";
inline constexpr char kCallsRefused[] = "calls.refused";

inline bool TellsOfRefusal(const v1::Event& event) {
  return event.type() == kCallRefused || event.type() == kCallsRefused;
}

// The event of a call that was refused. What the caller chose is shortened to 256 bytes and shown as an escaped C
// string where it is no printable text.
v1::Event EventOf(const rpc::RefusedCall& call);

// A commit of these events alone, at most store::kMaxCommitOperations. Refusals change nothing, so they stand in
// partitions of their own; `turn` chooses among kRefusalPartitions of them, to spread them over the shards.
inline constexpr int kRefusalPartitions = store::kShards;
store::Commit CommitOf(const std::vector<v1::Event>& refusals, unsigned turn);

// Keeps what another process refused. INVALID_ARGUMENT EVENT_NO_REFUSAL: one of the events is of another type;
// otherwise the store's errors.
Task<absl::Status> KeepRefusals(store::Store& store, std::vector<v1::Event> refusals, unsigned turn);

}  // namespace jiebang::journal

#endif  // JIEBANG_COMMON_JOURNAL_REFUSALS_H_
