// A snapshot of the stores of several services on Redis, taken while the services run and their writes wait.
#ifndef JIEBANG_COMMON_STORE_BACKUP_REDIS_SNAPSHOT_H_
#define JIEBANG_COMMON_STORE_BACKUP_REDIS_SNAPSHOT_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/store/backup/redis_catalogue.h"
#include "common/store/backup/redis_pause.h"
#include "common/store/backup/redis_primaries.h"
#include "common/store/backup/snapshot.h"
#include "common/store/location.h"
#include "common/store/redis/reply.h"

namespace jiebang::store::backup {

struct RedisService {
  std::string service;
  RedisLocation location;
};

// Redis has no view of the past, so all its writes wait until everything was read. The last Next says whether there was
// indeed none: ABORTED when there may have been one.
class RedisSnapshot : public Snapshot {
 public:
  // `services`: ascending by service. Answers that had expired by `now` are left out. FAILED_PRECONDITION: a server
  // refuses us, or a store is one whose restore was not finished. UNAVAILABLE: a server cannot be reached.
  static absl::StatusOr<std::unique_ptr<RedisSnapshot>> Take(std::vector<RedisService> services, absl::Time now,
                                                             RedisPause::Limits limits = {});

  // Of stores that are being restored, which nobody writes: nothing is paused.
  static absl::StatusOr<std::unique_ptr<RedisSnapshot>> OfRestore(std::vector<RedisService> services, absl::Time now);

  absl::StatusOr<std::optional<Item>> Next() override;
  absl::Duration writes_waited() const override { return pause_ ? pause_->lasted() : absl::ZeroDuration(); }

 private:
  enum class Stage { kStart, kRecords, kReplays, kJournal };

  // An index whose records are being given.
  struct Index {
    std::string table;
    std::string partition;
    Page page;
    std::size_t next = 0;
  };

  struct FoundReplay {
    RedisCatalogue::Entry entry;
    std::int64_t kept_until = 0;
    redis::Reply beginning;  // all of it, if it is short
  };

  RedisSnapshot(std::vector<RedisService> services, absl::Time now) : services_(std::move(services)), now_(now) {}

  absl::Status Connect();
  absl::Status Fill();
  absl::Status KeepUp();
  absl::Status CheckWhole();
  absl::Status LoadScript();
  absl::StatusOr<std::optional<Item>> NextOfStore();
  absl::StatusOr<std::optional<Item>> NextRecord();
  absl::Status OpenIndexes();
  absl::Status ReadOn(Index& index);
  absl::StatusOr<std::optional<Item>> NextReplay();
  absl::Status ReadReplays();
  absl::Status ReadJournal();
  absl::Status BeginJournal(int shard);

  const std::string& prefix() const { return services_[store_].location.prefix; }

  const std::vector<RedisService> services_;
  const absl::Time now_;
  std::unique_ptr<RedisPrimaries> primaries_;
  std::unique_ptr<RedisPause> pause_;  // null: of stores that nobody writes
  RedisCatalogue catalogue_;

  std::size_t store_ = 0;  // of services_
  Stage stage_ = Stage::kStart;
  std::deque<Index> indexes_;
  std::deque<FoundReplay> replays_;
  std::deque<Item> journal_;
  int shard_ = -1;          // whose journal is read; -1: none yet
  std::uint64_t read_ = 0;  // its last entry that was read
};

}  // namespace jiebang::store::backup

#endif  // JIEBANG_COMMON_STORE_BACKUP_REDIS_SNAPSHOT_H_
