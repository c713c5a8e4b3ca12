// Coroutines that somebody waits for before what they use is destroyed.
#ifndef JIEBANG_COMMON_STORE_REDIS_CREW_H_
#define JIEBANG_COMMON_STORE_REDIS_CREW_H_

#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "common/async/task.h"

namespace jiebang::store::redis {

class Crew {
 public:
  // On the executor's own thread.
  void Start(Executor& executor, Task<void> task) {
    {
      absl::MutexLock lock(&mutex_);
      ++running_;
    }
    Spawn(executor, RunCounted(std::move(task)));
  }

  // False: some run still after `patience`.
  bool AwaitEnd(absl::Duration patience) {
    absl::MutexLock lock(&mutex_);
    const auto ended = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return running_ == 0; };
    return mutex_.AwaitWithTimeout(absl::Condition(&ended), patience);
  }

 private:
  Task<void> RunCounted(Task<void> task) {
    co_await std::move(task);
    absl::MutexLock lock(&mutex_);
    --running_;
  }

  absl::Mutex mutex_;
  int running_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace jiebang::store::redis

#endif  // JIEBANG_COMMON_STORE_REDIS_CREW_H_
