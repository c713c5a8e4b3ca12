#include "services/gateway/identity/trust_keeper.h"

#include <utility>

#include "absl/time/clock.h"

namespace jiebang::gateway {

TrustKeeper::TrustKeeper(TrustSource source, Take take, absl::Duration period)
    : source_(std::move(source)), take_(std::move(take)), period_(period), thread_([this] { Run(); }) {}

TrustKeeper::~TrustKeeper() {
  stop_.Notify();
  thread_.join();
}

void TrustKeeper::Run() {
  while (!stop_.WaitForNotificationWithTimeout(period_)) {
    if (source_.Refresh(absl::Now())) take_(source_.trust());
  }
}

}  // namespace jiebang::gateway
