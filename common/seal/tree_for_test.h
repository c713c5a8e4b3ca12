// Merkle trees for tests: the recursive definition of RFC 6962, 2.1, word for word, and a tiled tree over the same
// leaves.
#ifndef JIEBANG_COMMON_SEAL_TREE_FOR_TEST_H_
#define JIEBANG_COMMON_SEAL_TREE_FOR_TEST_H_

#include <cstdint>
#include <string>
#include <vector>

#include "common/seal/tiled_tree.h"

namespace jiebang::seal {

class DefinedTree {
 public:
  DefinedTree(TreeHash hash, const std::vector<std::string>& leaves) : hash_(hash) {
    for (const std::string& leaf : leaves) leaf_hashes_.push_back(hash_.Leaf(leaf));
  }

  // MTH(D[begin:end]).
  std::string Root(std::uint64_t begin, std::uint64_t end) const {
    if (begin == end) return hash_.Empty();
    if (end - begin == 1) return leaf_hashes_[begin];
    const std::uint64_t middle = begin + Split(end - begin);
    return hash_.Node(Root(begin, middle), Root(middle, end));
  }
  std::string Root(std::uint64_t size) const { return Root(0, size); }

  // PATH(leaf, D[begin:end]).
  std::vector<std::string> Path(std::uint64_t leaf, std::uint64_t begin, std::uint64_t end) const {
    if (end - begin == 1) return {};
    const std::uint64_t middle = begin + Split(end - begin);
    std::vector<std::string> path = leaf < middle ? Path(leaf, begin, middle) : Path(leaf, middle, end);
    path.push_back(leaf < middle ? Root(middle, end) : Root(begin, middle));
    return path;
  }

  // SUBPROOF(first, D[begin:end], is_whole).
  std::vector<std::string> Proof(std::uint64_t first, std::uint64_t begin, std::uint64_t end, bool is_whole) const {
    if (first == end) return is_whole ? std::vector<std::string>() : std::vector<std::string>{Root(begin, end)};
    const std::uint64_t middle = begin + Split(end - begin);
    std::vector<std::string> proof =
        first <= middle ? Proof(first, begin, middle, is_whole) : Proof(first, middle, end, false);
    proof.push_back(first <= middle ? Root(middle, end) : Root(begin, middle));
    return proof;
  }

  TiledTree Tiled(std::uint64_t size) const {
    TiledTree tree(hash_);
    for (std::uint64_t i = 0; i < size; ++i) tree.Append(leaf_hashes_[i]);
    return tree;
  }

 private:
  static std::uint64_t Split(std::uint64_t size) {
    std::uint64_t split = 1;
    while (split * 2 < size) split *= 2;
    return split;
  }

  const TreeHash hash_;
  std::vector<std::string> leaf_hashes_;
};

// `count` leaves that differ.
inline std::vector<std::string> SomeLeaves(std::uint64_t count) {
  std::vector<std::string> leaves;
  for (std::uint64_t i = 0; i < count; ++i) leaves.push_back("leaf " + std::to_string(i));
  return leaves;
}

}  // namespace jiebang::seal

#endif  // JIEBANG_COMMON_SEAL_TREE_FOR_TEST_H_
