// The commits of a store whose outcome is being found out, so that the store outlives them.
#ifndef JIEBANG_COMMON_STORE_REDIS_SETTLERS_H_
#define JIEBANG_COMMON_STORE_REDIS_SETTLERS_H_

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"

namespace jiebang::store::redis {

// Thread-safe.
class Settlers {
 public:
  // False: the store is closing, and must not be touched. True: it lives until Leave.
  bool Enter() {
    absl::MutexLock lock(&mutex_);
    if (closing_) return false;
    ++inside_;
    return true;
  }

  void Leave() {
    absl::MutexLock lock(&mutex_);
    --inside_;
  }

  bool closing() const {
    absl::MutexLock lock(&mutex_);
    return closing_;
  }

  void Close() {
    absl::MutexLock lock(&mutex_);
    closing_ = true;
  }

  // After Close, until all have left.
  void AwaitNone() {
    absl::MutexLock lock(&mutex_);
    const auto none = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return inside_ == 0; };
    mutex_.Await(absl::Condition(&none));
  }

 private:
  mutable absl::Mutex mutex_;
  int inside_ ABSL_GUARDED_BY(mutex_) = 0;
  bool closing_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace jiebang::store::redis

#endif  // JIEBANG_COMMON_STORE_REDIS_SETTLERS_H_
