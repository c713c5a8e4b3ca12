// The hashes of a Merkle tree as RFC 6962, 2.1, defines them, with the hash of a suite.
#ifndef JIEBANG_COMMON_SEAL_TREE_HASH_H_
#define JIEBANG_COMMON_SEAL_TREE_HASH_H_

#include <string>
#include <string_view>

#include "common/token/digest.h"
#include "jiebang/journal/v1/seal.pb.h"

namespace jiebang::seal {

using Suite = journal::v1::SealSuite;

// SHA-256 and SM3 are equally long.
inline constexpr std::size_t kHashBytes = token::kDigestBytes;

// Every result is 32 bytes. A leaf and a node are hashed apart, so that no node passes for a leaf.
class TreeHash {
 public:
  // SEAL_SUITE_UNSPECIFIED has no hash: it must not come here.
  explicit TreeHash(Suite suite);

  Suite suite() const { return suite_; }

  std::string Digest(std::string_view bytes) const;
  std::string Empty() const { return Digest(""); }
  std::string Leaf(std::string_view bytes) const;
  std::string Node(std::string_view left, std::string_view right) const;

 private:
  Suite suite_;
};

}  // namespace jiebang::seal

#endif  // JIEBANG_COMMON_SEAL_TREE_HASH_H_
