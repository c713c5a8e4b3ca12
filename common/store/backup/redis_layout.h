// Which store and shard a key of Redis belongs to: redis/keys.h read backwards, and what only back-ups look at.
#ifndef JIEBANG_COMMON_STORE_BACKUP_REDIS_LAYOUT_H_
#define JIEBANG_COMMON_STORE_BACKUP_REDIS_LAYOUT_H_

#include <optional>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"

namespace jiebang::store::backup {

// "{<prefix>:<shard>}<kind>:<rest>". Views into what was parsed.
struct ParsedKey {
  absl::string_view prefix;
  int shard = 0;
  char kind = 0;
  absl::string_view rest;
};

// What an index and a replay are called, as a pattern of SCAN; those of every store match, and some records. A second
// star would cost Redis seven microseconds a key.
inline constexpr absl::string_view kIndexesAndReplays = "{*}[iq]:*";
inline constexpr char kIndexKind = 'i';
inline constexpr char kReplayKind = 'q';

// nullopt: no key of a store.
std::optional<ParsedKey> Parse(absl::string_view key);

// "<first>\0<second>": an index is table and partition, a replay partition and key.
std::pair<std::string, std::string> SplitPair(absl::string_view rest);

// A pattern of SCAN that all keys of a store match, and only they.
std::string PatternOf(absl::string_view prefix);

// A number: entries 1 to this one of the shard's journal were compacted away.
std::string CompactedKey(absl::string_view prefix, int shard);

// Stands there while a store is being restored: it is not whole.
std::string RestoringKey(absl::string_view prefix);

}  // namespace jiebang::store::backup

#endif  // JIEBANG_COMMON_STORE_BACKUP_REDIS_LAYOUT_H_
