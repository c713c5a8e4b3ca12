// Restores into Redis, under prefixes that have no keys.
#ifndef JIEBANG_COMMON_STORE_BACKUP_REDIS_RESTORE_H_
#define JIEBANG_COMMON_STORE_BACKUP_REDIS_RESTORE_H_

#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/store/backup/redis_primaries.h"
#include "common/store/backup/redis_snapshot.h"
#include "common/store/backup/snapshot.h"

namespace jiebang::store::backup {

// Redis has no step that makes all of it appear at once, so each store bears a mark until Finish (redis_layout.h).
class RedisRestore : public Restore {
 public:
  // `services`: ascending by service; what is put must have each of them. Answers that had expired by `now` are not
  // read back. FAILED_PRECONDITION: there are keys already.
  static absl::StatusOr<std::unique_ptr<RedisRestore>> Begin(std::vector<RedisService> services, absl::Time now);

  absl::Status Put(const Item& item) override;
  absl::StatusOr<std::unique_ptr<Source>> ReadBack() override;
  absl::Status Finish() override;

 private:
  RedisRestore(std::vector<RedisService> services, std::unique_ptr<RedisPrimaries> primaries, absl::Time now)
      : services_(std::move(services)), primaries_(std::move(primaries)), now_(now) {}

  absl::Status CheckEmpty();
  absl::Status Mark();
  absl::Status PutInto(const ServiceStart& start);
  absl::Status PutInto(const StoredRecord& record);
  absl::Status PutInto(const StoredReplay& replay);
  absl::Status PutInto(const JournalStart& start);
  absl::Status PutInto(const StoredEntry& entry);
  void Ask(int shard, redis::Command command);
  absl::Status FlushWhenLarge();
  absl::Status Flush();

  const std::vector<RedisService> services_;
  const std::unique_ptr<RedisPrimaries> primaries_;
  const absl::Time now_;
  std::size_t store_ = 0;  // of services_: the one that is being filled
  std::vector<RedisPrimaries::Request> waiting_;
  std::size_t waiting_bytes_ = 0;
};

}  // namespace jiebang::store::backup

#endif  // JIEBANG_COMMON_STORE_BACKUP_REDIS_RESTORE_H_
