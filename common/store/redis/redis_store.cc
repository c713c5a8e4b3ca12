#include "common/store/redis/redis_store.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/random/random.h"
#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "common/async/thread_executor.h"
#include "common/status/status_macros.h"
#include "common/store/prefix.h"
#include "common/store/redis/client.h"
#include "common/store/redis/codec.h"
#include "common/store/redis/command.h"
#include "common/store/redis/commit_command.h"
#include "common/store/redis/connect.h"
#include "common/store/redis/keys.h"
#include "common/store/redis/script.h"
#include "common/store/redis/settlers.h"
#include "common/store/validate.h"

namespace jiebang::store {
namespace {

using redis::Command;
using redis::Reply;

// Entries that are read at once: so few that even the largest ones stay near the bound of a page.
constexpr std::size_t kEntriesAtOnce = 128;
constexpr absl::Duration kSettlingPause = absl::Milliseconds(20);

class RedisStore : public Store {
 public:
  RedisStore(redis::Keys keys, std::unique_ptr<redis::Client> client, absl::Duration settling)
      : keys_(std::move(keys)), client_(std::move(client)), settling_(settling) {}

  ~RedisStore() override {
    settlers_->Close();
    client_->Close();
    settlers_->AwaitNone();
  }

  Task<absl::Status> Apply(Commit commit) override {
    CO_RETURN_IF_ERROR(Validate(commit));
    const std::shared_ptr<redis::Settlers> settlers = settlers_;  // outlives the store, as this call may
    redis::Sending sending{.id = absl::StrCat(absl::Hex(process_, absl::kZeroPad16), absl::Hex(++commits_))};
    absl::StatusOr<Reply> reply = co_await Send(commit, sending);
    if (absl::IsUnknown(reply.status())) {
      if (!settlers->Enter()) co_return NotSettled(reply.status());
      reply = co_await Settle(commit, std::move(sending), reply.status());
      settlers->Leave();
    }
    CO_RETURN_IF_ERROR(reply.status());
    co_return OutcomeOf(commit, *reply);
  }

  Task<absl::StatusOr<Record>> Get(Key key) override {
    CO_RETURN_IF_ERROR(Validate(key));
    const Command command({"GET", keys_.Of(key.partition).Record(key.table, key.id)});
    CO_ASSIGN_OR_RETURN(Reply reply, co_await client_->Call(SlotOf(key.partition), command));
    CO_ASSIGN_OR_RETURN(std::optional<Record> record, redis::DecodeRecord(std::move(key.id), std::move(reply)));
    if (!record) co_return absl::NotFoundError("no such record");
    co_return *std::move(record);
  }

  // One MGET a shard, so that each stays within one slot of a Cluster.
  Task<absl::StatusOr<std::vector<std::optional<Record>>>> GetMany(std::vector<Key> keys) override {
    CO_RETURN_IF_ERROR(ValidateGetMany(keys));
    std::array<std::vector<std::size_t>, kShards> positions;
    for (std::size_t i = 0; i < keys.size(); ++i) positions[ShardOf(keys[i].partition)].push_back(i);
    std::vector<redis::Slotted> commands;
    for (int shard = 0; shard < kShards; ++shard) {
      if (positions[shard].empty()) continue;
      redis::Slotted& slotted = commands.emplace_back(redis::Slotted{keys_.SlotOf(shard), Command({"MGET"})});
      for (const std::size_t i : positions[shard]) {
        slotted.command.Add(keys_.Of(keys[i].partition).Record(keys[i].table, keys[i].id));
      }
    }
    CO_ASSIGN_OR_RETURN(std::vector<Reply> replies, co_await client_->CallAll(commands));

    std::vector<std::optional<Record>> records(keys.size());
    auto reply = replies.begin();
    for (const std::vector<std::size_t>& of_shard : positions) {
      if (of_shard.empty()) continue;
      if (reply->elements.size() != of_shard.size()) co_return redis::UnexpectedReply();
      for (std::size_t n = 0; n < of_shard.size(); ++n) {
        CO_ASSIGN_OR_RETURN(records[of_shard[n]],
                            redis::DecodeRecord(std::move(keys[of_shard[n]].id), std::move(reply->elements[n])));
      }
      ++reply;
    }
    co_return records;
  }

  Task<absl::StatusOr<Page>> Scan(std::string table, std::string partition, std::string prefix, std::string after,
                                  std::size_t limit) override {
    CO_RETURN_IF_ERROR(ValidateScan(table, partition, prefix, after, limit));
    const std::string first = after >= prefix ? absl::StrCat("(", after) : absl::StrCat("[", prefix);
    const std::optional<std::string> end = EndOfPrefix(prefix);
    const redis::PartitionKeys keys = keys_.Of(partition);
    Command command({"EVALSHA_RO", redis::ScanScript().digest, "2", keys.Index(table), keys.RecordsOf(table), first,
                     end ? absl::StrCat("(", *end) : "+"});
    command.Add(limit).Add(kMaxPageBytes);
    CO_ASSIGN_OR_RETURN(Reply reply, co_await Evaluate(redis::ScanScript(), SlotOf(partition), command));
    co_return redis::DecodePage(std::move(reply));
  }

  Task<absl::StatusOr<Replay>> FindReplay(std::string partition, std::string replay_key) override {
    CO_RETURN_IF_ERROR(ValidateFindReplay(partition, replay_key));
    const Command command({"GET", keys_.Of(partition).Replay(replay_key)});
    // As a commit is: whoever is given a first answer must be able to rely on it as the first caller could have.
    absl::StatusOr<Reply> reply = co_await client_->CallToCommit(SlotOf(partition), command);
    if (absl::IsUnknown(reply.status())) co_return absl::UnavailableError(reply.status().message());
    CO_RETURN_IF_ERROR(reply.status());
    CO_ASSIGN_OR_RETURN(std::optional<Replay> replay, redis::DecodeReplay(replay_key, *reply));
    if (!replay) co_return absl::NotFoundError("the replay key was not used");
    co_return *std::move(replay);
  }

  Task<absl::StatusOr<std::vector<JournalEntry>>> ReadJournal(int shard, std::uint64_t after,
                                                              std::size_t limit) override {
    CO_RETURN_IF_ERROR(ValidateReadJournal(shard, limit));
    std::vector<JournalEntry> entries;
    std::size_t bytes = 0;
    while (entries.size() < limit && bytes < kMaxPageBytes) {
      const std::size_t count = std::min(limit - entries.size(), kEntriesAtOnce);
      const std::uint64_t last = entries.empty() ? after : entries.back().sequence;
      Command command({"XRANGE", keys_.Journal(shard), absl::StrCat("(", last, "-0"), "+", "COUNT"});
      command.Add(count);
      CO_ASSIGN_OR_RETURN(Reply reply, co_await client_->Call(keys_.SlotOf(shard), command));
      CO_ASSIGN_OR_RETURN(std::vector<JournalEntry> next, redis::DecodeEntries(std::move(reply)));
      // A journal has no gap but where it was compacted, and its last entry never is.
      if (!next.empty() && next.front().sequence != last + 1) co_return CompactedUpTo(next.front().sequence - 1);
      for (JournalEntry& entry : next) {
        bytes += entry.event.payload.size();
        entries.push_back(std::move(entry));
      }
      if (next.size() < count) break;
    }
    co_return entries;
  }

  Task<absl::StatusOr<std::vector<std::uint64_t>>> JournalHeads() override {
    std::vector<redis::Slotted> commands;
    for (int shard = 0; shard < kShards; ++shard) commands.push_back({keys_.SlotOf(shard), HeadCommand(shard)});
    absl::StatusOr<std::vector<Reply>> replies = co_await client_->CallAll(commands);
    if (HasLostItsScripts(replies.status())) {
      for (int shard = 0; shard < kShards; ++shard) {
        const Command load({"SCRIPT", "LOAD", redis::HeadScript().source});
        CO_RETURN_IF_ERROR((co_await client_->Call(keys_.SlotOf(shard), load)).status());
      }
      replies = co_await client_->CallAll(commands);
    }
    CO_RETURN_IF_ERROR(replies.status());
    std::vector<std::uint64_t> heads;
    for (const Reply& reply : *replies) heads.push_back(static_cast<std::uint64_t>(reply.integer));
    co_return heads;
  }

  Task<absl::Status> CompactJournal(int shard, std::uint64_t up_to) override {
    CO_RETURN_IF_ERROR(ValidateCompactJournal(shard));
    Command command({"EVALSHA", redis::CompactScript().digest, "2", keys_.Journal(shard), keys_.Compacted(shard)});
    command.Add(std::size_t{up_to});
    // Lost answers do no harm: what is away is away.
    CO_ASSIGN_OR_RETURN(const Reply reply, co_await Evaluate(redis::CompactScript(), keys_.SlotOf(shard), command));
    co_return reply.integer < 0 ? NothingBehind(up_to) : absl::OkStatus();
  }

  Task<absl::StatusOr<std::vector<std::uint64_t>>> JournalCompacted() override {
    std::vector<redis::Slotted> commands;
    for (int shard = 0; shard < kShards; ++shard) {
      commands.push_back({keys_.SlotOf(shard), Command({"GET", keys_.Compacted(shard)})});
    }
    CO_ASSIGN_OR_RETURN(const std::vector<Reply> replies, co_await client_->CallAll(commands));
    std::vector<std::uint64_t> compacted(replies.size());
    for (std::size_t shard = 0; shard < replies.size(); ++shard) {
      if (replies[shard].type == Reply::Type::kNil) continue;
      if (!absl::SimpleAtoi(replies[shard].text, &compacted[shard])) co_return redis::UnexpectedReply();
    }
    co_return compacted;
  }

 private:
  static bool HasLostItsScripts(const absl::Status& status) { return absl::StrContains(status.message(), "NOSCRIPT"); }

  int SlotOf(const std::string& partition) const { return keys_.SlotOf(ShardOf(partition)); }

  Command HeadCommand(int shard) const {
    return Command({"EVALSHA_RO", redis::HeadScript().digest, "2", keys_.Journal(shard), keys_.Compacted(shard)});
  }

  // Calls a script by its digest. A server that has lost it (SCRIPT FLUSH, a failover) is given it again.
  Task<absl::StatusOr<Reply>> Evaluate(const redis::Script& script, int slot, const Command& command) {
    absl::StatusOr<Reply> reply = co_await client_->Call(slot, command);
    if (!HasLostItsScripts(reply.status())) co_return reply;
    CO_RETURN_IF_ERROR(co_await Load(script, slot));
    co_return co_await client_->Call(slot, command);
  }

  Task<absl::Status> Load(const redis::Script& script, int slot) {
    const Command load({"SCRIPT", "LOAD", script.source});
    const absl::StatusOr<Reply> reply = co_await client_->Call(slot, load);
    co_return reply.status();
  }

  Task<absl::StatusOr<Reply>> Send(const Commit& commit, const redis::Sending& sending) {
    const int slot = SlotOf(commit.partition);
    const Command command = ToCommand(commit, keys_.Of(commit.partition), sending);
    absl::StatusOr<Reply> reply = co_await client_->CallToCommit(slot, command);
    if (!HasLostItsScripts(reply.status())) co_return reply;
    CO_RETURN_IF_ERROR(co_await Load(redis::CommitScript(), slot));
    co_return co_await client_->CallToCommit(slot, command);
  }

  // A commit whose answer was lost is sent until it is answered: it finds its own receipt or is applied now.
  Task<absl::StatusOr<Reply>> Settle(const Commit& commit, redis::Sending sending, absl::Status lost) {
    sending.sent_before = true;
    const absl::Time until = absl::Now() + settling_;
    while (absl::Now() < until && !settlers_->closing()) {
      co_await Sleep(kSettlingPause);
      absl::StatusOr<Reply> reply = co_await Send(commit, sending);
      // Whoever is out of memory has looked for the receipt before he said so.
      if (reply.ok() || absl::IsResourceExhausted(reply.status())) co_return reply;
      lost = std::move(reply).status();
    }
    co_return NotSettled(lost);
  }

  static absl::Status NotSettled(const absl::Status& lost) {
    return absl::UnavailableError(absl::StrCat("whether the commit was applied is not known: ", lost.message()));
  }

  const redis::Keys keys_;
  const std::unique_ptr<redis::Client> client_;
  const std::shared_ptr<redis::Settlers> settlers_ = std::make_shared<redis::Settlers>();
  const absl::Duration settling_;
  const std::uint64_t process_ = absl::Uniform<std::uint64_t>(absl::BitGen());  // names commits together with the count
  std::atomic<std::uint64_t> commits_ = 0;
};

absl::Status CheckWhole(redis::Client& client, const redis::Keys& keys) {
  const Command command({"GET", keys.Restoring()});
  ThreadExecutor executor;
  ASSIGN_OR_RETURN(const Reply restoring, executor.RunUntilDone(client.Call(keys.SlotOf(0), command)));
  if (restoring.type == Reply::Type::kNil) return absl::OkStatus();
  return absl::FailedPreconditionError(
      "this store is not whole: a back-up is being restored into it, or that was not finished");
}

}  // namespace

absl::StatusOr<std::unique_ptr<Store>> OpenRedisStore(RedisOptions options) {
  if (options.prefix.empty() || options.prefix.find_first_of("{}") != std::string::npos) {
    return absl::InvalidArgumentError("prefix: want a name without braces");
  }
  const redis::Keys keys(options.prefix);
  std::set<int> slots;
  for (int shard = 0; shard < kShards; ++shard) slots.insert(keys.SlotOf(shard));
  auto client = Connect(options, std::move(slots));
  RETURN_IF_ERROR(client->WaitUntilReady(absl::Now() + options.opening));
  RETURN_IF_ERROR(CheckWhole(*client, keys));
  return std::make_unique<RedisStore>(keys, std::move(client), options.settling);
}

}  // namespace jiebang::store
