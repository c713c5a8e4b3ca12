#include "services/gateway/grpc/overdue.h"

#include <algorithm>

#include "absl/time/clock.h"

namespace jiebang::gateway {
namespace {

// To write an answer that is there, or to hear that the caller is gone.
constexpr absl::Duration kAnswerPatience = absl::Seconds(10);

}  // namespace

Overdue::Call::Call(Overdue& overdue, grpc::ServerContext& context, absl::Time deadline)
    : overdue_(overdue), deadline_(deadline) {
  const absl::Time due = std::min(absl::Now() + overdue_.message_patience_, deadline + kAnswerPatience);
  absl::MutexLock lock(&overdue_.mutex_);
  place_ = overdue_.calls_.insert(overdue_.calls_.end(), {&context, due});
}

Overdue::Call::~Call() {
  absl::MutexLock lock(&overdue_.mutex_);
  overdue_.calls_.erase(place_);
}

void Overdue::Call::HasMessage() const {
  absl::MutexLock lock(&overdue_.mutex_);
  place_->due = deadline_ + kAnswerPatience;
}

void Overdue::Cancel(absl::Time now) {
  // Under the lock, so that none of them ends meanwhile.
  absl::MutexLock lock(&mutex_);
  for (Watched& call : calls_) {
    if (call.due > now) continue;
    call.context->TryCancel();
    call.due = absl::InfiniteFuture();
  }
}

}  // namespace jiebang::gateway
