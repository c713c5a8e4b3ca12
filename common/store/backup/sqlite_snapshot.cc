#include "common/store/backup/sqlite_snapshot.h"

#include <optional>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/status/status_macros.h"
#include "common/store/sqlite/database.h"
#include "common/store/sqlite/schema.h"

namespace jiebang::store::backup {
namespace {

using sqlite::Database;

// Together well below the five seconds that a service's writer waits for a lock (sqlite/database.cc).
constexpr absl::Duration kLongestHold = absl::Seconds(2);
constexpr int kAttempts = 5;
// A writer under load leaves the lock free for a fraction of a millisecond only.
constexpr absl::Duration kPause = absl::Microseconds(100);

absl::StatusOr<Database> OpenExisting(const SqliteFile& part) {
  std::error_code absent;
  const auto size = std::filesystem::file_size(part.file, absent);
  if (absent || size == 0) {
    return absl::NotFoundError(absl::StrCat("there is no store of ", part.service, ": ", part.file.string()));
  }
  ASSIGN_OR_RETURN(Database database, Database::Open(part.file));
  // A newer program's file is refused.
  if (const absl::Status status = sqlite::PrepareFile(database); !status.ok()) {
    return absl::Status(status.code(), absl::StrCat(part.file.string(), ": ", status.message()));
  }
  return database;
}

absl::StatusOr<std::vector<Database>> OpenAll(const std::vector<SqliteFile>& files) {
  std::vector<Database> databases;
  for (const SqliteFile& part : files) {
    ASSIGN_OR_RETURN(Database database, OpenExisting(part));
    databases.push_back(std::move(database));
  }
  return databases;
}

absl::Status LockAll(std::vector<Database>& writers) {
  const absl::Time deadline = absl::Now() + kLongestHold;
  for (Database& writer : writers) {
    absl::Status locked = writer.Execute("BEGIN IMMEDIATE");
    while (absl::IsUnavailable(locked) && absl::Now() < deadline) {
      absl::SleepFor(kPause);
      locked = writer.Execute("BEGIN IMMEDIATE");
    }
    RETURN_IF_ERROR(locked);
  }
  return absl::OkStatus();
}

void UnlockAll(std::vector<Database>& writers) {
  for (Database& writer : writers) {
    if (writer.in_transaction()) writer.Execute("ROLLBACK").IgnoreError();  // it has written nothing
  }
}

}  // namespace

absl::StatusOr<std::unique_ptr<SqliteSnapshot>> SqliteSnapshot::Take(const std::vector<SqliteFile>& files,
                                                                     absl::Time now) {
  ASSIGN_OR_RETURN(std::vector<Database> writers, OpenAll(files));
  for (Database& writer : writers) RETURN_IF_ERROR(writer.Execute("PRAGMA busy_timeout = 0"));
  ASSIGN_OR_RETURN(std::vector<Database> readers, OpenAll(files));

  absl::Time began = absl::Now();
  absl::Status locked = LockAll(writers);
  for (int attempt = 1; absl::IsUnavailable(locked) && attempt < kAttempts; ++attempt) {
    UnlockAll(writers);
    absl::SleepFor(kLongestHold);
    began = absl::Now();
    locked = LockAll(writers);
  }
  const absl::Cleanup unlock = [&writers] { UnlockAll(writers); };
  RETURN_IF_ERROR(locked);
  std::vector<Part> parts;
  for (std::size_t i = 0; i < files.size(); ++i) {
    ASSIGN_OR_RETURN(std::unique_ptr<SqliteContent> content, SqliteContent::Begin(std::move(readers[i]), now));
    parts.push_back({.service = files[i].service, .content = std::move(content)});
  }
  return std::unique_ptr<SqliteSnapshot>(new SqliteSnapshot(std::move(parts), absl::Now() - began));
}

absl::StatusOr<std::optional<Item>> SqliteSnapshot::Next() {
  for (; part_ < parts_.size(); ++part_) {
    Part& part = parts_[part_];
    if (!service_was_given_) {
      service_was_given_ = true;
      return ServiceStart{.service = part.service};
    }
    ASSIGN_OR_RETURN(std::optional<Item> item, part.content->Next());
    if (item) return item;
    part.content.reset();  // its write-ahead log may shrink again
    service_was_given_ = false;
  }
  return std::nullopt;
}

}  // namespace jiebang::store::backup
