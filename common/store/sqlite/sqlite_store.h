// Engine 1: one SQLite file a service, for one machine, demonstrations, tests and small provinces.
#ifndef JIEBANG_COMMON_STORE_SQLITE_SQLITE_STORE_H_
#define JIEBANG_COMMON_STORE_SQLITE_SQLITE_STORE_H_

#include <filesystem>
#include <functional>
#include <memory>

#include "absl/status/statusor.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "common/store/store.h"

namespace jiebang::store {

struct SqliteOptions {
  // Reads run on so many threads, apart from the one that writes.
  int reader_threads = 2;
  // Says when replays expire.
  std::function<absl::Time()> now = [] { return absl::Now(); };
};

// Opens the file, or creates it; its folder must exist. Beside it stand <file>-wal and <file>-shm, which belong to it,
// and <file>.lock. FAILED_PRECONDITION: another process has it open, a newer program wrote it, or another program did.
// The destructor of the store finishes what was asked before.
absl::StatusOr<std::unique_ptr<Store>> OpenSqliteStore(const std::filesystem::path& file, SqliteOptions options = {});

}  // namespace jiebang::store

#endif  // JIEBANG_COMMON_STORE_SQLITE_SQLITE_STORE_H_
