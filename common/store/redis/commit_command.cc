#include "common/store/redis/commit_command.h"

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "common/store/redis/codec.h"
#include "common/store/redis/script.h"

namespace jiebang::store::redis {
namespace {

void AddKeys(const Commit& commit, const PartitionKeys& keys, const Sending& sending, Command& command) {
  command.Add(3 + commit.preconditions.size() + 2 * commit.puts.size() + 2 * commit.deletes.size());
  command.Add(keys.Journal()).Add(keys.Compacted());
  command.Add(commit.replay ? keys.Replay(commit.replay->key) : keys.Receipt(sending.id));
  for (const Precondition& wanted : commit.preconditions) command.Add(keys.Record(wanted.table, wanted.id));
  for (const Put& put : commit.puts) command.Add(keys.Record(put.table, put.id)).Add(keys.Index(put.table));
  for (const Delete& deletion : commit.deletes) {
    command.Add(keys.Record(deletion.table, deletion.id)).Add(keys.Index(deletion.table));
  }
}

void AddArguments(const Commit& commit, const Sending& sending, Command& command) {
  command.Add(commit.preconditions.size()).Add(commit.puts.size()).Add(commit.deletes.size()).Add(commit.events.size());
  command.Add(commit.partition);
  command.Add(commit.replay ? EncodeReplay(*commit.replay) : "");
  command.Add(static_cast<std::size_t>(absl::ToInt64Seconds(commit.replay ? kReplayKept : kReceiptKept)));
  command.Add(sending.sent_before ? "1" : "");
  for (const Precondition& wanted : commit.preconditions) command.Add(std::size_t{wanted.version});
  for (const Put& put : commit.puts) command.Add(put.id).Add(put.value);
  for (const Delete& deletion : commit.deletes) command.Add(deletion.id);
  for (const Event& event : commit.events) command.Add(event.type).Add(event.resource).Add(event.payload);
}

}  // namespace

Command ToCommand(const Commit& commit, const PartitionKeys& keys, const Sending& sending) {
  Command command({"EVALSHA", CommitScript().digest});
  AddKeys(commit, keys, sending, command);
  AddArguments(commit, sending, command);
  return command;
}

absl::Status OutcomeOf(const Commit& commit, const Reply& reply) {
  if (reply.type != Reply::Type::kInteger) return UnexpectedReply();
  if (reply.integer == 0) return absl::OkStatus();
  if (reply.integer == -1) return absl::AlreadyExistsError("the replay key was used before");
  const auto number = static_cast<std::size_t>(reply.integer) - 1;
  if (number >= commit.preconditions.size()) return UnexpectedReply();
  const Precondition& wanted = commit.preconditions[number];
  return absl::AbortedError(absl::StrCat("a record of ", wanted.table, " has not version ", wanted.version));
}

}  // namespace jiebang::store::redis
