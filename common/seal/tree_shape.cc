#include "common/seal/tree_shape.h"

#include <algorithm>
#include <bit>

namespace jiebang::seal {
namespace {

// The greatest power of two below `size`; wants size > 1.
std::uint64_t SplitOf(std::uint64_t size) { return std::bit_floor(size - 1); }

// How many complete subtrees of a level's height a tree of `size` leaves has.
std::uint64_t CountAt(int level, std::uint64_t size) {
  const int height = level * kTileHeight;
  return height < 64 ? size >> height : 0;
}

}  // namespace

std::vector<Node> CompleteNodes(Subtree subtree) {
  std::vector<Node> nodes;
  while (subtree.size() > 0) {
    const std::uint64_t leaves = std::bit_floor(subtree.size());
    const int height = std::countr_zero(leaves);
    nodes.push_back({.height = height, .index = subtree.begin >> height});
    subtree.begin += leaves;
  }
  return nodes;
}

std::vector<Subtree> InclusionSubtrees(std::uint64_t leaf, std::uint64_t size) {
  std::vector<Subtree> siblings;  // from the root down
  Subtree around{0, size};
  while (around.size() > 1) {
    const std::uint64_t middle = around.begin + SplitOf(around.size());
    const Subtree left{around.begin, middle};
    const Subtree right{middle, around.end};
    const bool is_left = leaf < middle;
    siblings.push_back(is_left ? right : left);
    around = is_left ? left : right;
  }
  std::reverse(siblings.begin(), siblings.end());
  return siblings;
}

std::vector<Subtree> ConsistencySubtrees(std::uint64_t first, std::uint64_t second) {
  std::vector<Subtree> subtrees;  // from the root down
  Subtree around{0, second};
  while (around.end != first) {
    const std::uint64_t middle = around.begin + SplitOf(around.size());
    const Subtree left{around.begin, middle};
    const Subtree right{middle, around.end};
    const bool is_left = first <= middle;
    subtrees.push_back(is_left ? right : left);
    around = is_left ? left : right;
  }
  // Where the earlier tree is itself a subtree of the later one, the verifier has its hash.
  if (around.begin > 0) subtrees.push_back(around);
  std::reverse(subtrees.begin(), subtrees.end());
  return subtrees;
}

TileId TileOf(Node node) {
  const int level = node.height / kTileHeight;
  const std::uint64_t first = node.index << (node.height % kTileHeight);
  return {.level = level, .index = first / kTileWidth};
}

std::uint64_t WidthOf(TileId tile, std::uint64_t size) {
  const std::uint64_t count = CountAt(tile.level, size);
  const std::uint64_t before = tile.index * kTileWidth;
  return count <= before ? 0 : std::min(count - before, kTileWidth);
}

std::set<TileId> TilesOf(const std::vector<Subtree>& subtrees) {
  std::set<TileId> tiles;
  for (const Subtree& subtree : subtrees) {
    for (const Node& node : CompleteNodes(subtree)) tiles.insert(TileOf(node));
  }
  return tiles;
}

std::set<TileId> TilesGrowing(std::uint64_t size, std::uint64_t grown) {
  std::set<TileId> tiles;
  for (int level = 0; CountAt(level, grown) > CountAt(level, size); ++level) {
    const std::uint64_t first = CountAt(level, size) / kTileWidth;
    const std::uint64_t last = (CountAt(level, grown) - 1) / kTileWidth;
    for (std::uint64_t index = first; index <= last; ++index) tiles.insert({.level = level, .index = index});
  }
  return tiles;
}

}  // namespace jiebang::seal
