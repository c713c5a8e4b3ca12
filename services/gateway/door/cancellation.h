// Whether whoever waits for a call has given up; what works for them is told.
#ifndef JIEBANG_SERVICES_GATEWAY_DOOR_CANCELLATION_H_
#define JIEBANG_SERVICES_GATEWAY_DOOR_CANCELLATION_H_

#include <functional>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"

namespace jiebang::gateway {

// Thread-safe.
class Cancellation {
 public:
  void Cancel() {
    absl::MutexLock lock(&mutex_);
    cancelled_ = true;
    if (watcher_) watcher_();
  }

  bool cancelled() const {
    absl::MutexLock lock(&mutex_);
    return cancelled_;
  }

  // From now on a cancellation, or one that has been, calls `watcher`: on whatever thread, and never after Unwatch. One
  // watcher at a time; it does not block and does not call back.
  void Watch(std::function<void()> watcher) {
    absl::MutexLock lock(&mutex_);
    watcher_ = std::move(watcher);
    if (cancelled_) watcher_();
  }

  void Unwatch() {
    absl::MutexLock lock(&mutex_);
    watcher_ = nullptr;
  }

  // For the next call of the same connection.
  void Reset() {
    absl::MutexLock lock(&mutex_);
    cancelled_ = false;
  }

 private:
  mutable absl::Mutex mutex_;
  bool cancelled_ ABSL_GUARDED_BY(mutex_) = false;
  std::function<void()> watcher_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_DOOR_CANCELLATION_H_
