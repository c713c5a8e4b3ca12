// The sealer of a process: its flags, its key, and how it is called.
#ifndef JIEBANG_COMMON_PROCESS_SEALING_H_
#define JIEBANG_COMMON_PROCESS_SEALING_H_

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "common/clock/clock.h"
#include "common/seal/sealer.h"
#include "common/store/store.h"
#include "common/token/keys.h"

namespace CLI {
class App;
}  // namespace CLI

namespace jiebang {

struct SealFlags {
  std::string key_file;                // PEM of an Ed25519 or SM2 key; empty: the journal is not sealed by this process
  std::vector<std::string> rollbacks;  // see seal::RollbackAcceptance
  // Between two heads. Each is kept for ever, some 0.7 KiB; what happened since the last one is not
  // sealed.
  int interval_seconds = 60;
  // For how long the journal is kept; 0: for ever. What is not sealed is kept however old.
  int keep_days = 0;

  void AddTo(CLI::App& app);
};

// The private key in `private_file`. Where there is none, makes an Ed25519 key and writes both files; where the public
// file alone is missing, writes that.
absl::StatusOr<token::SigningKey> ReadOrCreateSealKey(const std::filesystem::path& private_file,
                                                      const std::filesystem::path& public_file);

// `store` and `clock` outlive it. INVALID_ARGUMENT for a rollback that cannot be read.
absl::StatusOr<std::unique_ptr<seal::Sealer>> NewSealer(const std::string& service, store::Store& store,
                                                        const Clock& clock, token::SigningKey key,
                                                        const SealFlags& flags);

// Takes away what is older than the flags keep, up to where every projection has handled it. Runs until the home
// executor stops; `store` and `clock` outlive it.
Task<void> KeepCompacted(store::Store& store, const Clock& clock, const SealFlags& flags,
                         std::vector<std::string> projections);

}  // namespace jiebang

#endif  // JIEBANG_COMMON_PROCESS_SEALING_H_
