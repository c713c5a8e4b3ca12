// A snapshot of the SQLite files of several services, taken while the services write them.
#ifndef JIEBANG_COMMON_STORE_BACKUP_SQLITE_SNAPSHOT_H_
#define JIEBANG_COMMON_STORE_BACKUP_SQLITE_SNAPSHOT_H_

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/store/backup/snapshot.h"
#include "common/store/backup/sqlite_content.h"

namespace jiebang::store::backup {

struct SqliteFile {
  std::string service;
  std::filesystem::path file;
};

// For a moment all write locks are held together, so that no writer is between two files; then the files are read as
// they were in that moment, however long it takes. Meanwhile their write-ahead logs grow.
class SqliteSnapshot : public Snapshot {
 public:
  // `files`: ascending by service. Answers that had expired by `now` are left out. NOT_FOUND: no such file, or an empty
  // one. UNAVAILABLE: the writers are too busy to be stopped; try again.
  static absl::StatusOr<std::unique_ptr<SqliteSnapshot>> Take(const std::vector<SqliteFile>& files, absl::Time now);

  absl::StatusOr<std::optional<Item>> Next() override;
  absl::Duration writes_waited() const override { return writes_waited_; }

 private:
  struct Part {
    std::string service;
    std::unique_ptr<SqliteContent> content;
  };

  SqliteSnapshot(std::vector<Part> parts, absl::Duration writes_waited)
      : parts_(std::move(parts)), writes_waited_(writes_waited) {}

  std::vector<Part> parts_;
  const absl::Duration writes_waited_;
  std::size_t part_ = 0;
  bool service_was_given_ = false;
};

}  // namespace jiebang::store::backup

#endif  // JIEBANG_COMMON_STORE_BACKUP_SQLITE_SNAPSHOT_H_
