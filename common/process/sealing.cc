#include "common/process/sealing.h"

#include <unistd.h>

#include <array>
#include <utility>

#include "CLI/CLI.hpp"
#include "absl/random/random.h"
#include "absl/strings/str_cat.h"
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

}  // namespace

void SealFlags::AddTo(CLI::App& app) {
  app.add_option("--seal-key", key_file, "PEM file of the Ed25519 or SM2 private key that seals the journal")
      ->check(CLI::ExistingFile);
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
  seal::SealerOptions options{.service = service, .holder = NameOfSealer()};
  for (const std::string& text : flags.rollbacks) {
    ASSIGN_OR_RETURN(seal::RollbackAcceptance accepted, seal::RollbackAcceptance::Parse(text));
    options.accepted.push_back(std::move(accepted));
  }
  return std::make_unique<seal::Sealer>(store, clock, std::move(key), std::move(options));
}

}  // namespace jiebang
