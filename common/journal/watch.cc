#include "common/journal/watch.h"

#include <utility>
#include <vector>

#include "common/journal/position.h"
#include "common/policy/policy.h"
#include "common/status/status_macros.h"

namespace jiebang::journal {
namespace {

constexpr std::size_t kWatchedAtOnce = 256;
// How long an event may wait to be seen when nothing else happens; one cheap read of the heads in that time.
constexpr absl::Duration kWatchPause = absl::Milliseconds(100);

}  // namespace

Task<absl::Status> StreamEvents(store::Store& store, const rpc::Call& call, std::string resume_token, Sink sink) {
  CO_ASSIGN_OR_RETURN(Position position, Position::Parse(resume_token));
  while (!sink.ended()) {
    CO_ASSIGN_OR_RETURN(const std::vector<std::uint64_t> heads, co_await store.JournalHeads());
    bool moved = false;
    for (int shard = 0; shard < store::kShards; ++shard) {
      std::uint64_t& handled = position.handled[shard];
      if (heads[shard] <= handled) continue;
      CO_ASSIGN_OR_RETURN(const std::vector<store::JournalEntry> entries,
                          co_await store.ReadJournal(shard, handled, kWatchedAtOnce));
      for (const store::JournalEntry& journal_entry : entries) {
        handled = journal_entry.sequence;
        moved = true;
        if (!policy::Owns(call.principal(), journal_entry.event.resource)) continue;
        v1::Entry entry;
        if (!entry.mutable_event()->ParseFromString(journal_entry.event.payload)) {
          co_return absl::DataLossError("an event of the journal cannot be read");
        }
        entry.set_shard(shard);
        entry.set_sequence(static_cast<std::int64_t>(journal_entry.sequence));
        entry.set_resume_token(position.Token());
        const bool taken = co_await sink.take(std::move(entry));
        if (!taken) co_return absl::OkStatus();
      }
    }
    if (!moved) co_await Sleep(kWatchPause);
  }
  co_return absl::OkStatus();
}

}  // namespace jiebang::journal
