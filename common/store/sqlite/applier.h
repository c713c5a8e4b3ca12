// Applies commits to the file: the one connection that writes.
#ifndef JIEBANG_COMMON_STORE_SQLITE_APPLIER_H_
#define JIEBANG_COMMON_STORE_SQLITE_APPLIER_H_

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "common/store/sqlite/database.h"
#include "common/store/store.h"

namespace jiebang::store::sqlite {

// The last sequence of each shard.
using Heads = std::array<std::uint64_t, kShards>;

// For one thread at a time.
class Applier {
 public:
  using Clock = absl::AnyInvocable<absl::Time()>;

  // `now` says when replays expire.
  static absl::StatusOr<std::unique_ptr<Applier>> Create(Database database, Clock now);

  // Applies the commits in order, with one fsync for all of them; each has its own answer, in order. When it returns,
  // what it answered with OK is durable.
  std::vector<absl::Status> Apply(absl::Span<const Commit* const> group);

  // Store::CompactJournal.
  absl::Status Compact(int shard, std::uint64_t up_to);

  const Heads& heads() const { return heads_; }

 private:
  Applier(Database database, Clock now) : database_(std::move(database)), now_(std::move(now)) {}

  absl::Status Prepare();
  absl::StatusOr<Heads> ReadHeads();
  absl::StatusOr<std::vector<absl::Status>> ApplyInOneTransaction(absl::Span<const Commit* const> group);
  absl::StatusOr<std::vector<absl::Status>> ApplyAndCommit(absl::Span<const Commit* const> group);
  absl::Status ApplyOne(const Commit& commit, Heads& heads);
  absl::Status Check(const Commit& commit);
  absl::Status Write(const Commit& commit, Heads& heads);
  absl::Status RemoveExpiredReplays(std::size_t added);
  absl::Status RemoveEntries(int shard, std::uint64_t up_to);
  // Ends a transaction that went wrong.
  void RollBack();

  Database database_;
  Clock now_;
  Heads heads_{};
  bool heads_are_known_ = false;

  // Filled by Prepare.
  Statement begin_;
  Statement commit_;
  Statement find_head_;
  Statement find_replay_;
  Statement find_version_;
  Statement append_;
  Statement put_;
  Statement delete_;
  Statement keep_replay_;
  Statement remove_replays_;
  Statement remove_entries_;
  Statement keep_compacted_;
};

}  // namespace jiebang::store::sqlite

#endif  // JIEBANG_COMMON_STORE_SQLITE_APPLIER_H_
