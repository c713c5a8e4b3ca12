#include "common/store/backup/sqlite_content.h"

#include <string_view>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "common/store/sqlite/schema.h"

namespace jiebang::store::backup {
namespace {

using sqlite::JournalPosition;
using sqlite::SequenceOf;

// The indexes are named because without them SQLite might sort all rows in memory.
constexpr std::string_view kRecordsInOrder =
    "SELECT tbl, partition, id, version, value FROM records INDEXED BY sqlite_autoindex_records_1 "
    "ORDER BY tbl, partition, id";
constexpr std::string_view kReplaysInOrder =
    "SELECT partition, key, kept_until, fingerprint, answer FROM replays INDEXED BY sqlite_autoindex_replays_1 "
    "WHERE kept_until > ?1 ORDER BY partition, key";
constexpr std::string_view kEntriesOfShard =
    "SELECT position, partition, type, resource, payload FROM journal WHERE position > ?1 AND position < ?2 "
    "ORDER BY position";

}  // namespace

absl::StatusOr<std::unique_ptr<SqliteContent>> SqliteContent::Begin(sqlite::Database database, absl::Time now) {
  RETURN_IF_ERROR(sqlite::SetUpReader(database));
  // The transaction sees what had been committed when it reads first.
  RETURN_IF_ERROR(database.Execute("BEGIN; SELECT 1 FROM records LIMIT 1"));
  std::unique_ptr<SqliteContent> content(new SqliteContent(std::move(database)));
  RETURN_IF_ERROR(content->Prepare(now));
  return content;
}

absl::Status SqliteContent::Prepare(absl::Time now) {
  ASSIGN_OR_RETURN(records_, database_.Prepare(kRecordsInOrder));
  ASSIGN_OR_RETURN(replays_, database_.Prepare(kReplaysInOrder));
  ASSIGN_OR_RETURN(journal_, database_.Prepare(kEntriesOfShard));
  replays_.Bind(1, absl::ToUnixSeconds(now));
  RETURN_IF_ERROR(ReadCompacted());
  BeginShard(0);
  return absl::OkStatus();
}

// A file whose journal was never compacted may have no such table.
absl::Status SqliteContent::ReadCompacted() {
  ASSIGN_OR_RETURN(sqlite::Statement find, database_.Prepare("SELECT 1 FROM sqlite_schema WHERE name = 'compacted'"));
  ASSIGN_OR_RETURN(const bool present, find.Step());
  if (!present) return absl::OkStatus();
  ASSIGN_OR_RETURN(sqlite::Statement compacted, database_.Prepare("SELECT shard, sequence FROM compacted"));
  while (true) {
    ASSIGN_OR_RETURN(const bool row, compacted.Step());
    if (!row) return absl::OkStatus();
    const std::int64_t shard = compacted.Number(0);
    if (shard < 0 || shard >= kShards) return absl::DataLossError(absl::StrCat("a journal of shard ", shard));
    compacted_[shard] = static_cast<std::uint64_t>(compacted.Number(1));
  }
}

absl::StatusOr<std::optional<Item>> SqliteContent::Next() {
  std::optional<Item> item;
  if (stage_ == Stage::kRecords) {
    ASSIGN_OR_RETURN(item, NextRecord());
    if (item) return item;
    stage_ = Stage::kReplays;
  }
  if (stage_ == Stage::kReplays) {
    ASSIGN_OR_RETURN(item, NextReplay());
    if (item) return item;
    stage_ = Stage::kJournal;
  }
  while (stage_ == Stage::kJournal) {
    ASSIGN_OR_RETURN(item, NextOfJournal());
    if (item) return item;
    if (shard_ + 1 < kShards) {
      BeginShard(shard_ + 1);
    } else {
      stage_ = Stage::kEnd;
    }
  }
  return std::nullopt;
}

absl::StatusOr<std::optional<Item>> SqliteContent::NextRecord() {
  ASSIGN_OR_RETURN(const bool row, records_.Step());
  if (!row) return std::nullopt;
  return StoredRecord{.key = {.table = records_.Bytes(0), .partition = records_.Bytes(1), .id = records_.Bytes(2)},
                      .version = static_cast<std::uint64_t>(records_.Number(3)),
                      .value = records_.Bytes(4)};
}

absl::StatusOr<std::optional<Item>> SqliteContent::NextReplay() {
  ASSIGN_OR_RETURN(const bool row, replays_.Step());
  if (!row) return std::nullopt;
  return StoredReplay{
      .partition = replays_.Bytes(0),
      .replay = {.key = replays_.Bytes(1), .fingerprint = replays_.Bytes(3), .answer = replays_.Bytes(4)},
      .kept_until = replays_.Number(2)};
}

void SqliteContent::BeginShard(int shard) {
  shard_ = shard;
  start_was_given_ = compacted_[shard] == 0;
  journal_.Bind(1, JournalPosition(shard, compacted_[shard])).Bind(2, JournalPosition(shard + 1, 0));
}

absl::StatusOr<std::optional<Item>> SqliteContent::NextOfJournal() {
  if (!start_was_given_) {
    start_was_given_ = true;
    return JournalStart{.shard = shard_, .compacted = compacted_[shard_]};
  }
  ASSIGN_OR_RETURN(const bool row, journal_.Step());
  if (!row) return std::nullopt;
  return StoredEntry{
      .shard = shard_,
      .entry = {.sequence = SequenceOf(journal_.Number(0)),
                .partition = journal_.Bytes(1),
                .event = {.type = journal_.Bytes(2), .resource = journal_.Bytes(3), .payload = journal_.Bytes(4)}}};
}

}  // namespace jiebang::store::backup
