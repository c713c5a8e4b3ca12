// Takes the old part of a journal away, where an operator wants that.
#ifndef JIEBANG_COMMON_JOURNAL_COMPACTION_H_
#define JIEBANG_COMMON_JOURNAL_COMPACTION_H_

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/async/task.h"
#include "common/clock/clock.h"
#include "common/store/store.h"

namespace jiebang::journal {

// The least time for which a journal is kept: it is the audit trail, and network logs are kept for six months at least
// (Cybersecurity Law of the PRC; GB/T 22239-2019, 8.1.4.3, wants them protected against unexpected deletion).
inline constexpr absl::Duration kLeastKept = absl::Hours(24 * 184);

// Up to where each shard may be taken away.
using Bounds = std::array<std::uint64_t, store::kShards>;

struct CompactionPolicy {
  absl::Duration keep = absl::InfiniteDuration();  // kLeastKept at least
  std::vector<std::string> projections;            // none of which may miss an event
  // What else still needs the journal, e.g. the sealer; null: nothing.
  std::function<Task<absl::StatusOr<Bounds>>()> not_beyond = nullptr;
};

// One look at the journal: takes away what is older than the policy keeps, up to where every projection has handled it.
// Never the last entry of a shard. Gives the number of entries that it took.
Task<absl::StatusOr<std::uint64_t>> Compact(store::Store& store, absl::Time now, const CompactionPolicy& policy);

// Compacts now and then until the home executor stops; does nothing where everything is kept.
Task<void> KeepCompacted(store::Store& store, const Clock& clock, CompactionPolicy policy);

}  // namespace jiebang::journal

#endif  // JIEBANG_COMMON_JOURNAL_COMPACTION_H_
