// Content for the tests of back-ups, and what takes it out of a source.
#ifndef JIEBANG_COMMON_STORE_BACKUP_TEST_CONTENT_H_
#define JIEBANG_COMMON_STORE_BACKUP_TEST_CONTENT_H_

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/status/status_macros.h"
#include "common/store/backup/source.h"

namespace jiebang::store::backup {

class ItemsSource : public Source {
 public:
  explicit ItemsSource(std::vector<Item> items) : items_(std::move(items)) {}

  absl::StatusOr<std::optional<Item>> Next() override {
    if (next_ == items_.size()) return std::nullopt;
    return items_[next_++];
  }

 private:
  const std::vector<Item> items_;
  std::size_t next_ = 0;
};

inline absl::StatusOr<std::vector<Item>> ItemsOf(Source& source) {
  std::vector<Item> items;
  while (true) {
    ASSIGN_OR_RETURN(std::optional<Item> item, source.Next());
    if (!item) return items;
    items.push_back(*std::move(item));
  }
}

// All 256 bytes: keys and values are bytes, not text. Tables and partitions have all but the first.
inline std::string EveryByte(int first) {
  std::string bytes;
  for (int byte = first; byte < 256; ++byte) bytes.push_back(static_cast<char>(byte));
  return bytes;
}

inline StoredReplay ReplayOf(std::string key, absl::Time kept_until) {
  return {.partition = "p1",
          .replay = {.key = std::move(key), .fingerprint = EveryByte(0), .answer = EveryByte(0)},
          .kept_until = absl::ToUnixSeconds(kept_until)};
}

inline StoredEntry EntryOf(int shard, std::uint64_t sequence) {
  return {.shard = shard,
          .entry = {.sequence = sequence,
                    .partition = "p1",
                    .event = {.type = "unit.created", .resource = "units/江苏", .payload = EveryByte(0)}}};
}

// One of everything, and an empty service, in canonical order.
inline std::vector<Item> SomeOfEverything(absl::Time now) {
  return {
      ServiceStart{"application"},
      ServiceStart{"quota"},
      StoredRecord{{EveryByte(1), EveryByte(1), ""}, 7, EveryByte(0)},
      StoredRecord{{"t", "p1", ""}, 1, ""},
      StoredRecord{{"t", "p1", std::string("a\0", 2)}, 18'000'000, "with a 0 behind the id"},
      StoredRecord{{"t", "p1", "b"}, 2, "12:34"},
      StoredRecord{{"t", "p1", "{a:1}i:b"}, 1, "what looks like a key of Redis"},
      StoredRecord{{"t", "p1", "\xff"}, 3, std::string(100'000, 'x')},
      StoredRecord{{"t", "p10", "a"}, 1, "the partition p1 is a prefix of this one"},
      ReplayOf("k1", now + absl::Hours(1)),
      ReplayOf(std::string("k1\0", 3), now + absl::Hours(24 * 7)),
      EntryOf(3, 1),
      EntryOf(3, 2),
      EntryOf(15, 1),
      ServiceStart{"review"},
      StoredRecord{{"t", "p", "a"}, 1, "of another service"},
  };
}

}  // namespace jiebang::store::backup

#endif  // JIEBANG_COMMON_STORE_BACKUP_TEST_CONTENT_H_
