#include "common/process/sealing.h"

#include <unistd.h>

#include <array>
#include <utility>

#include "CLI/CLI.hpp"
#include "absl/random/random.h"
#include "absl/strings/str_cat.h"
#include "common/journal/compaction.h"
#include "common/seal/seal_repository.h"
#include "common/status/status_macros.h"

namespace jiebang {
namespace {

// Who it is for whoever reads the lease, and no other sealer's name, not even that of its successor under the same
// process id.
std::string NameOfSealer() {
  std::array<char, 256> host{};
  if (::gethostname(host.data(), host.size() - 1) != 0) host[0] = '\0';
  absl::BitGen random;
  return absl::StrCat(host.data(), "/", ::getpid(), "/", absl::Hex(absl::Uniform<std::uint64_t>(random)));
}

absl::Status UnlessThere(const absl::Status& written) {
  return absl::IsAlreadyExists(written) ? absl::OkStatus() : written;
}

Task<absl::StatusOr<journal::Bounds>> SealedUpTo(const seal::SealRepository& repository) {
  CO_ASSIGN_OR_RETURN(const seal::KeptHead latest, co_await repository.LatestHead());
  journal::Bounds bounds{};
  if (!latest.head) co_return bounds;
  for (int shard = 0; shard < store::kShards; ++shard) {
    bounds[shard] = static_cast<std::uint64_t>(latest.head->head.trees(shard).size());
  }
  co_return bounds;
}

}  // namespace

void SealFlags::AddTo(CLI::App& app) {
  app.add_option("--seal-key", key_file, "PEM file of the Ed25519 or SM2 private key that seals the journal")
      ->check(CLI::ExistingFile);
  app.add_option("--seal-seconds", interval_seconds, "from one head to the next, if something happened meanwhile")
      ->check(CLI::Range(1, 3'600))
      ->capture_default_str();
  app.add_option("--journal-keep-days", keep_days,
                 "events that are older are taken away once they are sealed; without it they are kept for ever")
      ->check(CLI::Range(static_cast<int>(journal::kLeastKept / absl::Hours(24)), 36'600));
  app.add_option("--accept-rollback", rollbacks,
                 "SHARD:ROOT:REASON: go on sealing a shard whose journal lost what was sealed, and say so in the seal");
}

absl::StatusOr<token::SigningKey> ReadOrCreateSealKey(const std::filesystem::path& private_file,
                                                      const std::filesystem::path& public_file) {
  if (!std::filesystem::exists(private_file)) {
    RETURN_IF_ERROR(UnlessThere(token::SigningKey::Generate().WritePemFile(private_file)));
  }
  ASSIGN_OR_RETURN(token::SigningKey key, token::SigningKey::OfAnyKindFromPemFile(private_file));
  RETURN_IF_ERROR(UnlessThere(key.verifying_key().WritePemFile(public_file)));
  return key;
}

absl::StatusOr<std::unique_ptr<seal::Sealer>> NewSealer(const std::string& service, store::Store& store,
                                                        const Clock& clock, token::SigningKey key,
                                                        const SealFlags& flags) {
  seal::SealerOptions options{
      .service = service, .holder = NameOfSealer(), .interval = absl::Seconds(flags.interval_seconds)};
  for (const std::string& text : flags.rollbacks) {
    ASSIGN_OR_RETURN(seal::RollbackAcceptance accepted, seal::RollbackAcceptance::Parse(text));
    options.accepted.push_back(std::move(accepted));
  }
  return std::make_unique<seal::Sealer>(store, clock, std::move(key), std::move(options));
}

Task<void> KeepCompacted(store::Store& store, const Clock& clock, const SealFlags& flags,
                         std::vector<std::string> projections) {
  if (flags.keep_days == 0) co_return;
  journal::CompactionPolicy policy{.keep = absl::Hours(24) * flags.keep_days, .projections = std::move(projections)};
  const seal::SealRepository repository(store);
  policy.not_beyond = [&repository]() { return SealedUpTo(repository); };
  co_await journal::KeepCompacted(store, clock, std::move(policy));
}

}  // namespace jiebang
