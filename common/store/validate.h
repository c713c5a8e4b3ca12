// The limits of store.h, checked once for every engine. Each function answers INVALID_ARGUMENT that names the field,
// its value and what was wanted.
#ifndef JIEBANG_COMMON_STORE_VALIDATE_H_
#define JIEBANG_COMMON_STORE_VALIDATE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "common/store/store.h"

namespace jiebang::store {

absl::Status Validate(const Commit& commit);
absl::Status Validate(const Key& key);
absl::Status ValidateGetMany(const std::vector<Key>& keys);
absl::Status ValidateScan(std::string_view table, std::string_view partition, std::string_view prefix,
                          std::string_view after, std::size_t limit);
absl::Status ValidateFindReplay(std::string_view partition, std::string_view replay_key);
absl::Status ValidateReadJournal(int shard, std::size_t limit);
absl::Status ValidateCompactJournal(int shard);

// ReadJournal's OUT_OF_RANGE and CompactJournal's INVALID_ARGUMENT, in the same words for every engine.
absl::Status CompactedUpTo(std::uint64_t sequence);
absl::Status NothingBehind(std::uint64_t sequence);

}  // namespace jiebang::store

#endif  // JIEBANG_COMMON_STORE_VALIDATE_H_
