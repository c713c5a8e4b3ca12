// A Merkle tree (RFC 6962) in tiles, of which only those need to be there that an answer is computed from.
#ifndef JIEBANG_COMMON_SEAL_TILED_TREE_H_
#define JIEBANG_COMMON_SEAL_TILED_TREE_H_

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "common/seal/tree_hash.h"
#include "common/seal/tree_shape.h"

namespace jiebang::seal {

// Hashes one after another, 32 bytes each, at most 256.
using Tiles = std::map<TileId, std::string>;

class TiledTree {
 public:
  // A tree of `size` leaves of which these tiles are at hand. What a tile holds beyond that size is dropped: it was
  // written for a tree that nobody signed. DATA_LOSS when a tile holds less than a tree of this size has in it.
  static absl::StatusOr<TiledTree> FromTiles(TreeHash hash, std::uint64_t size, Tiles tiles);

  // The empty tree.
  explicit TiledTree(TreeHash hash) : hash_(hash) {}

  std::uint64_t size() const { return size_; }

  // Wants the tiles of TilesGrowing that are there already.
  void Append(std::string leaf_hash);

  // The tiles that Append changed, whole.
  Tiles Changed() const;

  // DATA_LOSS when a tile is missing. A subtree without leaves is the empty tree.
  absl::StatusOr<std::string> HashOf(Subtree subtree) const;
  absl::StatusOr<std::string> Root() const { return HashOf({0, size_}); }
  absl::StatusOr<std::vector<std::string>> HashesOf(const std::vector<Subtree>& subtrees) const;
  absl::StatusOr<std::string> LeafHash(std::uint64_t leaf) const { return HashOf({leaf, leaf + 1}); }

 private:
  void AppendAt(int level, std::string_view hash);
  std::string RootOf(std::string_view hashes) const;

  TreeHash hash_;
  std::uint64_t size_ = 0;
  Tiles tiles_;
  std::set<TileId> changed_;
};

}  // namespace jiebang::seal

#endif  // JIEBANG_COMMON_SEAL_TILED_TREE_H_
