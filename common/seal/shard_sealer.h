// One shard of a journal: its tree grows by what is new there, as long as what was sealed is still there.
#ifndef JIEBANG_COMMON_SEAL_SHARD_SEALER_H_
#define JIEBANG_COMMON_SEAL_SHARD_SEALER_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "common/seal/seal_repository.h"
#include "common/seal/tiled_tree.h"
#include "common/store/store.h"
#include "jiebang/journal/v1/seal.pb.h"

namespace jiebang::seal {

struct ShardStep {
  journal::v1::ShardTree tree;
  std::optional<journal::v1::AcceptedRollback> rollback;
  bool more = false;  // entries were left for the next step
};

// Writes tiles and no head: what it has written counts only once somebody signs a head over it. Errors: DATA_LOSS,
// saying what does not fit; ABORTED, when another sealer writes the same tiles; the store's.
class ShardSealer {
 public:
  ShardSealer(store::Store& store, TreeHash hash) : store_(store), repository_(store), hash_(hash) {}

  // Takes what follows the sealed entries, a few hundred at most. DATA_LOSS when the journal is shorter than what was
  // sealed, its last sealed entry is another one, its sequences are not dense, or neither tiles nor journal give the
  // sealed root (tiles alone that do not are made again from the journal).
  Task<absl::StatusOr<ShardStep>> Extend(int shard, journal::v1::ShardTree sealed, std::uint64_t journal_size) const;

  // Goes back to what is still there of what was sealed, with a statement about what is not: to the last sealed entry,
  // or where the tiles that would tell it are lost too, to the latest head whose tree still stands. Writes nothing: a
  // head must say so first, and Extend goes on from it.
  Task<absl::StatusOr<ShardStep>> GiveUp(int shard, journal::v1::ShardTree sealed, std::uint64_t journal_size,
                                         std::string reason) const;

 private:
  struct Loaded {
    TiledTree tree;
    std::map<TileId, std::uint64_t> versions;
  };

  Task<absl::StatusOr<std::vector<store::JournalEntry>>> Entries(int shard, std::uint64_t after) const;
  // The tree with the tiles that `grown` and the last leaf need, held against the root.
  Task<absl::StatusOr<Loaded>> Load(int shard, journal::v1::ShardTree sealed, std::uint64_t grown) const;
  Task<absl::StatusOr<journal::v1::ShardTree>> KeptByLeaves(int shard, journal::v1::ShardTree sealed,
                                                            std::uint64_t journal_size) const;
  Task<absl::StatusOr<journal::v1::ShardTree>> KeptByHeads(int shard, std::uint64_t journal_size) const;
  // Whether tiles and journal still have what was sealed.
  Task<absl::StatusOr<bool>> Stands(int shard, journal::v1::ShardTree sealed, std::uint64_t journal_size) const;
  Task<absl::Status> MakeTilesAgain(int shard, journal::v1::ShardTree sealed) const;
  Task<absl::StatusOr<std::uint64_t>> StillThere(int shard, std::uint64_t sealed_size,
                                                 std::uint64_t journal_size) const;

  store::Store& store_;
  const SealRepository repository_;
  const TreeHash hash_;
};

}  // namespace jiebang::seal

#endif  // JIEBANG_COMMON_SEAL_SHARD_SEALER_H_
