// The shape of RFC 6962's trees: which subtrees make a root or a proof, of which complete subtrees they consist, and in
// which tiles the hashes of those are kept. Numbers only; no hashes.
#ifndef JIEBANG_COMMON_SEAL_TREE_SHAPE_H_
#define JIEBANG_COMMON_SEAL_TREE_SHAPE_H_

#include <compare>
#include <cstdint>
#include <set>
#include <vector>

namespace jiebang::seal {

// The subtree over the leaves begin to end - 1. The subtrees below begin at a multiple of the greatest power of two
// that is not above their size, as all do into which RFC 6962 splits a tree.
struct Subtree {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;

  std::uint64_t size() const { return end - begin; }
  friend bool operator==(const Subtree&, const Subtree&) = default;
};

// A complete subtree: 2^height leaves, from the leaf index * 2^height on.
struct Node {
  int height = 0;
  std::uint64_t index = 0;

  friend bool operator==(const Node&, const Node&) = default;
};

// Hashes are kept as tiles, as in C2SP's tlog-tiles: the tile (level, index) holds, in their order, the hashes of the
// complete subtrees of height 8 * level from number 256 * index on, at most 256 of them. The last tile of a level is
// narrower and grows.
inline constexpr int kTileHeight = 8;
inline constexpr std::uint64_t kTileWidth = 1 << kTileHeight;

struct TileId {
  int level = 0;
  std::uint64_t index = 0;

  friend auto operator<=>(const TileId&, const TileId&) = default;
};

// The complete subtrees that a subtree consists of, from left to right.
std::vector<Node> CompleteNodes(Subtree subtree);

// The subtrees whose hashes are the audit path of a leaf (RFC 6962, 2.1.1). Wants leaf < size.
std::vector<Subtree> InclusionSubtrees(std::uint64_t leaf, std::uint64_t size);

// The subtrees whose hashes prove that the tree of `second` leaves begins with that of `first` (2.1.2). Wants
// 0 < first <= second.
std::vector<Subtree> ConsistencySubtrees(std::uint64_t first, std::uint64_t second);

// The tile with the hashes that the node is computed from: all of them stand in one.
TileId TileOf(Node node);

// How many hashes a tile holds when the tree has `size` leaves.
std::uint64_t WidthOf(TileId tile, std::uint64_t size);

// The tiles that are read to compute the hashes of these subtrees.
std::set<TileId> TilesOf(const std::vector<Subtree>& subtrees);

// The tiles that change when a tree grows from `size` to `grown` leaves.
std::set<TileId> TilesGrowing(std::uint64_t size, std::uint64_t grown);

}  // namespace jiebang::seal

#endif  // JIEBANG_COMMON_SEAL_TREE_SHAPE_H_
