#include "services/gateway/door/open_streams.h"

namespace jiebang::gateway {

OpenStreams::Stream::Stream(OpenStreams& streams, grpc::ClientContext& call, const Caller& caller)
    : streams_(streams), call_(call) {
  bool is_over = false;
  {
    absl::MutexLock lock(&streams_.mutex_);
    streams_.streams_.emplace(&call_, &caller);
    is_over = streams_.is_over_;
  }
  // EndWithdrawn came between the caller's admission and the line above.
  if (is_over || streams_.authenticator_.IsWithdrawn(caller)) call_.TryCancel();
}

OpenStreams::Stream::~Stream() {
  absl::MutexLock lock(&streams_.mutex_);
  streams_.streams_.erase(&call_);
}

void OpenStreams::EndAll() {
  absl::MutexLock lock(&mutex_);
  is_over_ = true;
  for (const auto& [call, _] : streams_) call->TryCancel();
}

void OpenStreams::EndWithdrawn() {
  absl::MutexLock lock(&mutex_);
  for (const auto& [call, caller] : streams_) {
    if (authenticator_.IsWithdrawn(*caller)) call->TryCancel();
  }
}

}  // namespace jiebang::gateway
