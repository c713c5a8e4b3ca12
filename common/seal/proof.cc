#include "common/seal/proof.h"

#include <algorithm>
#include <bit>

namespace jiebang::seal {
namespace {

absl::Status Wrong(const char* why) { return absl::DataLossError(why); }

bool AreHashes(const std::vector<std::string>& path) {
  return std::all_of(path.begin(), path.end(), [](const std::string& hash) { return hash.size() == kHashBytes; });
}

}  // namespace

absl::Status VerifyInclusion(const TreeHash& hash, std::uint64_t leaf, std::uint64_t size, std::string_view leaf_hash,
                             const std::vector<std::string>& path, std::string_view root) {
  if (leaf >= size) return Wrong("the leaf is beyond the tree");
  if (leaf_hash.size() != kHashBytes || !AreHashes(path)) return Wrong("the proof has something that is no hash");
  std::uint64_t node = leaf;      // the number of the subtree at the height that was reached
  std::uint64_t last = size - 1;  // and of the last one there
  std::string computed(leaf_hash);
  for (const std::string& sibling : path) {
    if (last == 0) return Wrong("the proof is too long");
    if (node % 2 == 1 || node == last) {
      computed = hash.Node(sibling, computed);
      // A last subtree without a right sibling goes up as it is.
      const int alone = node == 0 ? 0 : std::countr_zero(node);
      node >>= alone;
      last >>= alone;
    } else {
      computed = hash.Node(computed, sibling);
    }
    node >>= 1;
    last >>= 1;
  }
  if (last != 0) return Wrong("the proof is too short");
  if (computed != root) return Wrong("the proof leads to another root");
  return absl::OkStatus();
}

absl::Status VerifyConsistency(const TreeHash& hash, std::uint64_t first, std::uint64_t second,
                               std::string_view first_root, std::string_view second_root,
                               const std::vector<std::string>& path) {
  if (first > second) return Wrong("the earlier tree is larger than the later one");
  if (first_root.size() != kHashBytes || second_root.size() != kHashBytes || !AreHashes(path)) {
    return Wrong("the proof has something that is no hash");
  }
  if (first == 0 || first == second) {
    if (!path.empty()) return Wrong("the proof is too long");
    if (first == 0 && first_root != hash.Empty()) return Wrong("the earlier root is not that of the empty tree");
    if (first == second && first_root != second_root) return Wrong("trees of one size have different roots");
    return absl::OkStatus();
  }

  // An earlier tree that is complete is itself where the path begins.
  std::size_t next = 0;
  std::string start;
  if (std::has_single_bit(first)) {
    start = std::string(first_root);
  } else {
    if (path.empty()) return Wrong("the proof is too short");
    start = path[next++];
  }
  const int alone = std::countr_one(first - 1);
  std::uint64_t node = (first - 1) >> alone;
  std::uint64_t last = (second - 1) >> alone;
  std::string earlier = start;
  std::string later = start;
  for (; next < path.size(); ++next) {
    if (last == 0) return Wrong("the proof is too long");
    if (node % 2 == 1 || node == last) {
      earlier = hash.Node(path[next], earlier);
      later = hash.Node(path[next], later);
      const int up = node == 0 ? 0 : std::countr_zero(node);
      node >>= up;
      last >>= up;
    } else {
      later = hash.Node(later, path[next]);
    }
    node >>= 1;
    last >>= 1;
  }
  if (last != 0) return Wrong("the proof is too short");
  if (earlier != first_root) return Wrong("the proof leads to another earlier root");
  if (later != second_root) return Wrong("the proof leads to another later root");
  return absl::OkStatus();
}

}  // namespace jiebang::seal
