#include "common/seal/audited_shard.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/seal/leaf.h"
#include "common/status/status_macros.h"

namespace jiebang::seal {
namespace {

template <class... Parts>
absl::Status Finding(int shard, const Parts&... parts) {
  return absl::DataLossError(absl::StrCat("shard ", shard, ": ", parts...));
}

}  // namespace

absl::Status AuditedShard::Add(const store::JournalEntry& entry) {
  if (entry.sequence == 0) return Finding(shard_, "an entry has no sequence");
  if (size() == 0 && entry.sequence > 1) RETURN_IF_ERROR(SkipTo(entry.sequence - 1));
  if (entry.sequence != size() + 1) {
    return Finding(shard_, "entry ", entry.sequence, " stands where entry ", size() + 1, " belongs");
  }
  if (store::ShardOf(entry.partition) != shard_) {
    return Finding(shard_, "entry ", entry.sequence, " is of the partition ", entry.partition,
                   ", which is not of this shard");
  }
  return AddLeaf(hash_.Leaf(LeafBytes(shard_, entry)));
}

absl::Status AuditedShard::SkipTo(std::uint64_t size) {
  if (tiles_.size() < size) {
    return Finding(shard_, "entries ", tiles_.size() + 1, " to ", size, " are there neither themselves nor as tiles");
  }
  compacted_ = size;
  for (std::uint64_t leaf = 0; leaf < size; ++leaf) RETURN_IF_ERROR(AddLeaf(tiles_[leaf]));
  return absl::OkStatus();
}

absl::Status AuditedShard::AddLeaf(std::string leaf_hash) {
  unchecked_.push_back(std::move(leaf_hash));
  const auto sealed = seals_.find(size());
  if (sealed == seals_.end()) return absl::OkStatus();
  Frontier grown = checked_;
  for (const std::string& hash : unchecked_) grown.Append(hash);
  if (grown.Root() != sealed->second.root) return NotAsSealed(sealed->second);
  checked_ = std::move(grown);
  unchecked_.clear();
  return absl::OkStatus();
}

absl::Status AuditedShard::NotAsSealed(const SealedRoot& sealed) const {
  const std::uint64_t before = checked_.size();
  if (tiles_.size() >= size()) {
    Frontier by_tiles = checked_;
    for (std::uint64_t leaf = before; leaf < size(); ++leaf) by_tiles.Append(tiles_[leaf]);
    if (by_tiles.Root() == sealed.root) {
      std::uint64_t leaf = before;
      while (unchecked_[leaf - before] == tiles_[leaf]) ++leaf;
      return Finding(shard_, "entry ", leaf + 1, " is not the one that head ", sealed.head_number, " sealed");
    }
  }
  return Finding(shard_, "entries ", before + 1, " to ", size(), " are not those that head ", sealed.head_number,
                 " sealed");
}

absl::Status AuditedShard::Finish() {
  // Nothing but tiles: all that was sealed was compacted away.
  if (size() == 0 && sealed() > 0 && tiles_.size() >= sealed()) RETURN_IF_ERROR(SkipTo(sealed()));
  const auto missed = seals_.upper_bound(size());
  if (missed == seals_.end()) return absl::OkStatus();
  return Finding(shard_, "entry ", size() + 1, " is missing: head ", missed->second.head_number, " sealed ",
                 missed->first);
}

}  // namespace jiebang::seal
