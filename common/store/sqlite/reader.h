// Reads from the file: one connection that sees every commit that had ended when a read began.
#ifndef JIEBANG_COMMON_STORE_SQLITE_READER_H_
#define JIEBANG_COMMON_STORE_SQLITE_READER_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/store/sqlite/database.h"
#include "common/store/store.h"

namespace jiebang::store::sqlite {

// The reading methods of Store, for one thread at a time. Arguments are valid.
class Reader {
 public:
  static absl::StatusOr<std::unique_ptr<Reader>> Create(Database database);

  // What is read between the two is of one moment, and cheaper than read singly.
  void BeginSnapshot();
  void EndSnapshot();

  absl::StatusOr<Record> Get(const Key& key);
  absl::StatusOr<std::vector<std::optional<Record>>> GetMany(const std::vector<Key>& keys);
  absl::StatusOr<Page> Scan(const std::string& table, const std::string& partition, const std::string& prefix,
                            const std::string& after, std::size_t limit);
  absl::StatusOr<Replay> FindReplay(const std::string& partition, const std::string& replay_key);
  absl::StatusOr<std::vector<JournalEntry>> ReadJournal(int shard, std::uint64_t after, std::size_t limit);
  absl::StatusOr<std::vector<std::uint64_t>> JournalCompacted();

 private:
  explicit Reader(Database database) : database_(std::move(database)) {}

  absl::Status Prepare();
  absl::StatusOr<std::optional<Record>> Find(const Key& key);

  Database database_;

  // Filled by Prepare.
  Statement begin_;
  Statement end_;
  Statement find_;
  Statement scan_;
  Statement find_replay_;
  Statement read_journal_;
  Statement read_compacted_;
};

}  // namespace jiebang::store::sqlite

#endif  // JIEBANG_COMMON_STORE_SQLITE_READER_H_
