#include "common/journal/follow.h"

#include <cstdio>
#include <utility>
#include <vector>

#include "common/journal/position.h"
#include "common/status/status_macros.h"

namespace jiebang::journal {
namespace {

constexpr std::size_t kFollowedAtOnce = 256;
constexpr absl::Duration kFollowPause = absl::Milliseconds(50);
constexpr absl::Duration kTryAgain = absl::Seconds(1);

store::Key PlaceOf(const std::string& name) {
  return {.table = "projection", .partition = "projection/" + name, .id = "place"};
}

struct Place {
  Position position;
  std::uint64_t version = 0;
};

Task<absl::StatusOr<Place>> ReadPlace(store::Store& store, const std::string& name) {
  const absl::StatusOr<store::Record> record = co_await store.Get(PlaceOf(name));
  if (absl::IsNotFound(record.status())) co_return Place{};
  if (!record.ok()) co_return record.status();
  CO_ASSIGN_OR_RETURN(const Position position, Position::Parse(record->value));
  co_return Place{position, record->version};
}

// The version is a precondition, so that of two followers of one name only one goes on.
Task<absl::Status> KeepPlace(store::Store& store, const std::string& name, Place& place) {
  const store::Key key = PlaceOf(name);
  store::Commit commit{.partition = key.partition};
  commit.preconditions.push_back({.table = key.table, .id = key.id, .version = place.version});
  commit.puts.push_back({.table = key.table, .id = key.id, .value = place.position.Token()});
  CO_RETURN_IF_ERROR(co_await store.Apply(std::move(commit)));
  ++place.version;
  co_return absl::OkStatus();
}

// One look at all shards. True: something was there.
Task<absl::StatusOr<bool>> Advance(store::Store& store, const std::string& name, const Projection& projection) {
  CO_ASSIGN_OR_RETURN(Place place, co_await ReadPlace(store, name));
  CO_ASSIGN_OR_RETURN(const std::vector<std::uint64_t> heads, co_await store.JournalHeads());
  bool moved = false;
  for (int shard = 0; shard < store::kShards; ++shard) {
    std::uint64_t& handled = place.position.handled[shard];
    if (heads[shard] <= handled) continue;
    CO_ASSIGN_OR_RETURN(const std::vector<store::JournalEntry> entries,
                        co_await store.ReadJournal(shard, handled, kFollowedAtOnce));
    for (const store::JournalEntry& entry : entries) {
      v1::Event event;
      if (!event.ParseFromString(entry.event.payload))
        co_return absl::DataLossError("an event of the journal cannot be read");
      CO_RETURN_IF_ERROR(co_await projection(event));
      handled = entry.sequence;
      moved = true;
    }
  }
  if (moved) CO_RETURN_IF_ERROR(co_await KeepPlace(store, name, place));
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
  CO_ASSIGN_OR_RETURN(const Place place, co_await ReadPlace(store, name));
  CO_ASSIGN_OR_RETURN(const std::vector<std::uint64_t> heads, co_await store.JournalHeads());
  std::uint64_t behind = 0;
  for (int shard = 0; shard < store::kShards; ++shard) behind += heads[shard] - place.position.handled[shard];
  co_return behind;
}

}  // namespace jiebang::journal
