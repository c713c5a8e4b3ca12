#include "common/journal/compaction.h"

#include <algorithm>
#include <cstdio>
#include <utility>

#include "absl/time/clock.h"
#include "common/journal/follow.h"
#include "common/status/status_macros.h"
#include "jiebang/journal/v1/event.pb.h"

namespace jiebang::journal {
namespace {

// Entries that are looked at and taken away at once; commits wait no longer than that takes.
constexpr std::size_t kStep = 500;
constexpr absl::Duration kLookAgain = absl::Hours(1);
// How often somebody looks whether the process stops.
constexpr absl::Duration kTick = absl::Seconds(1);

Task<absl::StatusOr<Bounds>> BoundsOf(store::Store& store, const CompactionPolicy& policy) {
  Bounds bounds;
  bounds.fill(~std::uint64_t{0});
  if (policy.not_beyond) {
    CO_ASSIGN_OR_RETURN(bounds, co_await policy.not_beyond());
  }
  for (const std::string& projection : policy.projections) {
    CO_ASSIGN_OR_RETURN(const Position followed, co_await FollowedUpTo(store, projection));
    for (int shard = 0; shard < store::kShards; ++shard) {
      bounds[shard] = std::min(bounds[shard], followed.places[shard].sequence);
    }
  }
  co_return bounds;
}

// The last of these entries before `horizon`, with none between them that is younger; `after` if there is none. Events
// stand in the order of their commits, of which one may have begun a little before the one in front of it.
absl::StatusOr<std::uint64_t> LastBefore(absl::Time horizon, std::uint64_t after, std::uint64_t bound,
                                         const std::vector<store::JournalEntry>& entries) {
  for (const store::JournalEntry& entry : entries) {
    v1::Event event;
    if (!event.ParseFromString(entry.event.payload)) {
      return absl::DataLossError("an event of the journal cannot be read");
    }
    if (entry.sequence > bound || absl::FromUnixSeconds(event.time().seconds()) >= horizon) break;
    after = entry.sequence;
  }
  return after;
}

Task<absl::StatusOr<std::uint64_t>> CompactShard(store::Store& store, int shard, std::uint64_t compacted,
                                                 std::uint64_t bound, absl::Time horizon) {
  std::uint64_t taken = 0;
  while (true) {
    CO_ASSIGN_OR_RETURN(const std::vector<store::JournalEntry> entries,
                        co_await store.ReadJournal(shard, compacted, kStep));
    // The last entry that was read stays, since it may be the last one of the journal.
    if (entries.size() < 2) co_return taken;
    const std::uint64_t up_to_most = std::min(bound, entries.back().sequence - 1);
    CO_ASSIGN_OR_RETURN(const std::uint64_t up_to, LastBefore(horizon, compacted, up_to_most, entries));
    if (up_to == compacted) co_return taken;
    CO_RETURN_IF_ERROR(co_await store.CompactJournal(shard, up_to));
    taken += up_to - compacted;
    compacted = up_to;
  }
}

}  // namespace

Task<absl::StatusOr<std::uint64_t>> Compact(store::Store& store, absl::Time now, const CompactionPolicy& policy) {
  CO_ASSIGN_OR_RETURN(const Bounds bounds, co_await BoundsOf(store, policy));
  CO_ASSIGN_OR_RETURN(const std::vector<std::uint64_t> compacted, co_await store.JournalCompacted());
  std::uint64_t taken = 0;
  for (int shard = 0; shard < store::kShards; ++shard) {
    CO_ASSIGN_OR_RETURN(const std::uint64_t of_shard,
                        co_await CompactShard(store, shard, compacted[shard], bounds[shard], now - policy.keep));
    taken += of_shard;
  }
  co_return taken;
}

Task<void> KeepCompacted(store::Store& store, const Clock& clock, CompactionPolicy policy) {
  if (policy.keep == absl::InfiniteDuration()) co_return;
  Executor& home = co_await Home();
  absl::Time next = absl::InfinitePast();
  while (!home.stopping()) {
    // By the clock on the wall, also in a rehearsal, where days pass in a moment.
    if (absl::Now() >= next) {
      next = absl::Now() + kLookAgain;
      const absl::StatusOr<std::uint64_t> taken = co_await Compact(store, clock.Now(), policy);
      if (!taken.ok()) {
        std::fprintf(stderr, "compaction of the journal: %s\n", taken.status().ToString().c_str());
      } else if (*taken > 0) {
        std::fprintf(stderr, "compaction of the journal: %llu events taken away\n",
                     static_cast<unsigned long long>(*taken));
      }
    }
    co_await Sleep(kTick);
  }
}

}  // namespace jiebang::journal
