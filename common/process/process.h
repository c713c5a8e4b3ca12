// What every process of the suite has: its clock, its secrets, its programmes, and how it ends.
#ifndef JIEBANG_COMMON_PROCESS_PROCESS_H_
#define JIEBANG_COMMON_PROCESS_PROCESS_H_

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/clock/clock.h"
#include "common/page_token/page_token.h"
#include "common/token/principal_seal.h"

namespace jiebang {

// Keeps SIGTERM and SIGINT from killing the process, so that WaitForSignal can take them; before the first thread.
void HoldSignals();

// Debian builds Abseil so that each lock of a mutex, ours and gRPC's, is checked for a cycle among all locks that are
// held, which costs a call several microseconds. Tests keep the check; programs that are measured or serve do without.
void SkipLockOrderChecks();

// Comes back at SIGTERM or SIGINT.
void WaitForSignal();

// How long a running call may go on after SIGTERM; below the terminationGracePeriodSeconds of the manifests.
inline constexpr absl::Duration kDrainGrace = absl::Seconds(20);

// Says "<program>: <message>" on standard error and gives the exit code 1.
int Fail(std::string_view program, const absl::Status& status);

// What processes that share the work of one suite must agree on.
struct Secrets {
  token::PrincipalSeal seal;
  PageTokens page_tokens;
  std::string webhook_key;  // what the secrets of webhooks are made from

  // From a file with one secret, which is made when it is not there.
  static absl::StatusOr<Secrets> FromFile(const std::filesystem::path& path);
};

// The system's clock, or for a rehearsal one that starts at `start` ("2023-08-10T09:00:00+08:00", RFC 3339).
// INVALID_ARGUMENT.
struct ProcessClock {
  std::unique_ptr<Clock> clock;
  RehearsalClock* rehearsal = nullptr;  // the same clock, if it is one

  static absl::StatusOr<ProcessClock> StartingAt(const std::string& start);
};

// For fault tests only: when the environment names a point (JIEBANG_KILL_AT=recommend.held), the process kills itself
// there with SIGKILL.
std::function<void(std::string_view point)> KillPoint();

}  // namespace jiebang

#endif  // JIEBANG_COMMON_PROCESS_PROCESS_H_
