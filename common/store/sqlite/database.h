// SQLite's C interface with owners and absl::Status. The rest of the engine includes this and no sqlite3.h.
#ifndef JIEBANG_COMMON_STORE_SQLITE_DATABASE_H_
#define JIEBANG_COMMON_STORE_SQLITE_DATABASE_H_

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

struct sqlite3;
struct sqlite3_stmt;

namespace jiebang::store::sqlite {

// One compiled statement. Parameters and columns count from 1 and 0, as in SQLite. It is reset by Run, by Step's last
// answer and by Reset; bound bytes must live until then.
class Statement {
 public:
  Statement() = default;  // only to be assigned to

  Statement& Bind(int parameter, std::string_view bytes);
  Statement& Bind(int parameter, std::int64_t number);

  // True: stands on a row. False: there is none left.
  absl::StatusOr<bool> Step();
  // Steps to the end.
  absl::Status Run();
  void Reset();

  std::string Bytes(int column) const;
  std::int64_t Number(int column) const;

 private:
  friend class Database;
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  explicit Statement(sqlite3_stmt* statement) : statement_(statement) {}

  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

// Resets a statement that was left in the middle of its rows.
class ResetAtExit {
 public:
  explicit ResetAtExit(Statement& statement) : statement_(statement) {}
  ~ResetAtExit() { statement_.Reset(); }
  ResetAtExit(const ResetAtExit&) = delete;
  ResetAtExit& operator=(const ResetAtExit&) = delete;

 private:
  Statement& statement_;
};

// One connection, for one thread at a time.
class Database {
 public:
  // Creates the file if there is none, readable by its owner only: it holds personal data.
  static absl::StatusOr<Database> Open(const std::filesystem::path& file);

  absl::StatusOr<Statement> Prepare(std::string_view sql);
  // Runs statements that give no rows.
  absl::Status Execute(const std::string& sql);
  // True between BEGIN and COMMIT; an error may have ended a transaction by itself.
  bool in_transaction() const;

 private:
  struct Close {
    void operator()(sqlite3* connection) const;
  };
  explicit Database(sqlite3* connection) : connection_(connection) {}

  std::unique_ptr<sqlite3, Close> connection_;
};

}  // namespace jiebang::store::sqlite

#endif  // JIEBANG_COMMON_STORE_SQLITE_DATABASE_H_
