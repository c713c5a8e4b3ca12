// The verification of Merkle proofs, as a caller does it who has only roots (RFC 9162, 2.1.3.2 and 2.1.4.2).
#ifndef JIEBANG_COMMON_SEAL_PROOF_H_
#define JIEBANG_COMMON_SEAL_PROOF_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "common/seal/tree_hash.h"

namespace jiebang::seal {

// A proof that does not hold is DATA_LOSS, whatever is wrong with it.

// That the leaf number `leaf` (from 0) of the tree of `size` leaves with this root has this leaf hash.
absl::Status VerifyInclusion(const TreeHash& hash, std::uint64_t leaf, std::uint64_t size, std::string_view leaf_hash,
                             const std::vector<std::string>& path, std::string_view root);

// That the tree of `second` leaves begins with that of `first`. Nothing is consistent with everything, by an empty
// path.
absl::Status VerifyConsistency(const TreeHash& hash, std::uint64_t first, std::uint64_t second,
                               std::string_view first_root, std::string_view second_root,
                               const std::vector<std::string>& path);

}  // namespace jiebang::seal

#endif  // JIEBANG_COMMON_SEAL_PROOF_H_
