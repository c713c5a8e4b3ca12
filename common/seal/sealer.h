// The sealer of a service's journal: a task that extends the trees by what is new and signs a head over them. Every
// replica runs one; a lease lets one at a time work, and the lease's version, a precondition of every head, keeps one
// that lost it from signing.
#ifndef JIEBANG_COMMON_SEAL_SEALER_H_
#define JIEBANG_COMMON_SEAL_SEALER_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "common/async/task.h"
#include "common/clock/clock.h"
#include "common/seal/rollback_acceptance.h"
#include "common/seal/seal_repository.h"
#include "common/seal/shard_sealer.h"
#include "common/store/store.h"
#include "common/token/keys.h"

namespace jiebang::seal {

struct SealerOptions {
  std::string service;  // whose journal it is
  std::string holder;   // of the lease: another one for every sealer that ever ran
  std::vector<RollbackAcceptance> accepted;
  absl::Duration lease = absl::Seconds(10);    // how long a dead sealer keeps the others waiting
  absl::Duration interval = absl::Seconds(1);  // between two looks at the journal when nothing is left to do
};

// What an operator looks at.
struct SealStatus {
  std::int64_t head_number = 0;        // the latest head that this sealer saw
  std::map<int, std::string> refused;  // the shards that it does not go on with, and why
  std::string error;                   // why the last look came to nothing; empty: it did not
};

// What one look came to.
enum class Round {
  kNothingNew,
  kNotMine,     // somebody else has the lease
  kSealed,      // a head was signed
  kSealedMore,  // and there is more to seal at once
};

class Sealer {
 public:
  // `store` and `clock` outlive it.
  Sealer(store::Store& store, const Clock& clock, token::SigningKey key, SealerOptions options);
  Sealer(const Sealer&) = delete;
  Sealer& operator=(const Sealer&) = delete;

  // Runs until the home executor stops, looks once more, and gives the lease back. What goes wrong is said on standard
  // error.
  Task<void> Run();

  // One look at the whole journal. A shard that is not what was sealed stays as it is in the next head; it does not
  // keep the others. A head that this sealer saw and that the store has lost since (a failover loses the end of
  // everything, heads too) is put back first, so that what was sealed counts again. FAILED_PRECONDITION: the journal is
  // sealed in another suite or for another service, or lost heads that this sealer cannot put back. ABORTED: the lease
  // was lost meanwhile.
  Task<absl::StatusOr<Round>> Look();

  // Thread-safe.
  SealStatus status() const ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  // The head that follows `latest` and should be there; none when nothing is lost.
  absl::StatusOr<std::optional<OpenedHead>> LostAfter(const std::optional<OpenedHead>& latest) const;
  Task<absl::StatusOr<Round>> PutBack(KeptHead before, OpenedHead lost);
  void Remember(const OpenedHead& head) ABSL_LOCKS_EXCLUDED(mutex_);
  // Nothing when somebody else has it.
  Task<absl::StatusOr<std::optional<std::uint64_t>>> TakeLease();
  Task<void> GiveLeaseBack();
  journal::v1::SealLease LeaseUntil(absl::Time time) const;
  absl::StatusOr<journal::v1::JournalHead> HeadAfter(const KeptHead& before) const;
  Task<absl::StatusOr<ShardStep>> Step(int shard, journal::v1::ShardTree sealed, std::uint64_t journal_size);
  void Refuse(int shard, const journal::v1::ShardTree& sealed, const absl::Status& why) ABSL_LOCKS_EXCLUDED(mutex_);
  void GoOn(int shard) ABSL_LOCKS_EXCLUDED(mutex_);
  void Report(const absl::Status& error) ABSL_LOCKS_EXCLUDED(mutex_);

  const Clock& clock_;
  const token::SigningKey key_;
  const SealerOptions options_;
  const TreeHash hash_;
  const SealRepository repository_;
  const ShardSealer shards_;
  store::Store& store_;
  std::map<std::int64_t, OpenedHead> remembered_;  // the latest heads that it saw or signed, by number; Look's alone

  mutable absl::Mutex mutex_;
  SealStatus status_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace jiebang::seal

#endif  // JIEBANG_COMMON_SEAL_SEALER_H_
