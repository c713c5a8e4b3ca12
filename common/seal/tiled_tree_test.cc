#include "common/seal/tiled_tree.h"

#include <random>

#include "absl/strings/escaping.h"
#include "common/seal/tree_for_test.h"
#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace jiebang::seal {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const TreeHash kSha256(journal::v1::SEAL_SUITE_ED25519_SHA256);
const TreeHash kSm3(journal::v1::SEAL_SUITE_SM2_SM3);

// The tree of Certificate Transparency's own tests: eight leaves, with the roots and proofs published there.
DefinedTree CtTree() {
  std::vector<std::string> leaves;
  for (const char* const hex :
       {"", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"}) {
    leaves.push_back(absl::HexStringToBytes(hex));
  }
  return DefinedTree(kSha256, leaves);
}

constexpr const char* kCtRoots[] = {"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                                    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                                    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                                    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                                    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                                    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                                    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                                    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                                    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};

std::vector<std::string> Hex(const std::vector<std::string>& hashes) {
  std::vector<std::string> hex;
  for (const std::string& hash : hashes) hex.push_back(absl::BytesToHexString(hash));
  return hex;
}

TEST(TiledTree, HasTheRootsOfCertificateTransparency) {
  for (std::uint64_t size = 0; size <= 8; ++size) {
    ASSERT_OK_AND_ASSIGN(const std::string root, CtTree().Tiled(size).Root());
    EXPECT_EQ(absl::BytesToHexString(root), kCtRoots[size]) << size;
    ASSERT_OK_AND_ASSIGN(const std::string earlier, CtTree().Tiled(8).HashOf({0, size}));
    EXPECT_EQ(absl::BytesToHexString(earlier), kCtRoots[size]) << size;
  }
}

TEST(TiledTree, HasTheProofsOfCertificateTransparency) {
  const TiledTree tree = CtTree().Tiled(8);
  ASSERT_OK_AND_ASSIGN(const auto path, tree.HashesOf(InclusionSubtrees(5, 8)));
  EXPECT_THAT(Hex(path), ElementsAre("bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                                     "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                                     "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"));
  ASSERT_OK_AND_ASSIGN(const auto in_five, tree.HashesOf(InclusionSubtrees(1, 5)));
  EXPECT_THAT(Hex(in_five), ElementsAre("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                                        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                                        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"));
  ASSERT_OK_AND_ASSIGN(const auto six_in_eight, tree.HashesOf(ConsistencySubtrees(6, 8)));
  EXPECT_THAT(Hex(six_in_eight), ElementsAre("0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                                             "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                                             "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"));
  ASSERT_OK_AND_ASSIGN(const auto two_in_five, tree.HashesOf(ConsistencySubtrees(2, 5)));
  EXPECT_THAT(Hex(two_in_five), ElementsAre("5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                                            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"));
  EXPECT_THAT(InclusionSubtrees(0, 1), IsEmpty());
  EXPECT_THAT(ConsistencySubtrees(8, 8), IsEmpty());
}

TEST(TiledTree, IsWhatRfc6962DefinesUpToTwentyLeaves) {
  for (const TreeHash& hash : {kSha256, kSm3}) {
    const DefinedTree defined(hash, SomeLeaves(20));
    for (std::uint64_t size = 1; size <= 20; ++size) {
      const TiledTree tree = defined.Tiled(size);
      EXPECT_THAT(tree.Root(), IsOkAndHolds(defined.Root(size)));
      for (std::uint64_t leaf = 0; leaf < size; ++leaf) {
        EXPECT_THAT(tree.HashesOf(InclusionSubtrees(leaf, size)), IsOkAndHolds(defined.Path(leaf, 0, size)));
      }
      for (std::uint64_t first = 1; first <= size; ++first) {
        EXPECT_THAT(tree.HashesOf(ConsistencySubtrees(first, size)), IsOkAndHolds(defined.Proof(first, 0, size, true)));
      }
    }
  }
}

// 66,000 leaves have three levels of tiles.
TEST(TiledTree, IsWhatRfc6962DefinesAcrossTiles) {
  constexpr std::uint64_t kLeaves = 66'000;
  const DefinedTree defined(kSha256, SomeLeaves(kLeaves));
  const TiledTree tree = defined.Tiled(kLeaves);
  std::mt19937_64 random(20'230'814);
  std::vector<std::uint64_t> sizes = {255, 256, 257, 513, 65'537, 1 + random() % kLeaves};
  for (const std::uint64_t size : sizes) {
    EXPECT_THAT(tree.HashOf({0, size}), IsOkAndHolds(defined.Root(size))) << size;
    const std::uint64_t leaf = random() % size;
    EXPECT_THAT(tree.HashesOf(InclusionSubtrees(leaf, size)), IsOkAndHolds(defined.Path(leaf, 0, size))) << size;
    const std::uint64_t first = 1 + random() % size;
    EXPECT_THAT(tree.HashesOf(ConsistencySubtrees(first, size)), IsOkAndHolds(defined.Proof(first, 0, size, true)))
        << first << " in " << size;
  }
}

// What a sealer does: it has only the tiles that it asks for by number.
TEST(TiledTree, GrowsFromTheTilesAtItsEdgeAlone) {
  constexpr std::uint64_t kLeaves = 66'000;
  const std::vector<std::string> leaves = SomeLeaves(kLeaves);
  const DefinedTree defined(kSha256, leaves);
  Tiles kept;
  std::uint64_t size = 0;
  std::mt19937_64 random(6962);
  while (size < kLeaves) {
    const std::uint64_t grown = std::min(kLeaves, size + 1 + random() % 20'000);
    Tiles edge;
    std::set<TileId> wanted = TilesGrowing(size, grown);
    wanted.merge(TilesOf({{0, size}}));
    for (const TileId& id : wanted) edge[id] = kept[id];
    ASSERT_OK_AND_ASSIGN(TiledTree tree, TiledTree::FromTiles(kSha256, size, std::move(edge)));
    for (; size < grown; ++size) tree.Append(kSha256.Leaf(leaves[size]));
    for (auto& [id, hashes] : tree.Changed()) kept[id] = hashes;
    ASSERT_THAT(tree.Root(), IsOkAndHolds(defined.Root(size)));
  }
  // The whole of it is about 33 bytes a leaf.
  EXPECT_EQ(kept.size(), 258u + 2u + 1u);
}

TEST(TiledTree, DropsWhatWasWrittenForATreeThatNobodySigned) {
  const DefinedTree defined(kSha256, SomeLeaves(300));
  const Tiles written = defined.Tiled(300).Changed();
  ASSERT_OK_AND_ASSIGN(TiledTree tree, TiledTree::FromTiles(kSha256, 200, written));
  for (const char* const leaf : {"another", "and another"}) tree.Append(kSha256.Leaf(leaf));
  std::vector<std::string> leaves = SomeLeaves(200);
  leaves.insert(leaves.end(), {"another", "and another"});
  EXPECT_THAT(tree.Root(), IsOkAndHolds(DefinedTree(kSha256, leaves).Root(202)));
}

TEST(TiledTree, SaysWhichTileIsNotWhole) {
  const DefinedTree defined(kSha256, SomeLeaves(300));
  Tiles tiles = defined.Tiled(300).Changed();
  tiles[{0, 1}].resize(43 * kHashBytes);
  EXPECT_THAT(TiledTree::FromTiles(kSha256, 300, tiles), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("0/1")));
  tiles.erase({0, 1});
  ASSERT_OK_AND_ASSIGN(const TiledTree tree, TiledTree::FromTiles(kSha256, 300, tiles));
  EXPECT_THAT(tree.Root(), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("0/1")));
  EXPECT_THAT(tree.HashOf({0, 256}), IsOkAndHolds(defined.Root(256)));
}

}  // namespace
}  // namespace jiebang::seal
