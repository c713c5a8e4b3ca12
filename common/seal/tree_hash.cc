#include "common/seal/tree_hash.h"

namespace jiebang::seal {

TreeHash::TreeHash(Suite suite) : suite_(suite) {}

std::string TreeHash::Digest(std::string_view bytes) const {
  return suite_ == journal::v1::SEAL_SUITE_SM2_SM3 ? token::Sm3(bytes) : token::Sha256(bytes);
}

std::string TreeHash::Leaf(std::string_view bytes) const {
  std::string prefixed;
  prefixed.reserve(1 + bytes.size());
  prefixed.push_back('\0');
  prefixed.append(bytes);
  return Digest(prefixed);
}

std::string TreeHash::Node(std::string_view left, std::string_view right) const {
  std::string joined;
  joined.reserve(1 + left.size() + right.size());
  joined.push_back('\1');
  joined.append(left);
  joined.append(right);
  return Digest(joined);
}

}  // namespace jiebang::seal
