#include "common/store/sqlite/reader.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "common/status/status_macros.h"
#include "common/store/prefix.h"
#include "common/store/sqlite/schema.h"
#include "common/store/validate.h"

namespace jiebang::store::sqlite {
namespace {

// No id is as long as this one.
const std::string& AfterEveryId() {
  static const auto* const id = new std::string(kMaxKeyBytes + 1, '\xff');
  return *id;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Reader>> Reader::Create(Database database) {
  std::unique_ptr<Reader> reader(new Reader(std::move(database)));
  RETURN_IF_ERROR(reader->Prepare());
  return reader;
}

absl::Status Reader::Prepare() {
  const auto prepare = [this](std::string_view sql) { return database_.Prepare(sql); };
  ASSIGN_OR_RETURN(begin_, prepare("BEGIN"));
  ASSIGN_OR_RETURN(end_, prepare("COMMIT"));
  ASSIGN_OR_RETURN(find_, prepare("SELECT version, value FROM records WHERE tbl = ?1 AND partition = ?2 AND id = ?3"));
  ASSIGN_OR_RETURN(scan_, prepare("SELECT id, version, value FROM records "
                                  "WHERE tbl = ?1 AND partition = ?2 AND id >= ?3 AND id < ?4 ORDER BY id LIMIT ?5"));
  ASSIGN_OR_RETURN(find_replay_, prepare("SELECT fingerprint, answer FROM replays WHERE partition = ?1 AND key = ?2"));
  ASSIGN_OR_RETURN(read_journal_, prepare("SELECT position, partition, type, resource, payload FROM journal "
                                          "WHERE position > ?1 AND position < ?2 ORDER BY position LIMIT ?3"));
  ASSIGN_OR_RETURN(read_compacted_, prepare("SELECT shard, sequence FROM compacted"));
  return absl::OkStatus();
}

// Errors are left to the reads: without a transaction each of them is of its own moment, which is all that is promised.
void Reader::BeginSnapshot() { begin_.Run().IgnoreError(); }
void Reader::EndSnapshot() {
  if (database_.in_transaction()) end_.Run().IgnoreError();
}

absl::StatusOr<std::optional<Record>> Reader::Find(const Key& key) {
  const ResetAtExit reset(find_);
  ASSIGN_OR_RETURN(const bool present, find_.Bind(1, key.table).Bind(2, key.partition).Bind(3, key.id).Step());
  if (!present) return std::nullopt;
  return Record{.id = key.id, .version = static_cast<std::uint64_t>(find_.Number(0)), .value = find_.Bytes(1)};
}

absl::StatusOr<Record> Reader::Get(const Key& key) {
  ASSIGN_OR_RETURN(std::optional<Record> record, Find(key));
  if (!record) return absl::NotFoundError("no such record");
  return *std::move(record);
}

absl::StatusOr<std::vector<std::optional<Record>>> Reader::GetMany(const std::vector<Key>& keys) {
  std::vector<std::optional<Record>> records;
  records.reserve(keys.size());
  for (const Key& key : keys) {
    ASSIGN_OR_RETURN(std::optional<Record> record, Find(key));
    records.push_back(std::move(record));
  }
  return records;
}

absl::StatusOr<Page> Reader::Scan(const std::string& table, const std::string& partition, const std::string& prefix,
                                  const std::string& after, std::size_t limit) {
  // The shortest id that stands after `after` is itself with a byte 0 behind.
  const std::string begin = std::max(prefix, after + '\0');
  const std::string end = EndOfPrefix(prefix).value_or(AfterEveryId());
  scan_.Bind(1, table).Bind(2, partition).Bind(3, begin).Bind(4, end).Bind(5, static_cast<std::int64_t>(limit + 1));
  const ResetAtExit reset(scan_);
  Page page;
  std::size_t bytes = 0;
  while (true) {
    ASSIGN_OR_RETURN(const bool row, scan_.Step());
    if (!row) return page;
    if (page.records.size() == limit || bytes >= kMaxPageBytes) {
      page.more = true;
      return page;
    }
    page.records.push_back(
        {.id = scan_.Bytes(0), .version = static_cast<std::uint64_t>(scan_.Number(1)), .value = scan_.Bytes(2)});
    bytes += page.records.back().value.size();
  }
}

absl::StatusOr<Replay> Reader::FindReplay(const std::string& partition, const std::string& replay_key) {
  const ResetAtExit reset(find_replay_);
  ASSIGN_OR_RETURN(const bool present, find_replay_.Bind(1, partition).Bind(2, replay_key).Step());
  if (!present) return absl::NotFoundError("the replay key was not used");
  return Replay{.key = replay_key, .fingerprint = find_replay_.Bytes(0), .answer = find_replay_.Bytes(1)};
}

absl::StatusOr<std::vector<JournalEntry>> Reader::ReadJournal(int shard, std::uint64_t after, std::size_t limit) {
  std::vector<JournalEntry> entries;
  if (after >> kSequenceBits != 0) return entries;  // no sequence ever grows so long
  read_journal_.Bind(1, JournalPosition(shard, after)).Bind(2, JournalPosition(shard + 1, 0));
  read_journal_.Bind(3, static_cast<std::int64_t>(limit));
  const ResetAtExit reset(read_journal_);
  std::size_t bytes = 0;
  while (bytes < kMaxPageBytes) {
    ASSIGN_OR_RETURN(const bool row, read_journal_.Step());
    if (!row) break;
    entries.push_back(
        {.sequence = SequenceOf(read_journal_.Number(0)),
         .partition = read_journal_.Bytes(1),
         .event = {
             .type = read_journal_.Bytes(2), .resource = read_journal_.Bytes(3), .payload = read_journal_.Bytes(4)}});
    bytes += entries.back().event.payload.size();
  }
  // A journal has no gap but where it was compacted, and its last entry never is.
  if (!entries.empty() && entries.front().sequence != after + 1) return CompactedUpTo(entries.front().sequence - 1);
  return entries;
}

absl::StatusOr<std::vector<std::uint64_t>> Reader::JournalCompacted() {
  std::vector<std::uint64_t> compacted(kShards);
  const ResetAtExit reset(read_compacted_);
  while (true) {
    ASSIGN_OR_RETURN(const bool row, read_compacted_.Step());
    if (!row) return compacted;
    compacted.at(static_cast<std::size_t>(read_compacted_.Number(0))) =
        static_cast<std::uint64_t>(read_compacted_.Number(1));
  }
}

}  // namespace jiebang::store::sqlite
