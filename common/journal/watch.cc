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

// The caller without the role that owns everything in order to run the suite: operators see no content, and may not
// watch. Who is a unit as well watches as a unit.
policy::Principal Watcher(const rpc::Call& call) {
  policy::Principal watcher = call.principal();
  watcher.clear_roles();
  for (const int role : call.principal().roles()) {
    if (role != options::v1::ROLE_OPERATOR) watcher.add_roles(static_cast<options::v1::Role>(role));
  }
  return watcher;
}

bool ReadsTrail(const policy::Principal& watcher) {
  return policy::HasRole(watcher, options::v1::ROLE_AUDITOR) || policy::HasRole(watcher, options::v1::ROLE_MINISTRY) ||
         policy::HasRole(watcher, options::v1::ROLE_SERVICE);
}

// From where and with which request somebody made it happen is for the trail, not for the other party to it.
void HideTrail(const policy::Principal& watcher, v1::Event& event) {
  if (ReadsTrail(watcher) || event.actor() == watcher.subject()) return;
  event.clear_source_address();
  event.clear_request_id();
}

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
  const policy::Principal watcher = Watcher(call);
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
        if (!policy::Owns(watcher, kept.event.resource)) continue;
        if (!is_auditor && kept.event.type == kRecordChanged) continue;
        CO_ASSIGN_OR_RETURN(v1::Entry entry, ToEntry(shard, kept, position));
        if (sink.sees && !sink.sees(entry.event())) continue;
        if (!is_auditor) entry.mutable_event()->clear_changes();
        HideTrail(watcher, *entry.mutable_event());
        // Not before the reader has room: nothing is read ahead for a slow one.
        const bool taken = co_await sink.take(std::move(entry));
        if (!taken) co_return absl::OkStatus();
        told = position;
        told_at = absl::Now();
      }
    }
    if (sink.looked) sink.looked(position, !moved);
    if (moved) continue;
    if (told != position && absl::Now() - told_at > kBookmarkAfter) {
      v1::Entry bookmark;
      bookmark.set_resume_token(position.Token());
      const bool taken = co_await sink.take(std::move(bookmark));
      if (!taken) co_return absl::OkStatus();
      told = position;
      told_at = absl::Now();
    }
    if (sink.ended()) break;
    co_await Sleep(kWatchPause);
  }
  co_return absl::OkStatus();
}

}  // namespace jiebang::journal
