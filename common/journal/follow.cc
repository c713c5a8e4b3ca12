#include "common/journal/follow.h"

#include <cstdio>
#include <utility>
#include <vector>

#include "common/errors/error.h"
#include "common/journal/position.h"
#include "common/journal/reading.h"
#include "common/status/status_macros.h"

namespace jiebang::journal {
namespace {

constexpr std::size_t kFollowedAtOnce = 256;
constexpr absl::Duration kFollowPause = absl::Milliseconds(50);
constexpr absl::Duration kTryAgain = absl::Seconds(1);

store::Key KeyOf(const std::string& name) {
  return {.table = "derived_projection", .partition = "projection/" + name, .id = "place"};
}

struct KeptPosition {
  Position position;
  std::uint64_t version = 0;
};

Task<absl::StatusOr<KeptPosition>> ReadPosition(store::Store& store, const std::string& name) {
  const absl::StatusOr<store::Record> record = co_await store.Get(KeyOf(name));
  if (absl::IsNotFound(record.status())) co_return KeptPosition{};
  if (!record.ok()) co_return record.status();
  CO_ASSIGN_OR_RETURN(const Position position, Position::Parse(record->value));
  co_return KeptPosition{position, record->version};
}

// The version is a precondition, so that of two followers of one name only one goes on.
Task<absl::Status> KeepPosition(store::Store& store, const std::string& name, KeptPosition& kept) {
  const store::Key key = KeyOf(name);
  store::Commit commit{.partition = key.partition};
  commit.preconditions.push_back({.table = key.table, .id = key.id, .version = kept.version});
  commit.puts.push_back({.table = key.table, .id = key.id, .value = kept.position.Token()});
  CO_RETURN_IF_ERROR(co_await store.Apply(std::move(commit)));
  ++kept.version;
  co_return absl::OkStatus();
}

// What is behind the place in a shard. Where a failover has lost what the projection has seen, all that is there is
// handled again: it is idempotent, and what was lost was never acknowledged.
Task<absl::StatusOr<std::vector<store::JournalEntry>>> ReadOnOrAnew(store::Store& store, const std::string& name,
                                                                    int shard, Place& place, std::uint64_t head) {
  absl::StatusOr<std::vector<store::JournalEntry>> entries =
      co_await ReadOn(store, shard, place, head, kFollowedAtOnce);
  if (!absl::IsDataLoss(entries.status()) || ReasonOf(entries.status()).empty()) co_return entries;
  CO_ASSIGN_OR_RETURN(const Position beginning, co_await BeginningOf(store));
  std::fprintf(stderr, "projection %s: shard %d does not hold event %llu any more; handling the shard anew from %llu\n",
               name.c_str(), shard, static_cast<unsigned long long>(place.sequence),
               static_cast<unsigned long long>(beginning.places[shard].sequence + 1));
  place = beginning.places[shard];
  co_return co_await ReadOn(store, shard, place, head, kFollowedAtOnce);
}

// One look at all shards. True: something was there.
Task<absl::StatusOr<bool>> Advance(store::Store& store, const std::string& name, const Projection& projection) {
  CO_ASSIGN_OR_RETURN(KeptPosition kept, co_await ReadPosition(store, name));
  CO_ASSIGN_OR_RETURN(const std::vector<std::uint64_t> heads, co_await store.JournalHeads());
  bool moved = false;
  for (int shard = 0; shard < store::kShards; ++shard) {
    Place& place = kept.position.places[shard];
    CO_ASSIGN_OR_RETURN(const std::vector<store::JournalEntry> entries,
                        co_await ReadOnOrAnew(store, name, shard, place, heads[shard]));
    for (const store::JournalEntry& entry : entries) {
      v1::Event event;
      if (!event.ParseFromString(entry.event.payload))
        co_return absl::DataLossError("an event of the journal cannot be read");
      CO_RETURN_IF_ERROR(co_await projection(event));
      place = Place::After(shard, entry);
      moved = true;
    }
  }
  if (moved) CO_RETURN_IF_ERROR(co_await KeepPosition(store, name, kept));
  co_return moved;
}

}  // namespace

Task<void> Follow(store::Store& store, std::string name, Projection projection) {
  Executor& home = co_await Home();
  while (!home.stopping()) {
    const absl::StatusOr<bool> moved = co_await Advance(store, name, projection);
    if (!moved.ok()) {
      std::fprintf(stderr, "projection %s: %s; trying again\n", name.c_str(), moved.status().ToString().c_str());
      co_await Sleep(kTryAgain);
    } else if (!*moved) {
      co_await Sleep(kFollowPause);
    }
  }
}

Task<absl::StatusOr<std::uint64_t>> EventsBehind(store::Store& store, std::string name) {
  CO_ASSIGN_OR_RETURN(const KeptPosition kept, co_await ReadPosition(store, name));
  CO_ASSIGN_OR_RETURN(const std::vector<std::uint64_t> heads, co_await store.JournalHeads());
  std::uint64_t behind = 0;
  for (int shard = 0; shard < store::kShards; ++shard) {
    const std::uint64_t handled = kept.position.places[shard].sequence;
    if (heads[shard] > handled) behind += heads[shard] - handled;
  }
  co_return behind;
}

Task<absl::StatusOr<Position>> FollowedUpTo(store::Store& store, std::string name) {
  CO_ASSIGN_OR_RETURN(const KeptPosition kept, co_await ReadPosition(store, name));
  co_return kept.position;
}

}  // namespace jiebang::journal
