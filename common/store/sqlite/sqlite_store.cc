#include "common/store/sqlite/sqlite_store.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "common/status/status_macros.h"
#include "common/store/sqlite/applier.h"
#include "common/store/sqlite/database.h"
#include "common/store/sqlite/file_lock.h"
#include "common/store/sqlite/reader.h"
#include "common/store/sqlite/reader_pool.h"
#include "common/store/sqlite/schema.h"
#include "common/store/sqlite/writer.h"
#include "common/store/validate.h"

namespace jiebang::store {
namespace {

using sqlite::Reader;

class SqliteStore : public Store {
 public:
  SqliteStore(sqlite::FileLock lock, std::unique_ptr<sqlite::Applier> applier,
              std::vector<std::unique_ptr<Reader>> readers)
      : lock_(std::move(lock)), writer_(std::move(applier)), readers_(std::move(readers)) {}

  Task<absl::Status> Apply(Commit commit) override {
    CO_RETURN_IF_ERROR(Validate(commit));
    co_return co_await Suspend<absl::Status>(
        [&](Resume<absl::Status> resume) { writer_.Submit(commit, std::move(resume)); });
  }

  Task<absl::StatusOr<Record>> Get(Key key) override {
    CO_RETURN_IF_ERROR(Validate(key));
    co_return co_await readers_.Read<absl::StatusOr<Record>>([&](Reader& reader) { return reader.Get(key); });
  }

  Task<absl::StatusOr<std::vector<std::optional<Record>>>> GetMany(std::vector<Key> keys) override {
    CO_RETURN_IF_ERROR(ValidateGetMany(keys));
    co_return co_await readers_.Read<absl::StatusOr<std::vector<std::optional<Record>>>>(
        [&](Reader& reader) { return reader.GetMany(keys); });
  }

  Task<absl::StatusOr<Page>> Scan(std::string table, std::string partition, std::string prefix, std::string after,
                                  std::size_t limit) override {
    CO_RETURN_IF_ERROR(ValidateScan(table, partition, prefix, after, limit));
    co_return co_await readers_.Read<absl::StatusOr<Page>>(
        [&](Reader& reader) { return reader.Scan(table, partition, prefix, after, limit); });
  }

  Task<absl::StatusOr<Replay>> FindReplay(std::string partition, std::string replay_key) override {
    CO_RETURN_IF_ERROR(ValidateFindReplay(partition, replay_key));
    co_return co_await readers_.Read<absl::StatusOr<Replay>>(
        [&](Reader& reader) { return reader.FindReplay(partition, replay_key); });
  }

  Task<absl::StatusOr<std::vector<JournalEntry>>> ReadJournal(int shard, std::uint64_t after,
                                                              std::size_t limit) override {
    CO_RETURN_IF_ERROR(ValidateReadJournal(shard, limit));
    co_return co_await readers_.Read<absl::StatusOr<std::vector<JournalEntry>>>(
        [&](Reader& reader) { return reader.ReadJournal(shard, after, limit); });
  }

  Task<absl::StatusOr<std::vector<std::uint64_t>>> JournalHeads() override {
    const sqlite::Heads heads = writer_.heads();
    co_return std::vector<std::uint64_t>(heads.begin(), heads.end());
  }

  Task<absl::Status> CompactJournal(int shard, std::uint64_t up_to) override {
    CO_RETURN_IF_ERROR(ValidateCompactJournal(shard));
    co_return co_await Suspend<absl::Status>(
        [&](Resume<absl::Status> resume) { writer_.SubmitCompaction(shard, up_to, std::move(resume)); });
  }

  Task<absl::StatusOr<std::vector<std::uint64_t>>> JournalCompacted() override {
    co_return co_await readers_.Read<absl::StatusOr<std::vector<std::uint64_t>>>(
        [](Reader& reader) { return reader.JournalCompacted(); });
  }

 private:
  const sqlite::FileLock lock_;  // given back last
  sqlite::Writer writer_;
  sqlite::ReaderPool readers_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Store>> OpenSqliteStore(const std::filesystem::path& file, SqliteOptions options) {
  std::filesystem::path lock_file = file;
  lock_file += ".lock";
  ASSIGN_OR_RETURN(sqlite::FileLock lock, sqlite::FileLock::Acquire(lock_file));

  ASSIGN_OR_RETURN(sqlite::Database database, sqlite::Database::Open(file));
  RETURN_IF_ERROR(sqlite::PrepareFile(database));
  RETURN_IF_ERROR(sqlite::SetUpWriter(database));
  ASSIGN_OR_RETURN(std::unique_ptr<sqlite::Applier> applier,
                   sqlite::Applier::Create(std::move(database), std::move(options.now)));

  std::vector<std::unique_ptr<Reader>> readers;
  for (int i = 0; i < options.reader_threads; ++i) {
    ASSIGN_OR_RETURN(sqlite::Database connection, sqlite::Database::Open(file));
    RETURN_IF_ERROR(sqlite::SetUpReader(connection));
    ASSIGN_OR_RETURN(std::unique_ptr<Reader> reader, Reader::Create(std::move(connection)));
    readers.push_back(std::move(reader));
  }
  return std::make_unique<SqliteStore>(std::move(lock), std::move(applier), std::move(readers));
}

}  // namespace jiebang::store
