#include "common/seal/tiled_tree.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"

namespace jiebang::seal {
namespace {

absl::Status NotThere(TileId tile) {
  return absl::DataLossError(absl::StrCat("the tile ", tile.level, "/", tile.index, " of a sealed tree is not whole"));
}

}  // namespace

absl::StatusOr<TiledTree> TiledTree::FromTiles(TreeHash hash, std::uint64_t size, Tiles tiles) {
  TiledTree tree(hash);
  tree.size_ = size;
  for (auto& [id, hashes] : tiles) {
    const std::uint64_t bytes = WidthOf(id, size) * kHashBytes;
    if (hashes.size() < bytes) return NotThere(id);
    hashes.resize(bytes);
  }
  tree.tiles_ = std::move(tiles);
  return tree;
}

void TiledTree::Append(std::string leaf_hash) {
  AppendAt(0, leaf_hash);
  ++size_;
}

void TiledTree::AppendAt(int level, std::string_view hash) {
  const TileId id{.level = level, .index = (size_ >> (level * kTileHeight)) / kTileWidth};
  std::string& hashes = tiles_[id];
  hashes.append(hash);
  changed_.insert(id);
  if (hashes.size() == kTileWidth * kHashBytes) AppendAt(level + 1, RootOf(hashes));
}

Tiles TiledTree::Changed() const {
  Tiles changed;
  for (const TileId& id : changed_) changed[id] = tiles_.at(id);
  return changed;
}

// Of a power of two of hashes.
std::string TiledTree::RootOf(std::string_view hashes) const {
  if (hashes.size() == kHashBytes) return std::string(hashes);
  const std::size_t half = hashes.size() / 2;
  return hash_.Node(RootOf(hashes.substr(0, half)), RootOf(hashes.substr(half)));
}

absl::StatusOr<std::string> TiledTree::HashOf(Subtree subtree) const {
  std::vector<std::string> complete;
  for (const Node& node : CompleteNodes(subtree)) {
    const TileId id = TileOf(node);
    const int height_in_tile = node.height % kTileHeight;
    const std::size_t begin = ((node.index << height_in_tile) % kTileWidth) * kHashBytes;
    const std::size_t bytes = (std::size_t{1} << height_in_tile) * kHashBytes;
    const auto found = tiles_.find(id);
    if (found == tiles_.end() || found->second.size() < begin + bytes) return NotThere(id);
    complete.push_back(RootOf(std::string_view(found->second).substr(begin, bytes)));
  }
  if (complete.empty()) return hash_.Empty();
  std::string hash = std::move(complete.back());
  for (std::size_t i = complete.size() - 1; i > 0; --i) hash = hash_.Node(complete[i - 1], hash);
  return hash;
}

absl::StatusOr<std::vector<std::string>> TiledTree::HashesOf(const std::vector<Subtree>& subtrees) const {
  std::vector<std::string> hashes;
  for (const Subtree& subtree : subtrees) {
    ASSIGN_OR_RETURN(std::string hash, HashOf(subtree));
    hashes.push_back(std::move(hash));
  }
  return hashes;
}

}  // namespace jiebang::seal
