// The least of a growing Merkle tree that gives its root: the hashes of its complete subtrees, from left to right.
#ifndef JIEBANG_COMMON_SEAL_FRONTIER_H_
#define JIEBANG_COMMON_SEAL_FRONTIER_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "common/seal/tree_hash.h"

namespace jiebang::seal {

class Frontier {
 public:
  explicit Frontier(TreeHash hash) : hash_(hash) {}

  void Append(std::string leaf_hash) {
    // A subtree that became complete takes its left sibling in, as a carry does when one counts in binary.
    for (std::uint64_t carry = size_++; carry % 2 == 1; carry /= 2) {
      leaf_hash = hash_.Node(subtrees_.back(), leaf_hash);
      subtrees_.pop_back();
    }
    subtrees_.push_back(std::move(leaf_hash));
  }

  std::uint64_t size() const { return size_; }

  std::string Root() const {
    if (subtrees_.empty()) return hash_.Empty();
    std::string root = subtrees_.back();
    for (std::size_t i = subtrees_.size() - 1; i > 0; --i) root = hash_.Node(subtrees_[i - 1], root);
    return root;
  }

 private:
  TreeHash hash_;
  std::uint64_t size_ = 0;
  std::vector<std::string> subtrees_;
};

}  // namespace jiebang::seal

#endif  // JIEBANG_COMMON_SEAL_FRONTIER_H_
