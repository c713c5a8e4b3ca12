#include "common/store/sqlite/database.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"

namespace jiebang::store::sqlite {
namespace {

// As store.h has it: what may pass is UNAVAILABLE, what needs room RESOURCE_EXHAUSTED, what is broken DATA_LOSS.
absl::StatusCode CodeOf(int extended_result) {
  switch (extended_result & 0xff) {
    case SQLITE_FULL:
    case SQLITE_NOMEM:
      return absl::StatusCode::kResourceExhausted;
    case SQLITE_BUSY:
    case SQLITE_CANTOPEN:
    case SQLITE_INTERRUPT:
    case SQLITE_IOERR:
    case SQLITE_LOCKED:
    case SQLITE_PERM:
    case SQLITE_PROTOCOL:
    case SQLITE_READONLY:
      return absl::StatusCode::kUnavailable;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return absl::StatusCode::kDataLoss;
    default:
      return absl::StatusCode::kInternal;
  }
}

absl::Status ErrorOf(sqlite3* connection) {
  const int result = sqlite3_extended_errcode(connection);
  return absl::Status(CodeOf(result), absl::StrCat("SQLite: ", sqlite3_errmsg(connection), " (", result, ")"));
}

// SQLite gives its -wal and -shm the mode of the file. One that exists is not even opened: to close it would give up
// the POSIX locks that other connections of this process hold on it, and then another process that closes the file
// takes itself for the last one and removes the write-ahead log that we go on writing.
absl::Status CreatePrivately(const std::filesystem::path& file) {
  const int descriptor = open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor < 0 && errno == EEXIST) return absl::OkStatus();
  if (descriptor < 0) return absl::ErrnoToStatus(errno, absl::StrCat("cannot open ", file.string()));
  close(descriptor);
  return absl::OkStatus();
}

}  // namespace

void Statement::Finalize::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

Statement& Statement::Bind(int parameter, std::string_view bytes) {
  // A null pointer would bind NULL.
  const char* const data = bytes.data() == nullptr ? "" : bytes.data();
  sqlite3_bind_blob64(statement_.get(), parameter, data, bytes.size(), SQLITE_STATIC);
  return *this;
}

Statement& Statement::Bind(int parameter, std::int64_t number) {
  sqlite3_bind_int64(statement_.get(), parameter, number);
  return *this;
}

absl::StatusOr<bool> Statement::Step() {
  const int result = sqlite3_step(statement_.get());
  if (result == SQLITE_ROW) return true;
  absl::Status error;
  if (result != SQLITE_DONE) error = ErrorOf(sqlite3_db_handle(statement_.get()));
  Reset();
  if (!error.ok()) return error;
  return false;
}

absl::Status Statement::Run() {
  while (true) {
    ASSIGN_OR_RETURN(const bool row, Step());
    if (!row) return absl::OkStatus();
  }
}

void Statement::Reset() { sqlite3_reset(statement_.get()); }

std::string Statement::Bytes(int column) const {
  // In this order: asking for the bytes may convert the value.
  const void* const data = sqlite3_column_blob(statement_.get(), column);
  const int size = sqlite3_column_bytes(statement_.get(), column);
  if (size == 0) return {};
  return std::string(static_cast<const char*>(data), static_cast<std::size_t>(size));
}

std::int64_t Statement::Number(int column) const { return sqlite3_column_int64(statement_.get(), column); }

void Database::Close::operator()(sqlite3* connection) const { sqlite3_close_v2(connection); }

absl::StatusOr<Database> Database::Open(const std::filesystem::path& file) {
  RETURN_IF_ERROR(CreatePrivately(file));
  sqlite3* connection = nullptr;
  // Each connection has one thread at a time, so SQLite need not lock.
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
  const int result = sqlite3_open_v2(file.c_str(), &connection, flags, nullptr);
  Database database(connection);  // also to be closed when it could not be opened
  if (result != SQLITE_OK) {
    return absl::Status(CodeOf(result),
                        absl::StrCat("SQLite: cannot open ", file.string(), ": ", sqlite3_errstr(result)));
  }
  sqlite3_extended_result_codes(connection, 1);
  // Somebody with the sqlite3 command line, a back-up for instance, may hold a lock for a moment.
  sqlite3_busy_timeout(connection, 5'000);
  return database;
}

absl::StatusOr<Statement> Database::Prepare(std::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  const int result = sqlite3_prepare_v3(connection_.get(), sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (result != SQLITE_OK) return ErrorOf(connection_.get());
  return Statement(statement);
}

absl::Status Database::Execute(const std::string& sql) {
  if (sqlite3_exec(connection_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
    return ErrorOf(connection_.get());
  return absl::OkStatus();
}

bool Database::in_transaction() const { return sqlite3_get_autocommit(connection_.get()) == 0; }

}  // namespace jiebang::store::sqlite
