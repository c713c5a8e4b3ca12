#include "common/seal/proof.h"

#include <functional>

#include "common/seal/tree_for_test.h"
#include "common/testing/status_matchers.h"
#include "gtest/gtest.h"

namespace jiebang::seal {
namespace {

using Path = std::vector<std::string>;

constexpr std::uint64_t kMostLeaves = 17;

const TreeHash kSuites[] = {TreeHash(journal::v1::SEAL_SUITE_ED25519_SHA256),
                            TreeHash(journal::v1::SEAL_SUITE_SM2_SM3)};

auto IsRefused() { return StatusIs(absl::StatusCode::kDataLoss); }

// Everything that can be changed in a path of hashes: a bit of each hash, a hash less, a hash more, an order.
void ForEachTampering(const Path& path, const std::function<void(const Path&)>& try_it) {
  for (std::size_t i = 0; i < path.size(); ++i) {
    Path flipped = path;
    flipped[i][i % kHashBytes] = static_cast<char>(flipped[i][i % kHashBytes] ^ (1 << (i % 8)));
    try_it(flipped);
    Path shorter = path;
    shorter.erase(shorter.begin() + static_cast<std::ptrdiff_t>(i));
    try_it(shorter);
    Path cut = path;
    cut[i].pop_back();
    try_it(cut);
    Path twice = path;
    twice.insert(twice.begin() + static_cast<std::ptrdiff_t>(i), path[i]);
    try_it(twice);
    if (i > 0) {
      Path swapped = path;
      std::swap(swapped[i - 1], swapped[i]);
      try_it(swapped);
    }
  }
  Path longer = path;
  longer.push_back(std::string(kHashBytes, '\0'));
  try_it(longer);
}

TEST(InclusionProof, HoldsForEveryLeafOfEveryTree) {
  for (const TreeHash& hash : kSuites) {
    const std::vector<std::string> leaves = SomeLeaves(kMostLeaves);
    const DefinedTree tree(hash, leaves);
    for (std::uint64_t size = 1; size <= kMostLeaves; ++size) {
      for (std::uint64_t leaf = 0; leaf < size; ++leaf) {
        EXPECT_THAT(
            VerifyInclusion(hash, leaf, size, hash.Leaf(leaves[leaf]), tree.Path(leaf, 0, size), tree.Root(size)),
            IsOk())
            << leaf << " in " << size;
      }
    }
  }
}

TEST(InclusionProof, IsRefusedWhateverIsChanged) {
  for (const TreeHash& hash : kSuites) {
    const std::vector<std::string> leaves = SomeLeaves(kMostLeaves);
    const DefinedTree tree(hash, leaves);
    for (std::uint64_t size = 1; size <= kMostLeaves; ++size) {
      const std::string root = tree.Root(size);
      for (std::uint64_t leaf = 0; leaf < size; ++leaf) {
        const std::string leaf_hash = hash.Leaf(leaves[leaf]);
        const Path path = tree.Path(leaf, 0, size);
        ForEachTampering(path, [&](const Path& wrong) {
          EXPECT_THAT(VerifyInclusion(hash, leaf, size, leaf_hash, wrong, root), IsRefused()) << leaf << " in " << size;
        });
        EXPECT_THAT(VerifyInclusion(hash, leaf, size, hash.Leaf("another"), path, root), IsRefused());
        EXPECT_THAT(VerifyInclusion(hash, leaf, size, leaf_hash, path, hash.Leaf("another")), IsRefused());
        for (std::uint64_t other = 0; other <= kMostLeaves; ++other) {
          if (other == leaf) continue;
          EXPECT_THAT(VerifyInclusion(hash, other, size, leaf_hash, path, root), IsRefused())
              << other << " in " << size;
        }
        EXPECT_THAT(VerifyInclusion(hash, leaf, 0, leaf_hash, path, root), IsRefused());
      }
    }
  }
}

TEST(ConsistencyProof, HoldsForEveryPairOfTrees) {
  for (const TreeHash& hash : kSuites) {
    const DefinedTree tree(hash, SomeLeaves(kMostLeaves));
    for (std::uint64_t second = 0; second <= kMostLeaves; ++second) {
      EXPECT_THAT(VerifyConsistency(hash, 0, second, hash.Empty(), tree.Root(second), {}), IsOk());
      for (std::uint64_t first = 1; first <= second; ++first) {
        EXPECT_THAT(VerifyConsistency(hash, first, second, tree.Root(first), tree.Root(second),
                                      tree.Proof(first, 0, second, true)),
                    IsOk())
            << first << " in " << second;
      }
    }
  }
}

TEST(ConsistencyProof, IsRefusedWhateverIsChanged) {
  for (const TreeHash& hash : kSuites) {
    const DefinedTree tree(hash, SomeLeaves(kMostLeaves));
    const std::string other = hash.Leaf("another");
    for (std::uint64_t second = 1; second <= kMostLeaves; ++second) {
      for (std::uint64_t first = 1; first <= second; ++first) {
        const std::string first_root = tree.Root(first);
        const std::string second_root = tree.Root(second);
        const Path path = tree.Proof(first, 0, second, true);
        ForEachTampering(path, [&](const Path& wrong) {
          EXPECT_THAT(VerifyConsistency(hash, first, second, first_root, second_root, wrong), IsRefused())
              << first << " in " << second;
        });
        EXPECT_THAT(VerifyConsistency(hash, first, second, other, second_root, path), IsRefused());
        EXPECT_THAT(VerifyConsistency(hash, first, second, first_root, other, path), IsRefused());
        EXPECT_THAT(VerifyConsistency(hash, second + 1, second, first_root, second_root, path), IsRefused());
      }
    }
    EXPECT_THAT(VerifyConsistency(hash, 0, 5, other, tree.Root(5), {}), IsRefused());
  }
}

}  // namespace
}  // namespace jiebang::seal
