// What is in the file, and how a connection is set up to read and write it.
#ifndef JIEBANG_COMMON_STORE_SQLITE_SCHEMA_H_
#define JIEBANG_COMMON_STORE_SQLITE_SCHEMA_H_

#include <cstdint>

#include "absl/status/status.h"
#include "common/store/sqlite/database.h"

namespace jiebang::store::sqlite {

// Lays out an empty file. FAILED_PRECONDITION: the file is of a newer version of this program, or of another program.
absl::Status PrepareFile(Database& database);

absl::Status SetUpWriter(Database& database);
absl::Status SetUpReader(Database& database);

// The key of the journal: the shard above, the sequence below, so that each shard is one ascending run of integers.
inline constexpr int kSequenceBits = 48;
constexpr std::int64_t JournalPosition(int shard, std::uint64_t sequence) {
  return (static_cast<std::int64_t>(shard) << kSequenceBits) | static_cast<std::int64_t>(sequence);
}
constexpr std::uint64_t SequenceOf(std::int64_t position) {
  return static_cast<std::uint64_t>(position) & ((std::uint64_t{1} << kSequenceBits) - 1);
}

}  // namespace jiebang::store::sqlite

#endif  // JIEBANG_COMMON_STORE_SQLITE_SCHEMA_H_
