#include "common/store/redis/redis_store.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "absl/types/span.h"
#include "common/status/status_macros.h"
#include "common/store/prefix.h"
#include "common/store/redis/client.h"
#include "common/store/redis/codec.h"
#include "common/store/redis/command.h"
#include "common/store/redis/commit_command.h"
#include "common/store/redis/greeting.h"
#include "common/store/redis/keys.h"
#include "common/store/redis/script.h"
#include "common/store/validate.h"

namespace jiebang::store {
namespace {

using redis::Command;
using redis::Reply;

// Entries that are read at once: so few that even the largest ones stay near the bound of a page.
constexpr std::size_t kEntriesAtOnce = 128;

class RedisStore : public Store {
 public:
  RedisStore(std::unique_ptr<redis::Client> client, std::string prefix)
      : client_(std::move(client)), keys_(std::move(prefix)) {}

  Task<absl::Status> Apply(Commit commit) override {
    CO_RETURN_IF_ERROR(Validate(commit));
    Command command = ToCommand(commit, keys_.Of(commit.partition));
    const absl::StatusOr<Reply> reply = co_await Evaluate(redis::CommitScript(), command);
    CO_RETURN_IF_ERROR(reply.status());
    co_return OutcomeOf(commit, *reply);
  }

  Task<absl::StatusOr<Record>> Get(Key key) override {
    CO_RETURN_IF_ERROR(Validate(key));
    Command command({"GET", keys_.Of(key.partition).Record(key.table, key.id)});
    CO_ASSIGN_OR_RETURN(Reply reply, co_await client_->Call(command));
    CO_ASSIGN_OR_RETURN(std::optional<Record> record, redis::DecodeRecord(std::move(key.id), std::move(reply)));
    if (!record) co_return absl::NotFoundError("no such record");
    co_return *std::move(record);
  }

  // One MGET a shard, so that each stays within one slot of a Cluster.
  Task<absl::StatusOr<std::vector<std::optional<Record>>>> GetMany(std::vector<Key> keys) override {
    CO_RETURN_IF_ERROR(ValidateGetMany(keys));
    std::array<std::vector<std::size_t>, kShards> positions;
    for (std::size_t i = 0; i < keys.size(); ++i) positions[ShardOf(keys[i].partition)].push_back(i);
    std::vector<Command> commands;
    for (const std::vector<std::size_t>& of_shard : positions) {
      if (of_shard.empty()) continue;
      Command& command = commands.emplace_back(Command({"MGET"}));
      for (const std::size_t i : of_shard) command.Add(keys_.Of(keys[i].partition).Record(keys[i].table, keys[i].id));
    }
    CO_ASSIGN_OR_RETURN(std::vector<Reply> replies, co_await client_->CallAll(absl::MakeSpan(commands)));

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
    Command command({"EVALSHA", redis::ScanScript().digest, "2", keys.Index(table), keys.RecordsOf(table), first,
                     end ? absl::StrCat("(", *end) : "+"});
    command.Add(limit).Add(kMaxPageBytes);
    CO_ASSIGN_OR_RETURN(Reply reply, co_await Evaluate(redis::ScanScript(), command));
    co_return redis::DecodePage(std::move(reply));
  }

  Task<absl::StatusOr<Replay>> FindReplay(std::string partition, std::string replay_key) override {
    CO_RETURN_IF_ERROR(ValidateFindReplay(partition, replay_key));
    Command command({"GET", keys_.Of(partition).Replay(replay_key)});
    CO_ASSIGN_OR_RETURN(const Reply reply, co_await client_->Call(command));
    CO_ASSIGN_OR_RETURN(std::optional<Replay> replay, redis::DecodeReplay(replay_key, reply));
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
      CO_ASSIGN_OR_RETURN(Reply reply, co_await client_->Call(command));
      CO_ASSIGN_OR_RETURN(std::vector<JournalEntry> next, redis::DecodeEntries(std::move(reply)));
      for (JournalEntry& entry : next) {
        bytes += entry.event.payload.size();
        entries.push_back(std::move(entry));
      }
      if (next.size() < count) break;
    }
    co_return entries;
  }

  Task<absl::StatusOr<std::vector<std::uint64_t>>> JournalHeads() override {
    std::vector<Command> commands;
    for (int shard = 0; shard < kShards; ++shard) commands.push_back(Command({"XLEN", keys_.Journal(shard)}));
    CO_ASSIGN_OR_RETURN(const std::vector<Reply> replies, co_await client_->CallAll(absl::MakeSpan(commands)));
    std::vector<std::uint64_t> heads;
    for (const Reply& reply : replies) heads.push_back(static_cast<std::uint64_t>(reply.integer));
    co_return heads;
  }

 private:
  // Calls a script by its digest. A server that has lost it (SCRIPT FLUSH, a failover) is given it again.
  Task<absl::StatusOr<Reply>> Evaluate(const redis::Script& script, Command& command) {
    absl::StatusOr<Reply> reply = co_await client_->Call(command);
    if (reply.ok() || !absl::StrContains(reply.status().message(), "NOSCRIPT")) co_return reply;
    Command load({"SCRIPT", "LOAD", script.source});
    reply = co_await client_->Call(load);
    CO_RETURN_IF_ERROR(reply.status());
    co_return co_await client_->Call(command);
  }

  const std::unique_ptr<redis::Client> client_;
  const redis::Keys keys_;
};

// Every connection finds the same, and finds it again whenever it comes back.
std::function<void(const std::string&)> OnceEach(std::function<void(const std::string&)> warn) {
  struct Told {
    absl::Mutex mutex;
    std::set<std::string> warnings ABSL_GUARDED_BY(mutex);
  };
  return [warn = std::move(warn), told = std::make_shared<Told>()](const std::string& warning) {
    absl::MutexLock lock(&told->mutex);
    if (told->warnings.insert(warning).second) warn(warning);
  };
}

}  // namespace

absl::StatusOr<std::unique_ptr<Store>> OpenRedisStore(RedisOptions options) {
  if (options.prefix.empty() || options.prefix.find_first_of("{}") != std::string::npos) {
    return absl::InvalidArgumentError("prefix: want a name without braces");
  }
  auto client = std::make_unique<redis::Client>(
      redis::Endpoint{.host = options.host, .port = options.port, .unix_socket = options.unix_socket},
      options.connections,
      redis::Greeting{.user = options.user,
                      .password = options.password,
                      .allow_weak_durability = options.allow_weak_durability,
                      .warn = OnceEach(std::move(options.warn))},
      options.patience);
  RETURN_IF_ERROR(client->WaitUntilReady(absl::Now() + options.opening));
  return std::make_unique<RedisStore>(std::move(client), std::move(options.prefix));
}

}  // namespace jiebang::store
