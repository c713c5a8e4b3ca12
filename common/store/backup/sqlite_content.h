// All that one SQLite file holds, in canonical order.
#ifndef JIEBANG_COMMON_STORE_BACKUP_SQLITE_CONTENT_H_
#define JIEBANG_COMMON_STORE_BACKUP_SQLITE_CONTENT_H_

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/store/backup/item.h"
#include "common/store/sqlite/database.h"

namespace jiebang::store::backup {

// For one thread at a time.
class SqliteContent {
 public:
  // Begins a read transaction: what is read is of this moment. Answers that had expired by `now` are left out.
  static absl::StatusOr<std::unique_ptr<SqliteContent>> Begin(sqlite::Database database, absl::Time now);

  // nullopt after the last item.
  absl::StatusOr<std::optional<Item>> Next();

 private:
  enum class Stage { kRecords, kReplays, kJournal, kEnd };

  explicit SqliteContent(sqlite::Database database) : database_(std::move(database)) {}

  absl::Status Prepare(absl::Time now);
  absl::Status ReadCompacted();
  void BeginShard(int shard);
  absl::StatusOr<std::optional<Item>> NextRecord();
  absl::StatusOr<std::optional<Item>> NextReplay();
  absl::StatusOr<std::optional<Item>> NextOfJournal();

  sqlite::Database database_;
  sqlite::Statement records_;
  sqlite::Statement replays_;
  sqlite::Statement journal_;
  std::array<std::uint64_t, kShards> compacted_{};
  Stage stage_ = Stage::kRecords;
  int shard_ = 0;
  bool start_was_given_ = false;  // of the shard's journal
};

}  // namespace jiebang::store::backup

#endif  // JIEBANG_COMMON_STORE_BACKUP_SQLITE_CONTENT_H_
