#include "common/journal/audited_store.h"

#include <utility>

#include "common/clock/timestamp.h"
#include "common/journal/trail.h"
#include "common/token/digest.h"
#include "jiebang/journal/v1/event.pb.h"

namespace jiebang::journal {
namespace {

// One change as bytes of an Event that has nothing else. Serialized messages that stand one after the other are read as
// one: appending these to an event adds the change to it, and the rest of the event stays byte for byte what it was.
std::string ChangeAsEvent(std::string table, std::string id, std::string sha256) {
  v1::Event event;
  v1::RecordChange& change = *event.add_changes();
  change.set_table(std::move(table));
  change.set_id(std::move(id));
  change.set_sha256(std::move(sha256));
  return event.SerializeAsString();
}

std::vector<std::string> ChangesOf(const store::Commit& commit) {
  std::vector<std::string> changes;
  changes.reserve(commit.puts.size() + commit.deletes.size());
  for (const store::Put& put : commit.puts) {
    if (!IsCovered(put.table)) continue;
    changes.push_back(ChangeAsEvent(put.table, put.id, token::Sha256(put.value)));
  }
  for (const store::Delete& deletion : commit.deletes) {
    if (!IsCovered(deletion.table)) continue;
    changes.push_back(ChangeAsEvent(deletion.table, deletion.id, ""));
  }
  return changes;
}

store::Event RecordChanged(const std::string& partition, absl::Time now) {
  v1::Event event;
  event.set_type(kRecordChanged);
  event.set_resource(partition);
  *event.mutable_time() = ToTimestamp(now);
  return {.type = kRecordChanged, .resource = partition, .payload = event.SerializeAsString()};
}

void AddChanges(absl::Time now, store::Commit& commit) {
  const std::vector<std::string> changes = ChangesOf(commit);
  if (changes.empty()) return;
  if (commit.events.empty()) commit.events.push_back(RecordChanged(commit.partition, now));
  std::vector<store::Event> further;  // right after the first event, so that the changes stand together
  store::Event* event = &commit.events.front();
  for (const std::string& change : changes) {
    if (event->payload.size() + change.size() > store::kMaxEventBytes) {
      event = &further.emplace_back(RecordChanged(commit.partition, now));
    }
    event->payload += change;
  }
  commit.events.insert(commit.events.begin() + 1, std::make_move_iterator(further.begin()),
                       std::make_move_iterator(further.end()));
}

}  // namespace

Task<absl::Status> AuditedStore::Apply(store::Commit commit) {
  AddChanges(clock_.Now(), commit);
  co_return co_await store_->Apply(std::move(commit));
}

Task<absl::StatusOr<store::Record>> AuditedStore::Get(store::Key key) {
  co_return co_await store_->Get(std::move(key));
}

Task<absl::StatusOr<std::vector<std::optional<store::Record>>>> AuditedStore::GetMany(std::vector<store::Key> keys) {
  co_return co_await store_->GetMany(std::move(keys));
}

Task<absl::StatusOr<store::Page>> AuditedStore::Scan(std::string table, std::string partition, std::string prefix,
                                                     std::string after, std::size_t limit) {
  co_return co_await store_->Scan(std::move(table), std::move(partition), std::move(prefix), std::move(after), limit);
}

Task<absl::StatusOr<store::Replay>> AuditedStore::FindReplay(std::string partition, std::string replay_key) {
  co_return co_await store_->FindReplay(std::move(partition), std::move(replay_key));
}

Task<absl::StatusOr<std::vector<store::JournalEntry>>> AuditedStore::ReadJournal(int shard, std::uint64_t after,
                                                                                 std::size_t limit) {
  co_return co_await store_->ReadJournal(shard, after, limit);
}

Task<absl::StatusOr<std::vector<std::uint64_t>>> AuditedStore::JournalHeads() {
  co_return co_await store_->JournalHeads();
}

Task<absl::Status> AuditedStore::CompactJournal(int shard, std::uint64_t up_to) {
  return store_->CompactJournal(shard, up_to);
}

Task<absl::StatusOr<std::vector<std::uint64_t>>> AuditedStore::JournalCompacted() { return store_->JournalCompacted(); }

}  // namespace jiebang::journal
