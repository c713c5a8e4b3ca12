// The indexes and replays of several stores, found among all keys of their servers and brought into canonical order.
#ifndef JIEBANG_COMMON_STORE_BACKUP_REDIS_CATALOGUE_H_
#define JIEBANG_COMMON_STORE_BACKUP_REDIS_CATALOGUE_H_

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/store/backup/redis_primaries.h"
#include "common/store/backup/sorted_keys.h"
#include "common/store/location.h"

namespace jiebang::store::backup {

// For one thread at a time.
class RedisCatalogue {
 public:
  struct Entry {
    std::size_t store = 0;
    char kind = 0;       // kIndexKind or kReplayKind
    std::string first;   // of an index: the table; of a replay: the partition
    std::string second;  // of an index: the partition; of a replay: its key
  };

  RedisCatalogue();

  // Asks every server for all its keys; SCAN gives them in no order, and some twice. Calls `between` often.
  absl::Status Fill(const std::vector<RedisLocation>& stores, RedisPrimaries& primaries,
                    const std::function<absl::Status()>& between);

  // The next one of this store and kind, to be asked for in the order of stores, indexes before replays.
  absl::StatusOr<std::optional<Entry>> Next(std::size_t store, char kind);

 private:
  SortedKeys keys_;
  std::optional<Entry> next_;
  bool at_end_ = false;
};

}  // namespace jiebang::store::backup

#endif  // JIEBANG_COMMON_STORE_BACKUP_REDIS_CATALOGUE_H_
