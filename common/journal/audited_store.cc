#include "common/journal/audited_store.h"

#include <iterator>
#include <string>
#include <utility>
#include <vector>

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

}  // namespace jiebang::journal
