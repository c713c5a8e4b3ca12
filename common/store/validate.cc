#include "common/store/validate.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "common/status/status_macros.h"

namespace jiebang::store {
namespace {

absl::Status AtMost(absl::string_view what, std::size_t actual, std::size_t limit) {
  if (actual <= limit) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(what, ": ", actual, ", want at most ", limit));
}

// Engines join the parts of a key with the byte 0, so those before the last must not hold it.
absl::Status JoinablePart(absl::string_view what, std::string_view part) {
  if (part.empty()) return absl::InvalidArgumentError(absl::StrCat(what, ": empty"));
  if (part.find('\0') != std::string_view::npos)
    return absl::InvalidArgumentError(absl::StrCat(what, ": has the byte 0"));
  return absl::OkStatus();
}

absl::Status ValidateParts(std::string_view table, std::string_view partition, std::string_view id) {
  RETURN_IF_ERROR(JoinablePart("table", table));
  RETURN_IF_ERROR(JoinablePart("partition", partition));
  return AtMost("bytes of table, partition and id", table.size() + partition.size() + id.size(), kMaxKeyBytes);
}

absl::Status ValidatePartition(std::string_view partition) {
  RETURN_IF_ERROR(JoinablePart("partition", partition));
  return AtMost("bytes of partition", partition.size(), kMaxKeyBytes);
}

absl::Status ValidateReplay(const Replay& replay) {
  if (replay.key.empty()) return absl::InvalidArgumentError("replay.key: empty");
  RETURN_IF_ERROR(AtMost("bytes of replay.key", replay.key.size(), kMaxTextBytes));
  RETURN_IF_ERROR(AtMost("bytes of replay.fingerprint", replay.fingerprint.size(), kMaxTextBytes));
  return AtMost("bytes of replay.answer", replay.answer.size(), kMaxValueBytes);
}

absl::Status ValidateEvent(const Event& event) {
  RETURN_IF_ERROR(AtMost("bytes of event.type", event.type.size(), kMaxTextBytes));
  RETURN_IF_ERROR(AtMost("bytes of event.resource", event.resource.size(), kMaxTextBytes));
  return AtMost("bytes of event.payload", event.payload.size(), kMaxEventBytes);
}

// Which of two changes of one key would win is nobody's promise.
absl::Status ChangesEachKeyOnce(const Commit& commit) {
  using Name = std::pair<absl::string_view, absl::string_view>;
  std::vector<Name> changed;
  changed.reserve(commit.puts.size() + commit.deletes.size());
  for (const Put& put : commit.puts) changed.emplace_back(put.table, put.id);
  for (const Delete& deletion : commit.deletes) changed.emplace_back(deletion.table, deletion.id);
  std::sort(changed.begin(), changed.end());
  const auto twice = std::adjacent_find(changed.begin(), changed.end());
  if (twice == changed.end()) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("puts and deletes: ", twice->first, "/", twice->second, " appears twice"));
}

}  // namespace

absl::Status Validate(const Commit& commit) {
  RETURN_IF_ERROR(ValidatePartition(commit.partition));
  RETURN_IF_ERROR(
      AtMost("operations of a commit",
             commit.preconditions.size() + commit.puts.size() + commit.deletes.size() + commit.events.size(),
             kMaxCommitOperations));
  std::size_t bytes = 0;
  for (const Precondition& wanted : commit.preconditions) {
    RETURN_IF_ERROR(ValidateParts(wanted.table, commit.partition, wanted.id));
  }
  for (const Put& put : commit.puts) {
    RETURN_IF_ERROR(ValidateParts(put.table, commit.partition, put.id));
    RETURN_IF_ERROR(AtMost("bytes of a value", put.value.size(), kMaxValueBytes));
    bytes += put.value.size();
  }
  for (const Delete& deletion : commit.deletes) {
    RETURN_IF_ERROR(ValidateParts(deletion.table, commit.partition, deletion.id));
  }
  for (const Event& event : commit.events) {
    RETURN_IF_ERROR(ValidateEvent(event));
    bytes += event.payload.size();
  }
  if (commit.replay) {
    RETURN_IF_ERROR(ValidateReplay(*commit.replay));
    bytes += commit.replay->answer.size();
  }
  RETURN_IF_ERROR(AtMost("bytes of a commit", bytes, kMaxCommitBytes));
  return ChangesEachKeyOnce(commit);
}

absl::Status Validate(const Key& key) { return ValidateParts(key.table, key.partition, key.id); }

absl::Status ValidateGetMany(const std::vector<Key>& keys) {
  RETURN_IF_ERROR(AtMost("keys", keys.size(), kMaxScanRecords));
  for (const Key& key : keys) RETURN_IF_ERROR(Validate(key));
  return absl::OkStatus();
}

absl::Status ValidateScan(std::string_view table, std::string_view partition, std::string_view prefix,
                          std::string_view after, std::size_t limit) {
  RETURN_IF_ERROR(ValidateParts(table, partition, ""));
  RETURN_IF_ERROR(AtMost("bytes of prefix", prefix.size(), kMaxKeyBytes));
  RETURN_IF_ERROR(AtMost("bytes of after", after.size(), kMaxKeyBytes));
  if (limit == 0) return absl::InvalidArgumentError("limit: 0, want at least 1");
  return AtMost("limit", limit, kMaxScanRecords);
}

absl::Status ValidateFindReplay(std::string_view partition, std::string_view replay_key) {
  RETURN_IF_ERROR(ValidatePartition(partition));
  if (replay_key.empty()) return absl::InvalidArgumentError("replay_key: empty");
  return AtMost("bytes of replay_key", replay_key.size(), kMaxTextBytes);
}

absl::Status ValidateReadJournal(int shard, std::size_t limit) {
  RETURN_IF_ERROR(ValidateCompactJournal(shard));
  if (limit == 0) return absl::InvalidArgumentError("limit: 0, want at least 1");
  return AtMost("limit", limit, kMaxScanRecords);
}

absl::Status ValidateCompactJournal(int shard) {
  if (shard >= 0 && shard < kShards) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("shard: ", shard, ", want 0 to ", kShards - 1));
}

absl::Status CompactedUpTo(std::uint64_t sequence) {
  return absl::OutOfRangeError(absl::StrCat("the journal was compacted up to ", sequence));
}

absl::Status NothingBehind(std::uint64_t sequence) {
  return absl::InvalidArgumentError(absl::StrCat("up_to: ", sequence, " is not before the last entry of the journal"));
}

}  // namespace jiebang::store
