// A place in a journal: how far a reader has come in each shard.
#ifndef JIEBANG_COMMON_JOURNAL_POSITION_H_
#define JIEBANG_COMMON_JOURNAL_POSITION_H_

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "common/store/store.h"

namespace jiebang::journal {

struct Position {
  // The last sequence that was handled in each shard; 0: none.
  std::array<std::uint64_t, store::kShards> handled{};

  // As a resume token: base64url of the sequences as varints. Opaque to callers, valid for ever in this journal.
  std::string Token() const;

  // INVALID_ARGUMENT `RESUME_TOKEN_MALFORMED`. The empty token is the beginning.
  static absl::StatusOr<Position> Parse(std::string_view token);

  friend bool operator==(const Position&, const Position&) = default;
};

}  // namespace jiebang::journal

#endif  // JIEBANG_COMMON_JOURNAL_POSITION_H_
