#include "common/seal/sealer.h"

#include <cstdio>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/clock/timestamp.h"
#include "common/status/status_macros.h"

namespace jiebang::seal {
namespace {

using journal::v1::JournalHead;
using journal::v1::SealLease;
using journal::v1::ShardTree;

// As many heads as a failover may lose, and many more; 1 KiB each.
constexpr std::size_t kRemembered = 100;

// A shard that is not what was sealed is no fault of the call: the look goes on with the others. Nor is one whose
// sealed entries would be needed and were compacted away.
bool IsAboutTheShard(const absl::Status& status) { return absl::IsDataLoss(status) || absl::IsOutOfRange(status); }

}  // namespace

Sealer::Sealer(store::Store& store, const Clock& clock, token::SigningKey key, SealerOptions options)
    : clock_(clock),
      key_(std::move(key)),
      options_(std::move(options)),
      hash_(SuiteOf(key_.kind())),
      repository_(store),
      shards_(store, hash_),
      store_(store) {}

Task<void> Sealer::Run() {
  Executor& home = co_await Home();
  while (!home.stopping()) {
    const absl::StatusOr<Round> round = co_await Look();
    Report(round.status());
    if (!round.ok() || *round != Round::kSealedMore) co_await Sleep(options_.interval);
  }
  // Once more, so that a suite that was stopped in order leaves nothing unsealed.
  const absl::StatusOr<Round> last = co_await Look();
  Report(last.status());
  co_await GiveLeaseBack();
}

Task<absl::StatusOr<Round>> Sealer::Look() {
  CO_ASSIGN_OR_RETURN(KeptHead before, co_await repository_.LatestHead());
  CO_ASSIGN_OR_RETURN(std::optional<OpenedHead> lost, LostAfter(before.head));
  if (lost) co_return co_await PutBack(std::move(before), *std::move(lost));
  if (before.head) Remember(*before.head);
  CO_ASSIGN_OR_RETURN(JournalHead head, HeadAfter(before));
  CO_ASSIGN_OR_RETURN(const std::vector<std::uint64_t> sizes, co_await store_.JournalHeads());
  bool has_news = false;
  for (int shard = 0; shard < store::kShards; ++shard) {
    has_news = has_news || sizes[shard] != static_cast<std::uint64_t>(head.trees(shard).size());
  }
  if (!has_news) co_return Round::kNothingNew;
  CO_ASSIGN_OR_RETURN(const std::optional<std::uint64_t> lease_version, co_await TakeLease());
  if (!lease_version) co_return Round::kNotMine;

  bool has_changed = false;
  bool more = false;
  for (int shard = 0; shard < store::kShards; ++shard) {
    ShardTree& tree = *head.mutable_trees(shard);
    absl::StatusOr<ShardStep> step = co_await Step(shard, tree, sizes[shard]);
    if (!step.ok() && !IsAboutTheShard(step.status())) co_return step.status();
    if (!step.ok()) {
      Refuse(shard, tree, step.status());
      continue;
    }
    GoOn(shard);
    has_changed = has_changed || step->rollback || step->tree.size() != tree.size();
    more = more || step->more;
    tree = std::move(step->tree);
    if (step->rollback) *head.add_rollbacks() = *std::move(step->rollback);
  }
  if (!has_changed) co_return Round::kNothingNew;

  OpenedHead next{.head = std::move(head)};
  next.signed_head = SignHead(next.head, key_);
  SealLease renewed = LeaseUntil(clock_.Now() + options_.lease);
  CO_RETURN_IF_ERROR(co_await repository_.AddHead(std::move(before), next, std::move(renewed), *lease_version));
  Remember(next);
  co_return more ? Round::kSealedMore : Round::kSealed;
}

void Sealer::Remember(const OpenedHead& head) {
  const std::int64_t number = head.head.number();
  remembered_[number] = head;
  if (remembered_.size() > kRemembered) remembered_.erase(remembered_.begin());
  const absl::MutexLock lock(&mutex_);
  status_.head_number = number;
}

absl::StatusOr<std::optional<OpenedHead>> Sealer::LostAfter(const std::optional<OpenedHead>& latest) const {
  const std::int64_t number = latest ? latest->head.number() : 0;
  const auto same = remembered_.find(number);
  if (same != remembered_.end() && same->second.signed_head.head() != latest->signed_head.head()) {
    return absl::FailedPreconditionError(
        absl::StrCat("HEAD ", number, " WAS LOST and another was signed in its place"));
  }
  const auto next = remembered_.upper_bound(number);
  if (next == remembered_.end()) return std::nullopt;
  if (!CheckSuccession(latest, next->second).ok()) {
    return absl::FailedPreconditionError(
        absl::StrCat("HEADS WERE LOST after head ", number, ", up to head ", remembered_.rbegin()->first,
                     ", and cannot be put back. Look into it before you go on; a restart accepts it"));
  }
  return next->second;
}

Task<absl::StatusOr<Round>> Sealer::PutBack(KeptHead before, OpenedHead lost) {
  CO_ASSIGN_OR_RETURN(const std::optional<std::uint64_t> lease_version, co_await TakeLease());
  if (!lease_version) co_return Round::kNotMine;
  const std::int64_t number = lost.head.number();
  SealLease renewed = LeaseUntil(clock_.Now() + options_.lease);
  CO_RETURN_IF_ERROR(
      co_await repository_.AddHead(std::move(before), std::move(lost), std::move(renewed), *lease_version));
  std::fprintf(stderr, "SEAL of %s: the store LOST HEAD %lld, as a failover may; it was put back\n",
               options_.service.c_str(), static_cast<long long>(number));
  co_return Round::kSealedMore;
}

absl::StatusOr<JournalHead> Sealer::HeadAfter(const KeptHead& before) const {
  JournalHead head;
  head.set_service(options_.service);
  head.set_number(1);
  head.set_suite(hash_.suite());
  *head.mutable_time() = ToTimestamp(clock_.Now());
  if (!before.head) {
    for (int shard = 0; shard < store::kShards; ++shard) head.add_trees()->set_root(hash_.Empty());
    return head;
  }
  const JournalHead& latest = before.head->head;
  if (latest.service() != options_.service) {
    return absl::FailedPreconditionError(absl::StrCat("the journal is sealed for ", latest.service()));
  }
  if (latest.suite() != hash_.suite()) {
    return absl::FailedPreconditionError("the journal is sealed in another suite than that of the key");
  }
  head.set_number(latest.number() + 1);
  head.set_previous_digest(DigestOf(before.head->signed_head, hash_.suite()));
  *head.mutable_trees() = latest.trees();
  return head;
}

Task<absl::StatusOr<ShardStep>> Sealer::Step(int shard, ShardTree sealed, std::uint64_t journal_size) {
  absl::StatusOr<ShardStep> step = co_await shards_.Extend(shard, sealed, journal_size);
  if (step.ok() || !IsAboutTheShard(step.status())) co_return step;
  for (const RollbackAcceptance& accepted : options_.accepted) {
    if (!accepted.Accepts(shard, sealed)) continue;
    std::string reason = accepted.reason;
    co_return co_await shards_.GiveUp(shard, sealed, journal_size, std::move(reason));
  }
  co_return step;
}

SealLease Sealer::LeaseUntil(absl::Time time) const {
  SealLease lease;
  lease.set_holder(options_.holder);
  *lease.mutable_until() = ToTimestamp(time);
  return lease;
}

Task<absl::StatusOr<std::optional<std::uint64_t>>> Sealer::TakeLease() {
  CO_ASSIGN_OR_RETURN(const KeptLease kept, co_await repository_.Lease());
  const absl::Duration left = FromTimestamp(kept.lease.until()) - clock_.Now();
  // One that runs for longer than any is given for comes from a clock that was set back since.
  const bool runs = kept.version > 0 && left > absl::ZeroDuration() && left <= 2 * options_.lease;
  const bool is_mine = kept.lease.holder() == options_.holder;
  if (runs && !is_mine) co_return std::nullopt;
  if (runs && left > options_.lease / 2) co_return kept.version;
  SealLease taken = LeaseUntil(clock_.Now() + options_.lease);
  const absl::Status status = co_await repository_.KeepLease(std::move(taken), kept.version);
  if (absl::IsAborted(status)) co_return std::nullopt;
  CO_RETURN_IF_ERROR(status);
  co_return kept.version + 1;
}

// As far as it goes: without it the next sealer waits until the lease ends by itself.
Task<void> Sealer::GiveLeaseBack() {
  const absl::StatusOr<KeptLease> kept = co_await repository_.Lease();
  if (!kept.ok() || kept->lease.holder() != options_.holder) co_return;
  SealLease ended = LeaseUntil(clock_.Now());
  const absl::Status given_back = co_await repository_.KeepLease(std::move(ended), kept->version);
  if (!given_back.ok()) Report(given_back);
}

SealStatus Sealer::status() const {
  const absl::MutexLock lock(&mutex_);
  return status_;
}

void Sealer::Refuse(int shard, const ShardTree& sealed, const absl::Status& why) {
  const std::string reason(why.message());
  {
    const absl::MutexLock lock(&mutex_);
    if (std::exchange(status_.refused[shard], reason) == reason) return;
  }
  std::fprintf(
      stderr,
      "SEAL of %s: shard %d is NOT SEALED ANY MORE: %s. Look into it before you go on; to accept the loss, start "
      "with --accept-rollback \"%s\"\n",
      options_.service.c_str(), shard, reason.c_str(), RollbackAcceptance::ExampleFor(shard, sealed).c_str());
}

void Sealer::GoOn(int shard) {
  const absl::MutexLock lock(&mutex_);
  status_.refused.erase(shard);
}

void Sealer::Report(const absl::Status& error) {
  // Aborted: another sealer was at work, which is what leases are for.
  const std::string text = error.ok() || absl::IsAborted(error) ? "" : error.ToString();
  {
    const absl::MutexLock lock(&mutex_);
    if (std::exchange(status_.error, text) == text) return;
  }
  if (!text.empty()) std::fprintf(stderr, "seal of %s: %s; trying again\n", options_.service.c_str(), text.c_str());
}

}  // namespace jiebang::seal
