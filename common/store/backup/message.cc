#include "common/store/backup/message.h"

#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace jiebang::store::backup {
namespace {

struct Fill {
  pb::Item& message;

  void operator()(const ServiceStart& start) const { message.mutable_service()->set_name(start.service); }

  void operator()(const StoredRecord& record) const {
    pb::Record& filled = *message.mutable_record();
    filled.set_table(record.key.table);
    filled.set_partition(record.key.partition);
    filled.set_id(record.key.id);
    filled.set_version(record.version);
    filled.set_value(record.value);
  }

  void operator()(const StoredReplay& replay) const {
    pb::Replay& filled = *message.mutable_replay();
    filled.set_partition(replay.partition);
    filled.set_key(replay.replay.key);
    filled.set_fingerprint(replay.replay.fingerprint);
    filled.set_answer(replay.replay.answer);
    filled.set_kept_until(replay.kept_until);
  }

  void operator()(const JournalStart& start) const {
    pb::JournalStart& filled = *message.mutable_journal_start();
    filled.set_shard(start.shard);
    filled.set_compacted(start.compacted);
  }

  void operator()(const StoredEntry& entry) const {
    pb::JournalEntry& filled = *message.mutable_journal_entry();
    filled.set_shard(entry.shard);
    filled.set_sequence(entry.entry.sequence);
    filled.set_partition(entry.entry.partition);
    filled.set_type(entry.entry.event.type);
    filled.set_resource(entry.entry.event.resource);
    filled.set_payload(entry.entry.event.payload);
  }
};

Item ItemOf(pb::Record& record) {
  return StoredRecord{.key = {.table = std::move(*record.mutable_table()),
                              .partition = std::move(*record.mutable_partition()),
                              .id = std::move(*record.mutable_id())},
                      .version = record.version(),
                      .value = std::move(*record.mutable_value())};
}

Item ItemOf(pb::Replay& replay) {
  return StoredReplay{.partition = std::move(*replay.mutable_partition()),
                      .replay = {.key = std::move(*replay.mutable_key()),
                                 .fingerprint = std::move(*replay.mutable_fingerprint()),
                                 .answer = std::move(*replay.mutable_answer())},
                      .kept_until = replay.kept_until()};
}

Item ItemOf(pb::JournalEntry& entry) {
  return StoredEntry{.shard = entry.shard(),
                     .entry = {.sequence = entry.sequence(),
                               .partition = std::move(*entry.mutable_partition()),
                               .event = {.type = std::move(*entry.mutable_type()),
                                         .resource = std::move(*entry.mutable_resource()),
                                         .payload = std::move(*entry.mutable_payload())}}};
}

absl::Status CheckShard(int shard) {
  if (shard >= 0 && shard < kShards) return absl::OkStatus();
  return absl::DataLossError(absl::StrCat("a journal of shard ", shard, ", of 0 to ", kShards - 1));
}

}  // namespace

pb::Item ToMessage(const Item& item) {
  pb::Item message;
  std::visit(Fill{message}, item);
  return message;
}

absl::StatusOr<Item> FromMessage(pb::Item message) {
  switch (message.item_case()) {
    case pb::Item::kService:
      return ServiceStart{.service = std::move(*message.mutable_service()->mutable_name())};
    case pb::Item::kRecord:
      return ItemOf(*message.mutable_record());
    case pb::Item::kReplay:
      return ItemOf(*message.mutable_replay());
    case pb::Item::kJournalStart: {
      const pb::JournalStart& start = message.journal_start();
      if (absl::Status wrong = CheckShard(start.shard()); !wrong.ok()) return wrong;
      return JournalStart{.shard = start.shard(), .compacted = start.compacted()};
    }
    case pb::Item::kJournalEntry:
      if (absl::Status wrong = CheckShard(message.journal_entry().shard()); !wrong.ok()) return wrong;
      return ItemOf(*message.mutable_journal_entry());
    default:
      return absl::DataLossError("an item of a kind that this program does not know");
  }
}

}  // namespace jiebang::store::backup
