#include "common/process/process.h"

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "common/status/status_macros.h"
#include "common/token/digest.h"
#include "common/token/secret.h"

namespace jiebang {
namespace {

sigset_t EndingSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  return signals;
}

}  // namespace

void HoldSignals() {
  const sigset_t signals = EndingSignals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

void SkipLockOrderChecks() { absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore); }

void WaitForSignal() {
  const sigset_t signals = EndingSignals();
  int signal = 0;
  sigwait(&signals, &signal);
}

int Fail(std::string_view program, const absl::Status& status) {
  std::fprintf(stderr, "%.*s: %s\n", static_cast<int>(program.size()), program.data(),
               std::string(status.message()).c_str());
  return 1;
}

absl::StatusOr<Secrets> Secrets::FromFile(const std::filesystem::path& path) {
  ASSIGN_OR_RETURN(const std::string secret, token::ReadOrCreateSecret(path));
  ASSIGN_OR_RETURN(token::PrincipalSeal seal, token::PrincipalSeal::FromKey(secret));
  // A key of its own, so that nothing made under one can pass under the other.
  return Secrets{std::move(seal), PageTokens(token::Sha256Hex(absl::StrCat("page tokens|", secret))),
                 token::Sha256Hex(absl::StrCat("webhooks|", secret))};
}

absl::StatusOr<ProcessClock> ProcessClock::StartingAt(const std::string& start) {
  if (start.empty()) return ProcessClock{std::make_unique<SystemClock>(), nullptr};
  absl::Time time;
  std::string reason;
  if (!absl::ParseTime(absl::RFC3339_full, start, &time, &reason)) {
    return absl::InvalidArgumentError(absl::StrCat("--clock-start ", start, ": ", reason));
  }
  auto clock = std::make_unique<RehearsalClock>(time);
  RehearsalClock* const rehearsal = clock.get();
  return ProcessClock{std::move(clock), rehearsal};
}

std::function<void(std::string_view)> KillPoint() {
  const char* const named = std::getenv("JIEBANG_KILL_AT");
  if (named == nullptr) return [](std::string_view) {};
  return [point = std::string(named)](std::string_view reached) {
    if (reached == point) std::raise(SIGKILL);
  };
}

}  // namespace jiebang
