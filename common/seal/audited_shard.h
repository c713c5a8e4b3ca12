// One shard of a journal under audit: its entries are held against every root that was sealed over them.
#ifndef JIEBANG_COMMON_SEAL_AUDITED_SHARD_H_
#define JIEBANG_COMMON_SEAL_AUDITED_SHARD_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "common/seal/frontier.h"
#include "common/seal/tree_hash.h"
#include "common/store/store.h"

namespace jiebang::seal {

// Findings are DATA_LOSS and name the first entry that does not fit, as closely as can be known: the very entry where
// the tiles still tell what was sealed, otherwise those between two heads.
class AuditedShard {
 public:
  AuditedShard(int shard, TreeHash hash) : shard_(shard), hash_(hash), checked_(hash) {}

  // What the head `number` sealed of this shard. Before the entries; a size has one root.
  void Seal(std::uint64_t size, std::string root, std::int64_t number) { seals_[size] = {std::move(root), number}; }

  // The leaf hashes that the tiles hold, from the first on, as far as they are known.
  void AddLeafHash(std::string leaf_hash) { tiles_.push_back(std::move(leaf_hash)); }

  // The entries in order. Those before the first may be known by their leaf hashes alone: they were compacted away.
  absl::Status Add(const store::JournalEntry& entry);

  // After the last entry.
  absl::Status Finish();

  std::uint64_t compacted() const { return compacted_; }
  std::uint64_t size() const { return checked_.size() + unchecked_.size(); }
  std::uint64_t sealed() const { return seals_.empty() ? 0 : seals_.rbegin()->first; }

 private:
  struct SealedRoot {
    std::string root;
    std::int64_t head_number = 0;
  };

  absl::Status SkipTo(std::uint64_t size);
  absl::Status AddLeaf(std::string leaf_hash);
  absl::Status NotAsSealed(const SealedRoot& sealed) const;

  const int shard_;
  const TreeHash hash_;
  std::map<std::uint64_t, SealedRoot> seals_;
  std::vector<std::string> tiles_;
  std::uint64_t compacted_ = 0;
  Frontier checked_;                    // up to the last root that was found to be the sealed one
  std::vector<std::string> unchecked_;  // leaf hashes after it
};

}  // namespace jiebang::seal

#endif  // JIEBANG_COMMON_SEAL_AUDITED_SHARD_H_
