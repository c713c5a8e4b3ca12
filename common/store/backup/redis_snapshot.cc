#include "common/store/backup/redis_snapshot.h"

#include <optional>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "common/status/status_macros.h"
#include "common/store/backup/redis_layout.h"
#include "common/store/redis/codec.h"
#include "common/store/redis/keys.h"
#include "common/store/redis/script.h"

namespace jiebang::store::backup {
namespace {

using redis::Command;
using redis::Keys;
using redis::PartitionKeys;
using redis::Reply;
using Request = RedisPrimaries::Request;

// So much is asked for together, because each round trip is time in which writes wait. What comes back stays below some
// 300 MiB, even if every value is of the largest, 4 MiB, and every event, 256 KiB.
constexpr std::size_t kIndexesTogether = 64;
constexpr std::size_t kFirstPageBytes = 256 << 10;
constexpr std::size_t kPageBytes = 4 << 20;
constexpr std::size_t kPageRecords = 1'000;
constexpr std::size_t kReplaysTogether = 512;
constexpr std::size_t kShortReplay = 16 << 10;  // what is longer is asked for alone
constexpr std::size_t kPageEntries = 1'000;

// As read-only, since other scripts wait for the end of the pause.
Command PageOf(const PartitionKeys& keys, const std::string& table, const std::string& first, std::size_t bytes) {
  Command command({"EVALSHA_RO", redis::ScanScript().digest, "2", keys.Index(table), keys.RecordsOf(table)});
  command.Add(first).Add("+").Add(kPageRecords).Add(bytes);
  return command;
}

std::vector<RedisLocation> LocationsOf(const std::vector<RedisService>& services) {
  std::vector<RedisLocation> locations;
  for (const RedisService& each : services) locations.push_back(each.location);
  return locations;
}

absl::StatusOr<std::uint64_t> NumberOf(const Reply& reply) {
  std::uint64_t number = 0;
  if (reply.type == Reply::Type::kNil || absl::SimpleAtoi(reply.text, &number)) return number;
  return absl::DataLossError("Redis: where a journal begins is not as it was written");
}

}  // namespace

absl::StatusOr<std::unique_ptr<RedisSnapshot>> RedisSnapshot::Take(std::vector<RedisService> services, absl::Time now,
                                                                   RedisPause::Limits limits) {
  std::unique_ptr<RedisSnapshot> snapshot(new RedisSnapshot(std::move(services), now));
  RETURN_IF_ERROR(snapshot->Connect());
  RETURN_IF_ERROR(snapshot->CheckWhole());
  ASSIGN_OR_RETURN(snapshot->pause_, RedisPause::Begin(*snapshot->primaries_, limits));
  RETURN_IF_ERROR(snapshot->Fill());
  return snapshot;
}

absl::StatusOr<std::unique_ptr<RedisSnapshot>> RedisSnapshot::OfRestore(std::vector<RedisService> services,
                                                                        absl::Time now) {
  std::unique_ptr<RedisSnapshot> snapshot(new RedisSnapshot(std::move(services), now));
  RETURN_IF_ERROR(snapshot->Connect());
  RETURN_IF_ERROR(snapshot->Fill());
  return snapshot;
}

absl::Status RedisSnapshot::Connect() {
  ASSIGN_OR_RETURN(primaries_, RedisPrimaries::Connect(LocationsOf(services_)));
  return LoadScript();
}

absl::Status RedisSnapshot::Fill() {
  return catalogue_.Fill(LocationsOf(services_), *primaries_, [this] { return KeepUp(); });
}

absl::Status RedisSnapshot::KeepUp() { return pause_ ? pause_->KeepUp() : absl::OkStatus(); }

absl::Status RedisSnapshot::CheckWhole() {
  for (std::size_t store = 0; store < services_.size(); ++store) {
    const std::string key = RestoringKey(services_[store].location.prefix);
    ASSIGN_OR_RETURN(const Reply restoring, primaries_->Ask(primaries_->Of(store, 0), Command({"EXISTS", key})));
    if (restoring.integer == 0) continue;
    return absl::FailedPreconditionError(
        absl::StrCat("the restore of ", services_[store].service, " was not finished; this is no whole store"));
  }
  return absl::OkStatus();
}

absl::Status RedisSnapshot::LoadScript() {
  for (std::size_t primary = 0; primary < primaries_->size(); ++primary) {
    RETURN_IF_ERROR(primaries_->Ask(primary, Command({"SCRIPT", "LOAD", redis::ScanScript().source})).status());
  }
  return absl::OkStatus();
}

absl::StatusOr<std::optional<Item>> RedisSnapshot::Next() {
  for (; store_ < services_.size(); ++store_) {
    RETURN_IF_ERROR(KeepUp());
    ASSIGN_OR_RETURN(std::optional<Item> item, NextOfStore());
    if (item) return item;
    stage_ = Stage::kStart;
  }
  if (pause_) RETURN_IF_ERROR(pause_->End());
  return std::nullopt;
}

absl::StatusOr<std::optional<Item>> RedisSnapshot::NextOfStore() {
  if (stage_ == Stage::kStart) {
    stage_ = Stage::kRecords;
    shard_ = -1;
    return ServiceStart{.service = services_[store_].service};
  }
  if (stage_ == Stage::kRecords) {
    ASSIGN_OR_RETURN(std::optional<Item> record, NextRecord());
    if (record) return record;
    stage_ = Stage::kReplays;
  }
  if (stage_ == Stage::kReplays) {
    ASSIGN_OR_RETURN(std::optional<Item> replay, NextReplay());
    if (replay) return replay;
    stage_ = Stage::kJournal;
  }
  if (journal_.empty()) RETURN_IF_ERROR(ReadJournal());
  if (journal_.empty()) return std::nullopt;
  Item item = std::move(journal_.front());
  journal_.pop_front();
  return item;
}

absl::StatusOr<std::optional<Item>> RedisSnapshot::NextRecord() {
  while (true) {
    if (indexes_.empty()) RETURN_IF_ERROR(OpenIndexes());
    if (indexes_.empty()) return std::nullopt;
    Index& index = indexes_.front();
    if (index.next == index.page.records.size() && index.page.more) RETURN_IF_ERROR(ReadOn(index));
    if (index.next == index.page.records.size()) {
      indexes_.pop_front();
      continue;
    }
    Record& record = index.page.records[index.next++];
    return StoredRecord{.key = {.table = index.table, .partition = index.partition, .id = record.id},
                        .version = record.version,
                        .value = std::move(record.value)};
  }
}

// The next indexes with their first pages.
absl::Status RedisSnapshot::OpenIndexes() {
  const Keys keys(prefix());
  std::vector<Request> requests;
  while (indexes_.size() < kIndexesTogether) {
    ASSIGN_OR_RETURN(std::optional<RedisCatalogue::Entry> entry, catalogue_.Next(store_, kIndexKind));
    if (!entry) break;
    indexes_.push_back({.table = std::move(entry->first), .partition = std::move(entry->second)});
    const Index& index = indexes_.back();
    requests.push_back({.primary = primaries_->Of(store_, ShardOf(index.partition)),
                        .command = PageOf(keys.Of(index.partition), index.table, "-", kFirstPageBytes)});
  }
  ASSIGN_OR_RETURN(std::vector<Reply> replies, primaries_->AskAll(absl::MakeSpan(requests)));
  for (std::size_t i = 0; i < replies.size(); ++i) {
    ASSIGN_OR_RETURN(indexes_[i].page, redis::DecodePage(std::move(replies[i])));
  }
  return absl::OkStatus();
}

absl::Status RedisSnapshot::ReadOn(Index& index) {
  const Keys keys(prefix());
  const std::string after = absl::StrCat("(", index.page.records.back().id);
  ASSIGN_OR_RETURN(Reply reply, primaries_->Ask(primaries_->Of(store_, ShardOf(index.partition)),
                                                PageOf(keys.Of(index.partition), index.table, after, kPageBytes)));
  ASSIGN_OR_RETURN(index.page, redis::DecodePage(std::move(reply)));
  index.next = 0;
  return absl::OkStatus();
}

absl::StatusOr<std::optional<Item>> RedisSnapshot::NextReplay() {
  while (true) {
    if (replays_.empty()) RETURN_IF_ERROR(ReadReplays());
    if (replays_.empty()) return std::nullopt;
    FoundReplay found = std::move(replays_.front());
    replays_.pop_front();
    if (found.kept_until <= absl::ToUnixSeconds(now_)) continue;  // also one that expired just now
    const std::string& partition = found.entry.first;
    if (found.beginning.text.size() == kShortReplay) {
      const Keys keys(prefix());
      ASSIGN_OR_RETURN(found.beginning,
                       primaries_->Ask(primaries_->Of(store_, ShardOf(partition)),
                                       Command({"GET", keys.Of(partition).Replay(found.entry.second)})));
    }
    ASSIGN_OR_RETURN(std::optional<Replay> replay, redis::DecodeReplay(found.entry.second, found.beginning));
    if (!replay) continue;
    return StoredReplay{.partition = partition, .replay = *std::move(replay), .kept_until = found.kept_until};
  }
}

// The next replays, with as much of each as most have; none exactly if there is none left.
absl::Status RedisSnapshot::ReadReplays() {
  const Keys keys(prefix());
  std::vector<Request> requests;
  while (replays_.size() < kReplaysTogether) {
    ASSIGN_OR_RETURN(std::optional<RedisCatalogue::Entry> entry, catalogue_.Next(store_, kReplayKind));
    if (!entry) break;
    const std::size_t primary = primaries_->Of(store_, ShardOf(entry->first));
    const std::string key = keys.Of(entry->first).Replay(entry->second);
    requests.push_back({.primary = primary, .command = Command({"EXPIRETIME", key})});
    requests.push_back(
        {.primary = primary, .command = Command({"GETRANGE", key, "0", absl::StrCat(kShortReplay - 1)})});
    replays_.push_back({.entry = *std::move(entry)});
  }
  ASSIGN_OR_RETURN(std::vector<Reply> replies, primaries_->AskAll(absl::MakeSpan(requests)));
  for (std::size_t i = 0; i < replays_.size(); ++i) {
    replays_[i].kept_until = replies[2 * i].integer;
    replays_[i].beginning = std::move(replies[2 * i + 1]);
  }
  return absl::OkStatus();
}

// The next entries of the shard, or of the next one that has some; none exactly if there is none left.
absl::Status RedisSnapshot::ReadJournal() {
  const Keys keys(prefix());
  while (journal_.empty()) {
    if (shard_ >= 0) {
      const std::string key = keys.Journal(shard_);
      const std::string first = absl::StrCat(read_ + 1, "-0");
      ASSIGN_OR_RETURN(Reply reply,
                       primaries_->Ask(primaries_->Of(store_, shard_),
                                       Command({"XRANGE", key, first, "+", "COUNT", absl::StrCat(kPageEntries)})));
      ASSIGN_OR_RETURN(std::vector<JournalEntry> entries, redis::DecodeEntries(std::move(reply)));
      for (JournalEntry& entry : entries) {
        read_ = entry.sequence;
        journal_.push_back(StoredEntry{.shard = shard_, .entry = std::move(entry)});
      }
    }
    if (!journal_.empty() || shard_ + 1 == kShards) return absl::OkStatus();
    RETURN_IF_ERROR(BeginJournal(shard_ + 1));
  }
  return absl::OkStatus();
}

absl::Status RedisSnapshot::BeginJournal(int shard) {
  shard_ = shard;
  const std::string key = CompactedKey(prefix(), shard);
  ASSIGN_OR_RETURN(const Reply reply, primaries_->Ask(primaries_->Of(store_, shard), Command({"GET", key})));
  ASSIGN_OR_RETURN(read_, NumberOf(reply));
  if (read_ > 0) journal_.push_back(JournalStart{.shard = shard, .compacted = read_});
  return absl::OkStatus();
}

}  // namespace jiebang::store::backup
