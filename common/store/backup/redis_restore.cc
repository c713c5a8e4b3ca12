#include "common/store/backup/redis_restore.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "common/status/status_macros.h"
#include "common/store/backup/redis_layout.h"
#include "common/store/redis/codec.h"
#include "common/store/redis/keys.h"

namespace jiebang::store::backup {
namespace {

using redis::Command;
using redis::Keys;
using redis::Reply;

// What goes out together becomes durable with one fsync.
constexpr std::size_t kFlushBytes = 4 << 20;
constexpr std::size_t kFlushRequests = 10'000;

}  // namespace

absl::StatusOr<std::unique_ptr<RedisRestore>> RedisRestore::Begin(std::vector<RedisService> services, absl::Time now) {
  std::vector<RedisLocation> locations;
  for (const RedisService& each : services) locations.push_back(each.location);
  ASSIGN_OR_RETURN(std::unique_ptr<RedisPrimaries> primaries, RedisPrimaries::Connect(locations));
  std::unique_ptr<RedisRestore> restore(new RedisRestore(std::move(services), std::move(primaries), now));
  RETURN_IF_ERROR(restore->CheckEmpty());
  RETURN_IF_ERROR(restore->Mark());
  return restore;
}

absl::Status RedisRestore::CheckEmpty() {
  for (const RedisService& target : services_) {
    const std::string pattern = PatternOf(target.location.prefix);
    for (std::size_t primary = 0; primary < primaries_->size(); ++primary) {
      std::string cursor = "0";
      do {
        ASSIGN_OR_RETURN(const Reply reply,
                         primaries_->Ask(primary, Command({"SCAN", cursor, "MATCH", pattern, "COUNT", "2000"})));
        if (reply.elements.size() != 2) return redis::UnexpectedReply();
        if (!reply.elements[1].elements.empty()) {
          return absl::FailedPreconditionError(
              absl::StrCat("the store of ", target.service, " is not empty: there are keys like ", pattern,
                           ", of a service or of a restore that was not finished; a restore overwrites nothing"));
        }
        cursor = reply.elements[0].text;
      } while (cursor != "0");
    }
  }
  return absl::OkStatus();
}

absl::Status RedisRestore::Mark() {
  for (store_ = 0; store_ < services_.size(); ++store_) {
    Ask(0, Command({"SET", RestoringKey(services_[store_].location.prefix), "1"}));
  }
  return Flush();
}

absl::Status RedisRestore::Put(const Item& item) {
  RETURN_IF_ERROR(std::visit([this](const auto& each) { return PutInto(each); }, item));
  return FlushWhenLarge();
}

absl::Status RedisRestore::PutInto(const ServiceStart& start) {
  const auto target = std::find_if(services_.begin(), services_.end(),
                                   [&start](const RedisService& each) { return each.service == start.service; });
  if (target == services_.end())
    return absl::InvalidArgumentError(absl::StrCat("no store is given for ", start.service));
  store_ = static_cast<std::size_t>(target - services_.begin());
  return absl::OkStatus();
}

absl::Status RedisRestore::PutInto(const StoredRecord& record) {
  const Keys all(services_[store_].location.prefix);
  const redis::PartitionKeys keys = all.Of(record.key.partition);
  const int shard = ShardOf(record.key.partition);
  Ask(shard,
      Command({"SET", keys.Record(record.key.table, record.key.id), absl::StrCat(record.version, ":", record.value)}));
  Ask(shard, Command({"ZADD", keys.Index(record.key.table), "0", record.key.id}));
  return absl::OkStatus();
}

absl::Status RedisRestore::PutInto(const StoredReplay& replay) {
  const Keys keys(services_[store_].location.prefix);
  Ask(ShardOf(replay.partition),
      Command({"SET", keys.Of(replay.partition).Replay(replay.replay.key), redis::EncodeReplay(replay.replay), "EXAT",
               absl::StrCat(replay.kept_until)}));
  return absl::OkStatus();
}

absl::Status RedisRestore::PutInto(const JournalStart& start) {
  Ask(start.shard,
      Command({"SET", CompactedKey(services_[store_].location.prefix, start.shard), absl::StrCat(start.compacted)}));
  return absl::OkStatus();
}

// As commit.lua writes it.
absl::Status RedisRestore::PutInto(const StoredEntry& entry) {
  const Keys keys(services_[store_].location.prefix);
  const Event& event = entry.entry.event;
  Ask(entry.shard, Command({"XADD", keys.Journal(entry.shard), absl::StrCat(entry.entry.sequence, "-0"), "p",
                            entry.entry.partition, "t", event.type, "r", event.resource, "d", event.payload}));
  return absl::OkStatus();
}

void RedisRestore::Ask(int shard, Command command) {
  waiting_bytes_ += command.Encoded().size();
  waiting_.push_back({.primary = primaries_->Of(store_, shard), .command = std::move(command)});
}

absl::Status RedisRestore::FlushWhenLarge() {
  return waiting_bytes_ < kFlushBytes && waiting_.size() < kFlushRequests ? absl::OkStatus() : Flush();
}

absl::Status RedisRestore::Flush() {
  RETURN_IF_ERROR(primaries_->AskAll(absl::MakeSpan(waiting_)).status());
  waiting_.clear();
  waiting_bytes_ = 0;
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<Source>> RedisRestore::ReadBack() {
  RETURN_IF_ERROR(Flush());
  return RedisSnapshot::OfRestore(services_, now_);
}

absl::Status RedisRestore::Finish() {
  RETURN_IF_ERROR(Flush());
  for (store_ = 0; store_ < services_.size(); ++store_) {
    Ask(0, Command({"DEL", RestoringKey(services_[store_].location.prefix)}));
  }
  RETURN_IF_ERROR(Flush());
  return primaries_->AwaitReplicas();
}

}  // namespace jiebang::store::backup
