#include "common/store/sqlite/applier.h"

#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "common/store/sqlite/schema.h"
#include "common/store/validate.h"

namespace jiebang::store::sqlite {
namespace {

// An answer of the store, as opposed to a failure of the engine, which never has these codes.
bool IsRefusal(const absl::Status& status) { return absl::IsAborted(status) || absl::IsAlreadyExists(status); }

}  // namespace

absl::StatusOr<std::unique_ptr<Applier>> Applier::Create(Database database, Clock now) {
  std::unique_ptr<Applier> applier(new Applier(std::move(database), std::move(now)));
  RETURN_IF_ERROR(applier->Prepare());
  return applier;
}

absl::Status Applier::Prepare() {
  const auto prepare = [this](std::string_view sql) { return database_.Prepare(sql); };
  ASSIGN_OR_RETURN(begin_, prepare("BEGIN IMMEDIATE"));
  ASSIGN_OR_RETURN(commit_, prepare("COMMIT"));
  ASSIGN_OR_RETURN(find_head_, prepare("SELECT max(position) FROM journal WHERE position BETWEEN ?1 AND ?2"));
  ASSIGN_OR_RETURN(find_replay_, prepare("SELECT 1 FROM replays WHERE partition = ?1 AND key = ?2"));
  ASSIGN_OR_RETURN(find_version_, prepare("SELECT version FROM records WHERE tbl = ?1 AND partition = ?2 AND id = ?3"));
  ASSIGN_OR_RETURN(append_, prepare("INSERT INTO journal (position, partition, type, resource, payload) "
                                    "VALUES (?1, ?2, ?3, ?4, ?5)"));
  ASSIGN_OR_RETURN(put_, prepare("INSERT INTO records (tbl, partition, id, version, value) VALUES (?1, ?2, ?3, 1, ?4) "
                                 "ON CONFLICT DO UPDATE SET version = version + 1, value = excluded.value"));
  ASSIGN_OR_RETURN(delete_, prepare("DELETE FROM records WHERE tbl = ?1 AND partition = ?2 AND id = ?3"));
  ASSIGN_OR_RETURN(keep_replay_, prepare("INSERT INTO replays (partition, key, kept_until, fingerprint, answer) "
                                         "VALUES (?1, ?2, ?3, ?4, ?5)"));
  // Rows stand in the order of their arrival, so the first ones expire first.
  ASSIGN_OR_RETURN(remove_replays_,
                   prepare("DELETE FROM replays WHERE rowid IN (SELECT rowid FROM replays ORDER BY rowid LIMIT ?1) "
                           "AND kept_until < ?2"));
  ASSIGN_OR_RETURN(remove_entries_, prepare("DELETE FROM journal WHERE position BETWEEN ?1 AND ?2"));
  ASSIGN_OR_RETURN(keep_compacted_, prepare("INSERT INTO compacted (shard, sequence) VALUES (?1, ?2) "
                                            "ON CONFLICT DO UPDATE SET sequence = max(sequence, excluded.sequence)"));
  ASSIGN_OR_RETURN(heads_, ReadHeads());
  heads_are_known_ = true;
  return absl::OkStatus();
}

absl::StatusOr<Heads> Applier::ReadHeads() {
  Heads heads{};
  for (int shard = 0; shard < kShards; ++shard) {
    find_head_.Bind(1, JournalPosition(shard, 0)).Bind(2, JournalPosition(shard + 1, 0) - 1);
    const ResetAtExit reset(find_head_);
    RETURN_IF_ERROR(find_head_.Step().status());
    heads[shard] = SequenceOf(find_head_.Number(0));
  }
  return heads;
}

std::vector<absl::Status> Applier::Apply(absl::Span<const Commit* const> group) {
  absl::StatusOr<std::vector<absl::Status>> answers = ApplyInOneTransaction(group);
  if (answers.ok()) return *std::move(answers);
  if (group.size() == 1) return {std::move(answers).status()};
  // One that is too large for the disk must not fail the others.
  std::vector<absl::Status> singly;
  for (const Commit* const& commit : group) {
    answers = ApplyInOneTransaction(absl::MakeConstSpan(&commit, 1));
    singly.push_back(answers.ok() ? answers->front() : answers.status());
  }
  return singly;
}

absl::StatusOr<std::vector<absl::Status>> Applier::ApplyInOneTransaction(absl::Span<const Commit* const> group) {
  absl::StatusOr<std::vector<absl::Status>> answers = ApplyAndCommit(group);
  if (!answers.ok()) RollBack();
  return answers;
}

void Applier::RollBack() {
  // SQLite may have rolled back by itself. What a failing roll-back leaves, the next BEGIN reports.
  if (database_.in_transaction()) database_.Execute("ROLLBACK").IgnoreError();
  heads_are_known_ = false;
}

absl::Status Applier::Compact(int shard, std::uint64_t up_to) {
  RETURN_IF_ERROR(begin_.Run());
  absl::Status status = RemoveEntries(shard, up_to);
  if (status.ok()) status = commit_.Run();
  if (!status.ok()) RollBack();
  return status;
}

absl::Status Applier::RemoveEntries(int shard, std::uint64_t up_to) {
  ASSIGN_OR_RETURN(const Heads heads, ReadHeads());
  if (up_to >= heads[shard]) return NothingBehind(up_to);
  RETURN_IF_ERROR(remove_entries_.Bind(1, JournalPosition(shard, 0)).Bind(2, JournalPosition(shard, up_to)).Run());
  return keep_compacted_.Bind(1, shard).Bind(2, static_cast<std::int64_t>(up_to)).Run();
}

absl::StatusOr<std::vector<absl::Status>> Applier::ApplyAndCommit(absl::Span<const Commit* const> group) {
  RETURN_IF_ERROR(begin_.Run());
  if (!heads_are_known_) {
    ASSIGN_OR_RETURN(heads_, ReadHeads());
    heads_are_known_ = true;
  }
  Heads heads = heads_;
  std::vector<absl::Status> answers;
  answers.reserve(group.size());
  std::size_t replays = 0;
  for (const Commit* const commit : group) {
    absl::Status answer = ApplyOne(*commit, heads);
    if (!answer.ok() && !IsRefusal(answer)) return answer;
    if (commit->replay) ++replays;
    answers.push_back(std::move(answer));
  }
  RETURN_IF_ERROR(RemoveExpiredReplays(replays));
  RETURN_IF_ERROR(commit_.Run());
  heads_ = heads;
  return answers;
}

// A refused commit has written nothing, because all is checked before anything is written; so it needs no savepoint,
// and the rest of its group goes on.
absl::Status Applier::ApplyOne(const Commit& commit, Heads& heads) {
  RETURN_IF_ERROR(Check(commit));
  return Write(commit, heads);
}

absl::Status Applier::Check(const Commit& commit) {
  if (commit.replay) {
    const ResetAtExit reset(find_replay_);
    ASSIGN_OR_RETURN(const bool used, find_replay_.Bind(1, commit.partition).Bind(2, commit.replay->key).Step());
    if (used) return absl::AlreadyExistsError("the replay key was used before");
  }
  for (const Precondition& wanted : commit.preconditions) {
    const ResetAtExit reset(find_version_);
    ASSIGN_OR_RETURN(const bool present,
                     find_version_.Bind(1, wanted.table).Bind(2, commit.partition).Bind(3, wanted.id).Step());
    const auto version = present ? static_cast<std::uint64_t>(find_version_.Number(0)) : 0;
    if (version != wanted.version) {
      return absl::AbortedError(
          absl::StrCat("a record of ", wanted.table, " has version ", version, ", not ", wanted.version));
    }
  }
  return absl::OkStatus();
}

absl::Status Applier::Write(const Commit& commit, Heads& heads) {
  for (const Put& put : commit.puts) {
    RETURN_IF_ERROR(put_.Bind(1, put.table).Bind(2, commit.partition).Bind(3, put.id).Bind(4, put.value).Run());
  }
  for (const Delete& deletion : commit.deletes) {
    RETURN_IF_ERROR(delete_.Bind(1, deletion.table).Bind(2, commit.partition).Bind(3, deletion.id).Run());
  }
  const int shard = ShardOf(commit.partition);
  for (const Event& event : commit.events) {
    append_.Bind(1, JournalPosition(shard, ++heads[shard])).Bind(2, commit.partition);
    RETURN_IF_ERROR(append_.Bind(3, event.type).Bind(4, event.resource).Bind(5, event.payload).Run());
  }
  if (commit.replay) {
    const std::int64_t kept_until = absl::ToUnixSeconds(now_() + kReplayKept) + 1;
    keep_replay_.Bind(1, commit.partition).Bind(2, commit.replay->key).Bind(3, kept_until);
    RETURN_IF_ERROR(keep_replay_.Bind(4, commit.replay->fingerprint).Bind(5, commit.replay->answer).Run());
  }
  return absl::OkStatus();
}

// Looks at twice as many as were added, so that the expired ones never pile up and no single commit pays for them all.
absl::Status Applier::RemoveExpiredReplays(std::size_t added) {
  if (added == 0) return absl::OkStatus();
  return remove_replays_.Bind(1, static_cast<std::int64_t>(2 * added)).Bind(2, absl::ToUnixSeconds(now_())).Run();
}

}  // namespace jiebang::store::sqlite
