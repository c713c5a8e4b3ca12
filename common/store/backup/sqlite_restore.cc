#include "common/store/backup/sqlite_restore.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "common/store/backup/durable_file.h"
#include "common/store/sqlite/schema.h"

namespace jiebang::store::backup {
namespace {

using sqlite::Database;
using sqlite::FileLock;

std::filesystem::path Suffixed(std::filesystem::path file, std::string_view suffix) {
  file += suffix;
  return file;
}

std::filesystem::path Restoring(const SqliteFile& target) { return Suffixed(target.file, ".restoring"); }

// The file and what SQLite puts beside it.
void Remove(const std::filesystem::path& file) {
  std::error_code absent;
  for (const std::string_view suffix : {"", "-wal", "-shm", "-journal"}) {
    std::filesystem::remove(Suffixed(file, suffix), absent);
  }
}

absl::Status CheckEmpty(const std::filesystem::path& file) {
  std::error_code absent;
  const auto size = std::filesystem::file_size(file, absent);
  if (absent || size == 0) return absl::OkStatus();
  ASSIGN_OR_RETURN(Database database, Database::Open(file));
  RETURN_IF_ERROR(sqlite::PrepareFile(database));
  ASSIGN_OR_RETURN(sqlite::Statement any,
                   database.Prepare("SELECT EXISTS (SELECT 1 FROM records) OR EXISTS (SELECT 1 FROM journal) "
                                    "OR EXISTS (SELECT 1 FROM replays)"));
  ASSIGN_OR_RETURN(const bool row, any.Step());
  if (row && any.Number(0) == 0) return absl::OkStatus();
  return absl::FailedPreconditionError(
      absl::StrCat(file.string(), " is not empty: a restore overwrites nothing; move the file away"));
}

}  // namespace

absl::StatusOr<std::unique_ptr<SqliteRestore>> SqliteRestore::Begin(std::vector<SqliteFile> files, absl::Time now) {
  std::vector<FileLock> locks;
  for (const SqliteFile& target : files) {
    ASSIGN_OR_RETURN(FileLock lock, FileLock::Acquire(Suffixed(target.file, ".lock")));
    locks.push_back(std::move(lock));
    RETURN_IF_ERROR(CheckEmpty(target.file));
    Remove(Restoring(target));  // of a restore that was interrupted
  }
  return std::unique_ptr<SqliteRestore>(new SqliteRestore(std::move(files), std::move(locks), now));
}

SqliteRestore::~SqliteRestore() {
  filling_.reset();
  for (const SqliteFile& target : files_) Remove(Restoring(target));
}

absl::Status SqliteRestore::Put(const Item& item) {
  return std::visit([this](const auto& each) { return PutInto(each); }, item);
}

absl::Status SqliteRestore::PutInto(const ServiceStart& start) {
  RETURN_IF_ERROR(EndFile());
  const auto target = std::find_if(files_.begin(), files_.end(),
                                   [&start](const SqliteFile& file) { return file.service == start.service; });
  if (target == files_.end()) return absl::InvalidArgumentError(absl::StrCat("no store is given for ", start.service));
  ASSIGN_OR_RETURN(Database database, Database::Open(Restoring(*target)));
  RETURN_IF_ERROR(sqlite::PrepareFile(database));
  // If this ends too early the file is thrown away, so nothing has to be kept for a roll-back.
  RETURN_IF_ERROR(database.Execute("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536"));
  RETURN_IF_ERROR(database.Execute("BEGIN"));
  ASSIGN_OR_RETURN(sqlite::Statement put_record,
                   database.Prepare("INSERT INTO records (tbl, partition, id, version, value) "
                                    "VALUES (?1, ?2, ?3, ?4, ?5)"));
  ASSIGN_OR_RETURN(sqlite::Statement put_replay,
                   database.Prepare("INSERT INTO replays (partition, key, kept_until, fingerprint, answer) "
                                    "VALUES (?1, ?2, ?3, ?4, ?5)"));
  ASSIGN_OR_RETURN(sqlite::Statement append,
                   database.Prepare("INSERT INTO journal (position, partition, type, resource, payload) "
                                    "VALUES (?1, ?2, ?3, ?4, ?5)"));
  filling_.emplace(Filling{std::move(database), std::move(put_record), std::move(put_replay), std::move(append)});
  return absl::OkStatus();
}

absl::Status SqliteRestore::PutInto(const StoredRecord& record) {
  sqlite::Statement& put = filling_->put_record;
  put.Bind(1, record.key.table).Bind(2, record.key.partition).Bind(3, record.key.id);
  return put.Bind(4, static_cast<std::int64_t>(record.version)).Bind(5, record.value).Run();
}

absl::Status SqliteRestore::PutInto(const StoredReplay& replay) {
  sqlite::Statement& put = filling_->put_replay;
  put.Bind(1, replay.partition).Bind(2, replay.replay.key).Bind(3, replay.kept_until);
  return put.Bind(4, replay.replay.fingerprint).Bind(5, replay.replay.answer).Run();
}

absl::Status SqliteRestore::PutInto(const JournalStart& start) {
  ASSIGN_OR_RETURN(sqlite::Statement keep,
                   filling_->database.Prepare("INSERT INTO compacted (shard, sequence) VALUES (?1, ?2)"));
  return keep.Bind(1, std::int64_t{start.shard}).Bind(2, static_cast<std::int64_t>(start.compacted)).Run();
}

absl::Status SqliteRestore::PutInto(const StoredEntry& entry) {
  const Event& event = entry.entry.event;
  sqlite::Statement& append = filling_->append;
  append.Bind(1, sqlite::JournalPosition(entry.shard, entry.entry.sequence)).Bind(2, entry.entry.partition);
  return append.Bind(3, event.type).Bind(4, event.resource).Bind(5, event.payload).Run();
}

absl::Status SqliteRestore::EndFile() {
  if (!filling_) return absl::OkStatus();
  RETURN_IF_ERROR(filling_->database.Execute("COMMIT"));
  filling_.reset();
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<Source>> SqliteRestore::ReadBack() {
  RETURN_IF_ERROR(EndFile());
  std::vector<SqliteFile> restored;
  for (const SqliteFile& target : files_) restored.push_back({target.service, Restoring(target)});
  return SqliteSnapshot::Take(restored, now_);
}

absl::Status SqliteRestore::Finish() {
  RETURN_IF_ERROR(EndFile());
  for (const SqliteFile& target : files_) RETURN_IF_ERROR(MakeDurable(Restoring(target)));
  for (const SqliteFile& target : files_) {
    Remove(target.file);  // an empty store, with what stands beside it
    RETURN_IF_ERROR(RenameDurably(Restoring(target), target.file));
  }
  return absl::OkStatus();
}

}  // namespace jiebang::store::backup
