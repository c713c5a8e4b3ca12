// Restores into SQLite files that are absent or empty.
#ifndef JIEBANG_COMMON_STORE_BACKUP_SQLITE_RESTORE_H_
#define JIEBANG_COMMON_STORE_BACKUP_SQLITE_RESTORE_H_

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/store/backup/snapshot.h"
#include "common/store/backup/sqlite_snapshot.h"
#include "common/store/sqlite/database.h"
#include "common/store/sqlite/file_lock.h"

namespace jiebang::store::backup {

// Each file is called <file>.restoring until Finish, so an interrupted restore leaves no store that looks like one.
class SqliteRestore : public Restore {
 public:
  // `files`: ascending by service; what is put must have each of them. Keeps services off the files as long as it
  // lives. FAILED_PRECONDITION: a service uses one of them, or one holds something.
  static absl::StatusOr<std::unique_ptr<SqliteRestore>> Begin(std::vector<SqliteFile> files, absl::Time now);
  ~SqliteRestore() override;

  absl::Status Put(const Item& item) override;
  absl::StatusOr<std::unique_ptr<Source>> ReadBack() override;
  absl::Status Finish() override;

 private:
  // The file that is being filled.
  struct Filling {
    sqlite::Database database;
    sqlite::Statement put_record;
    sqlite::Statement put_replay;
    sqlite::Statement append;
  };

  SqliteRestore(std::vector<SqliteFile> files, std::vector<sqlite::FileLock> locks, absl::Time now)
      : files_(std::move(files)), locks_(std::move(locks)), now_(now) {}

  absl::Status PutInto(const ServiceStart& start);
  absl::Status PutInto(const StoredRecord& record);
  absl::Status PutInto(const StoredReplay& replay);
  absl::Status PutInto(const JournalStart& start);
  absl::Status PutInto(const StoredEntry& entry);
  absl::Status EndFile();

  const std::vector<SqliteFile> files_;
  const std::vector<sqlite::FileLock> locks_;
  const absl::Time now_;
  std::optional<Filling> filling_;
};

}  // namespace jiebang::store::backup

#endif  // JIEBANG_COMMON_STORE_BACKUP_SQLITE_RESTORE_H_
