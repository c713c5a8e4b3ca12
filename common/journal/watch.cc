#include "common/journal/watch.h"

#include <utility>
#include <vector>

#include "absl/time/clock.h"
#include "common/journal/audited_store.h"
#include "common/journal/position.h"
#include "common/journal/reading.h"
#include "common/policy/policy.h"
#include "common/status/status_macros.h"

namespace jiebang::journal {
namespace {

constexpr std::size_t kWatchedAtOnce = 256;
// How long an event may wait to be seen when nothing else happens; one cheap read of the heads in that time.
constexpr absl::Duration kWatchPause = absl::Milliseconds(100);
// After so long without an event for this reader he is told how far he has come all the same.
constexpr absl::Duration kBookmarkAfter = absl::Minutes(1);

absl::StatusOr<v1::Entry> ToEntry(int shard, const store::JournalEntry& kept, const Position& position) {
  v1::Entry entry;
  if (!entry.mutable_event()->ParseFromString(kept.event.payload)) {
    return absl::DataLossError("an event of the journal cannot be read");
  }
  entry.set_shard(shard);
  entry.set_sequence(static_cast<std::int64_t>(kept.sequence));
  entry.set_resume_token(position.Token());
  return entry;
}

}  // namespace

Task<absl::Status> StreamEvents(store::Store& store, const rpc::Call& call, std::string resume_token, Sink sink) {
  CO_ASSIGN_OR_RETURN(Position position, Position::Parse(resume_token));
  const bool is_auditor = call.HasRole(options::v1::ROLE_AUDITOR);
  if (resume_token.empty()) {
    CO_ASSIGN_OR_RETURN(position, co_await BeginningOf(store));
  }
  Position told = position;
  absl::Time told_at = absl::Now();
  while (!sink.ended()) {
    CO_ASSIGN_OR_RETURN(const std::vector<std::uint64_t> heads, co_await store.JournalHeads());
    bool moved = false;
    for (int shard = 0; shard < store::kShards; ++shard) {
      Place& place = position.places[shard];
      CO_ASSIGN_OR_RETURN(const std::vector<store::JournalEntry> entries,
                          co_await ReadOn(store, shard, place, heads[shard], kWatchedAtOnce));
      for (const store::JournalEntry& kept : entries) {
        place = Place::After(shard, kept);
        moved = true;
        if (!policy::Owns(call.principal(), kept.event.resource)) continue;
        if (!is_auditor && kept.event.type == kRecordChanged) continue;
        CO_ASSIGN_OR_RETURN(v1::Entry entry, ToEntry(shard, kept, position));
        if (sink.sees && !sink.sees(entry.event())) continue;
        if (!is_auditor) entry.mutable_event()->clear_changes();
        // Not before the reader has room: nothing is read ahead for a slow one.
        const bool taken = co_await sink.take(std::move(entry));
        if (!taken) co_return absl::OkStatus();
        told = position;
        told_at = absl::Now();
      }
    }
    if (moved) continue;
    if (told != position && absl::Now() - told_at > kBookmarkAfter) {
      v1::Entry bookmark;
      bookmark.set_resume_token(position.Token());
      const bool taken = co_await sink.take(std::move(bookmark));
      if (!taken) co_return absl::OkStatus();
      told = position;
      told_at = absl::Now();
    }
    co_await Sleep(kWatchPause);
  }
  co_return absl::OkStatus();
}

}  // namespace jiebang::journal
