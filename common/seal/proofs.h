// What a reader asks of a sealed journal: heads, entries, and the proofs that tie them together. Knows nothing of how
// it is asked.
#ifndef JIEBANG_COMMON_SEAL_PROOFS_H_
#define JIEBANG_COMMON_SEAL_PROOFS_H_

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "common/seal/seal_repository.h"
#include "common/seal/tiled_tree.h"
#include "common/store/store.h"
#include "jiebang/journal/v1/seal.pb.h"

namespace jiebang::seal {

// Thread-safe. Heads are named by their number; 0 is the latest. Errors of all that name one: NOT_FOUND
// SEAL_HEAD_NOT_FOUND. A shard beyond 0 to 15 is INVALID_ARGUMENT SHARD_UNKNOWN.
class Proofs {
 public:
  explicit Proofs(store::Store& store) : store_(store), repository_(store) {}

  Task<absl::StatusOr<journal::v1::SignedHead>> Head(std::int64_t number) const;

  // NOT_FOUND ENTRY_NOT_SEALED: the head does not reach so far. FAILED_PRECONDITION SEALED_TREE_LOST: what the head
  // sealed of this shard is not there any more (an operator accepted the loss, or the tiles are damaged).
  Task<absl::StatusOr<journal::v1::InclusionProof>> Inclusion(int shard, std::int64_t sequence,
                                                              std::int64_t head_number) const;

  // Of the shard's trees in two heads. INVALID_ARGUMENT HEADS_OUT_OF_ORDER when the first is the later one;
  // FAILED_PRECONDITION SEALED_TREE_LOST.
  Task<absl::StatusOr<journal::v1::ConsistencyProof>> Consistency(int shard, std::int64_t first_number,
                                                                  std::int64_t second_number) const;

  // The entries after `after`, at most `limit` and 1,000, exactly as they are sealed: what LeafBytes is made of. The
  // store's OUT_OF_RANGE when they were compacted away.
  Task<absl::StatusOr<std::vector<store::JournalEntry>>> Entries(int shard, std::int64_t after, int limit) const;

 private:
  Task<absl::StatusOr<journal::v1::JournalHead>> Opened(std::int64_t number) const;
  // The tree that the head sealed, with the tiles for these subtrees.
  Task<absl::StatusOr<TiledTree>> Tree(int shard, journal::v1::JournalHead head, std::vector<Subtree> subtrees) const;

  store::Store& store_;
  const SealRepository repository_;
};

}  // namespace jiebang::seal

#endif  // JIEBANG_COMMON_SEAL_PROOFS_H_
