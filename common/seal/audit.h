// The audit of one service, offline: its heads, its journal and its records are held against each other, wherever they
// come from.
#ifndef JIEBANG_COMMON_SEAL_AUDIT_H_
#define JIEBANG_COMMON_SEAL_AUDIT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/seal/audited_shard.h"
#include "common/seal/head.h"
#include "common/seal/tree_shape.h"
#include "common/store/store.h"
#include "common/token/keys.h"
#include "jiebang/journal/v1/seal.pb.h"

namespace jiebang::seal {

struct AuditOptions {
  std::string service;                    // whose heads these must be
  std::vector<token::VerifyingKey> keys;  // that may have signed them
  // Heads that the auditor kept elsewhere: the chain must have them.
  std::vector<journal::v1::SignedHead> known_heads;
};

// What was found to be right.
struct AuditReport {
  std::int64_t first_head = 0;  // numbers; 0: there is no head
  std::int64_t last_head = 0;
  std::uint64_t sealed_entries = 0;     // under the last head
  std::uint64_t compacted_entries = 0;  // of those: known by their hash alone
  std::uint64_t unsealed_entries = 0;   // after the last head
  std::uint64_t records = 0;            // that are what the journal says
  std::uint64_t derived_records = 0;    // not covered by the journal
  std::uint64_t untraced_records = 0;   // changed last by an entry that was compacted away
  std::vector<journal::v1::AcceptedRollback> rollbacks;
};

// Fed in this order: heads, tiles, entries, records. The first thing that does not fit ends it: DATA_LOSS, naming it.
// Keeps a digest for each record that the journal names, and 32 bytes for each entry whose tiles it is given.
class Audit {
 public:
  explicit Audit(AuditOptions options);

  // In order of their numbers. The first may have any number: then what was before it is not looked at.
  absl::Status AddHead(const journal::v1::SignedHead& signed_head);

  // Those of one shard in order of their index. They may be left out: then a finding names a few hundred entries
  // instead of one, and a compacted journal cannot be audited.
  absl::Status AddTile(int shard, TileId tile, std::string_view hashes);

  // Those of one shard in order.
  absl::Status AddEntry(int shard, const store::JournalEntry& entry);

  // In any order, each once.
  absl::Status AddRecord(const store::Key& key, std::string_view value);

  absl::StatusOr<AuditReport> Finish();

 private:
  void SealShards();
  absl::Status EndJournal();

  const AuditOptions options_;
  std::optional<OpenedHead> latest_;
  std::vector<journal::v1::JournalHead> heads_;
  std::vector<AuditedShard> shards_;  // made when the heads are known
  bool journal_ended_ = false;
  // What the journal says of each record, by its key: the SHA-256 of its value; empty: it was deleted. A record that
  // was found is taken off.
  absl::flat_hash_map<std::string, std::string> expected_;
  AuditReport report_;
};

}  // namespace jiebang::seal

#endif  // JIEBANG_COMMON_SEAL_AUDIT_H_
