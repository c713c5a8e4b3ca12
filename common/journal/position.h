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

// In one shard.
struct Place {
  std::uint64_t sequence = 0;  // of the last entry that was handled; 0: none
  // What that entry was: the first 32 bits of its digest, by which a reader notices that a failover has lost it and
  // another stands in its place. 0: not known.
  std::uint32_t mark = 0;

  // Right behind the entry.
  static Place After(int shard, const store::JournalEntry& entry);

  friend bool operator==(const Place&, const Place&) = default;
};

struct Position {
  std::array<Place, store::kShards> places{};

  // As a resume token: base64url. Opaque to callers. Good as long as the journal holds what follows (docs/durability.md
  // says how long).
  std::string Token() const;

  // INVALID_ARGUMENT `RESUME_TOKEN_MALFORMED`. The empty token is the beginning.
  static absl::StatusOr<Position> Parse(std::string_view token);

  friend bool operator==(const Position&, const Position&) = default;
};

}  // namespace jiebang::journal

#endif  // JIEBANG_COMMON_JOURNAL_POSITION_H_
