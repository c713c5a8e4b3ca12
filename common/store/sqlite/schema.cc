#include "common/store/sqlite/schema.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"

namespace jiebang::store::sqlite {
namespace {

// Marks a file as ours ("JBST").
constexpr std::int64_t kApplicationId = 0x4A425354;
constexpr std::int64_t kSchemaVersion = 2;

// Rows stand in the order of their arrival, found through narrow indexes. Tables WITHOUT ROWID keep values of a
// kilobyte inside the index pages: at a million records that measured half the commits a second and three times the
// file. The row order has a second use: replays expire from the first row on.
constexpr char kLayout[] = R"sql(
CREATE TABLE records (
  tbl BLOB NOT NULL,
  partition BLOB NOT NULL,
  id BLOB NOT NULL,
  version INTEGER NOT NULL,
  value BLOB NOT NULL,
  UNIQUE (tbl, partition, id)
) STRICT;
CREATE TABLE journal (
  position INTEGER PRIMARY KEY, -- shard << 48 | sequence
  partition BLOB NOT NULL,
  type BLOB NOT NULL,
  resource BLOB NOT NULL,
  payload BLOB NOT NULL
) STRICT;
CREATE TABLE replays (
  partition BLOB NOT NULL,
  key BLOB NOT NULL,
  kept_until INTEGER NOT NULL, -- seconds since 1970
  fingerprint BLOB NOT NULL,
  answer BLOB NOT NULL,
  UNIQUE (partition, key)
) STRICT;
)sql";

// Since version 2.
constexpr char kCompacted[] = R"sql(
CREATE TABLE compacted (
  shard INTEGER PRIMARY KEY,
  sequence INTEGER NOT NULL -- the last one that is away
) STRICT;
)sql";

absl::StatusOr<std::int64_t> NumberOf(Database& database, std::string_view query) {
  ASSIGN_OR_RETURN(Statement statement, database.Prepare(query));
  ASSIGN_OR_RETURN(const bool row, statement.Step());
  return row ? statement.Number(0) : 0;
}

}  // namespace

absl::Status PrepareFile(Database& database) {
  ASSIGN_OR_RETURN(const std::int64_t objects, NumberOf(database, "SELECT count(*) FROM sqlite_schema"));
  if (objects == 0) {
    return database.Execute(absl::StrCat("BEGIN IMMEDIATE;", kLayout, kCompacted, "PRAGMA application_id = ",
                                         kApplicationId, "; PRAGMA user_version = ", kSchemaVersion, "; COMMIT"));
  }
  ASSIGN_OR_RETURN(const std::int64_t application, NumberOf(database, "PRAGMA application_id"));
  if (application != kApplicationId) return absl::FailedPreconditionError("the file is of another program");
  ASSIGN_OR_RETURN(const std::int64_t version, NumberOf(database, "PRAGMA user_version"));
  if (version > kSchemaVersion) {
    return absl::FailedPreconditionError(absl::StrCat("the file has schema version ", version,
                                                      ", this program knows up to ", kSchemaVersion,
                                                      ": start a newer program"));
  }
  if (version < 2) {
    return database.Execute(
        absl::StrCat("BEGIN IMMEDIATE;", kCompacted, "PRAGMA user_version = ", kSchemaVersion, "; COMMIT"));
  }
  return absl::OkStatus();
}

absl::Status SetUpWriter(Database& database) {
  return database.Execute(
      "PRAGMA journal_mode = WAL;"
      "PRAGMA synchronous = FULL;"         // an fsync a transaction: what was acknowledged survives a loss of power
      "PRAGMA wal_autocheckpoint = 4000;"  // pages: fewer, longer check-points than the default of 1000
      "PRAGMA journal_size_limit = 67108864;"
      "PRAGMA cache_size = -65536;"  // kibibytes
      "PRAGMA temp_store = MEMORY;"
      "PRAGMA trusted_schema = OFF;");
}

absl::Status SetUpReader(Database& database) {
  return database.Execute(
      "PRAGMA query_only = ON;"
      "PRAGMA cache_size = -32768;"
      "PRAGMA temp_store = MEMORY;"
      "PRAGMA trusted_schema = OFF;");
}

}  // namespace jiebang::store::sqlite
