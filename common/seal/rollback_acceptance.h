// What an operator says who accepts that the journal of a shard is no longer what was sealed.
#ifndef JIEBANG_COMMON_SEAL_ROLLBACK_ACCEPTANCE_H_
#define JIEBANG_COMMON_SEAL_ROLLBACK_ACCEPTANCE_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "jiebang/journal/v1/seal.pb.h"

namespace jiebang::seal {

// Holds for one tree of one shard, named by its root: an acceptance that is left in a configuration accepts nothing
// else.
struct RollbackAcceptance {
  int shard = 0;
  std::string root_digits;  // the first 16 hexadecimal digits of the sealed root
  std::string reason;

  // `SHARD:ROOT:REASON`, e.g. `3:1f0c9a7b22d4e601:failover of 2026-03-02, ticket 81`. INVALID_ARGUMENT.
  static absl::StatusOr<RollbackAcceptance> Parse(std::string_view text);

  // What Parse would want for this tree, up to the reason.
  static std::string ExampleFor(int shard, const journal::v1::ShardTree& sealed);

  bool Accepts(int its_shard, const journal::v1::ShardTree& sealed) const;
};

}  // namespace jiebang::seal

#endif  // JIEBANG_COMMON_SEAL_ROLLBACK_ACCEPTANCE_H_
