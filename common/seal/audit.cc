#include "common/seal/audit.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "common/journal/trail.h"
#include "common/status/status_macros.h"
#include "common/token/digest.h"
#include "jiebang/journal/v1/event.pb.h"

namespace jiebang::seal {
namespace {

using journal::v1::AcceptedRollback;
using journal::v1::JournalHead;
using journal::v1::SignedHead;

template <class... Parts>
absl::Status Finding(const Parts&... parts) {
  return absl::DataLossError(absl::StrCat(parts...));
}

absl::Status About(const std::string& what, const absl::Status& status) {
  return absl::Status(status.code(), absl::StrCat(what, ": ", status.message()));
}

// Table and partition are without the byte 0.
std::string KeyText(const std::string& table, const std::string& partition, const std::string& id) {
  return absl::StrJoin({table, partition, id}, std::string(1, '\0'));
}

// As a reader wants it.
std::string RecordName(const std::string& key_text) {
  const std::vector<std::string> parts = absl::StrSplit(key_text, absl::MaxSplits('\0', 2));
  return absl::StrCat("the record ", parts[2], " of the table ", parts[0], " in ", parts[1]);
}

}  // namespace

Audit::Audit(AuditOptions options) : options_(std::move(options)) {}

absl::Status Audit::AddHead(const SignedHead& signed_head) {
  const std::string name =
      latest_ ? absl::StrCat("the head after head ", latest_->head.number()) : std::string("the first head");
  OpenedHead next{.signed_head = signed_head};
  absl::StatusOr<JournalHead> opened = OpenHead(signed_head, options_.keys);
  if (!opened.ok()) return About(name, opened.status());
  next.head = *std::move(opened);
  if (next.head.service() != options_.service) return Finding(name, ": it is of the service ", next.head.service());
  if (latest_ || next.head.number() <= 1) {
    const absl::Status follows = CheckSuccession(latest_, next);
    if (!follows.ok()) return About(name, follows);
  }
  for (const SignedHead& known : options_.known_heads) {
    JournalHead known_head;
    const bool is_same_number = known_head.ParseFromString(known.head()) && known_head.number() == next.head.number();
    if (is_same_number && known.head() != signed_head.head()) {
      return Finding("head ", next.head.number(), " is another one than the head with this number that is known");
    }
  }
  for (const AcceptedRollback& rollback : next.head.rollbacks()) report_.rollbacks.push_back(rollback);
  if (!latest_) report_.first_head = next.head.number();
  report_.last_head = next.head.number();
  heads_.push_back(next.head);
  latest_ = std::move(next);
  return absl::OkStatus();
}

// A tree that was given up later cannot be shown any more, beyond what was kept of it.
void Audit::SealShards() {
  if (!shards_.empty()) return;
  const TreeHash hash(latest_ ? latest_->head.suite() : journal::v1::SEAL_SUITE_ED25519_SHA256);
  for (int shard = 0; shard < store::kShards; ++shard) {
    AuditedShard& audited = shards_.emplace_back(shard, hash);
    std::int64_t kept = std::numeric_limits<std::int64_t>::max();
    for (auto head = heads_.rbegin(); head != heads_.rend(); ++head) {
      const journal::v1::ShardTree& tree = head->trees(shard);
      if (tree.size() > 0 && tree.size() <= kept) {
        audited.Seal(static_cast<std::uint64_t>(tree.size()), tree.root(), head->number());
      }
      if (RollbackOf(*head, shard) != nullptr) kept = std::min(kept, tree.size());
    }
  }
}

absl::Status Audit::AddTile(int shard, TileId tile, std::string_view hashes) {
  SealShards();
  if (tile.level != 0) return absl::OkStatus();  // the others follow from these
  for (std::size_t begin = 0; begin + kHashBytes <= hashes.size(); begin += kHashBytes) {
    shards_[shard].AddLeafHash(std::string(hashes.substr(begin, kHashBytes)));
  }
  return absl::OkStatus();
}

absl::Status Audit::AddEntry(int shard, const store::JournalEntry& entry) {
  SealShards();
  RETURN_IF_ERROR(shards_[shard].Add(entry));
  journal::v1::Event event;
  if (!event.ParseFromString(entry.event.payload)) {
    return Finding("shard ", shard, ": the event of entry ", entry.sequence, " cannot be read");
  }
  for (const journal::v1::RecordChange& change : event.changes()) {
    expected_[KeyText(change.table(), entry.partition, change.id())] = change.sha256();
  }
  return absl::OkStatus();
}

// Before the records, because a journal that lost its end says of them what once was true.
absl::Status Audit::EndJournal() {
  SealShards();
  if (std::exchange(journal_ended_, true)) return absl::OkStatus();
  for (AuditedShard& shard : shards_) {
    RETURN_IF_ERROR(shard.Finish());
    report_.sealed_entries += shard.sealed();
    report_.compacted_entries += shard.compacted();
    report_.unsealed_entries += shard.size() - shard.sealed();
  }
  return absl::OkStatus();
}

absl::Status Audit::AddRecord(const store::Key& key, std::string_view value) {
  RETURN_IF_ERROR(EndJournal());
  if (!journal::IsCovered(key.table)) {
    ++report_.derived_records;
    return absl::OkStatus();
  }
  const std::string text = KeyText(key.table, key.partition, key.id);
  const auto expected = expected_.find(text);
  if (expected == expected_.end()) {
    if (shards_[store::ShardOf(key.partition)].compacted() == 0) {
      return Finding(RecordName(text), ": no entry of the journal made it");
    }
    ++report_.untraced_records;
    return absl::OkStatus();
  }
  if (expected->second.empty()) return Finding(RecordName(text), ": the journal says that it was deleted");
  if (expected->second != token::Sha256(value))
    return Finding(RecordName(text), ": its value is not what the journal says");
  ++report_.records;
  expected_.erase(expected);
  return absl::OkStatus();
}

absl::StatusOr<AuditReport> Audit::Finish() {
  RETURN_IF_ERROR(EndJournal());
  std::string missing;
  for (const auto& [key, sha256] : expected_) {
    if (!sha256.empty() && (missing.empty() || key < missing)) missing = key;
  }
  if (!missing.empty()) return Finding(RecordName(missing), ": the journal made it and it is not there");
  for (const SignedHead& known : options_.known_heads) {
    JournalHead head;
    const bool is_there = head.ParseFromString(known.head()) && head.number() <= report_.last_head;
    if (!is_there) return Finding("head ", head.number(), ", which is known, is missing");
  }
  return report_;
}

}  // namespace jiebang::seal
