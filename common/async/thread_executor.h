// An executor of its own thread, for tests, tools and the coroutines that belong to no gRPC loop.
#ifndef JIEBANG_COMMON_ASYNC_THREAD_EXECUTOR_H_
#define JIEBANG_COMMON_ASYNC_THREAD_EXECUTOR_H_

#include <future>
#include <map>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "common/async/executor.h"
#include "common/async/task.h"

namespace jiebang {

class ThreadExecutor : public Executor {
 public:
  ThreadExecutor();
  // Wakes the sleepers, waits until every spawned task has ended, joins the thread.
  ~ThreadExecutor() override;

  void Post(Work work) override;
  void PostAfter(absl::Duration delay, Work work) override;
  bool stopping() const override;

  // Runs `task` here and blocks the calling thread, which must not be this executor's, until it has ended.
  template <class T>
  T RunUntilDone(Task<T> task) {
    // Shared, since the promise is still being fulfilled when the future is already ready.
    const auto promise = std::make_shared<std::promise<T>>();
    std::future<T> result = promise->get_future();
    Post([this, &task, promise] { Spawn(*this, Fulfil(std::move(task), promise)); });
    return result.get();
  }

 private:
  template <class T>
  static Task<void> Fulfil(Task<T> task, std::shared_ptr<std::promise<T>> promise) {
    if constexpr (std::is_void_v<T>) {
      co_await std::move(task);
      promise->set_value();
    } else {
      promise->set_value(co_await std::move(task));
    }
  }

  bool Finished() const ABSL_SHARED_LOCKS_REQUIRED(mutex_);
  void Run();

  mutable absl::Mutex mutex_;
  std::vector<Work> posted_ ABSL_GUARDED_BY(mutex_);
  std::multimap<absl::Time, Work> timers_ ABSL_GUARDED_BY(mutex_);
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace jiebang

#endif  // JIEBANG_COMMON_ASYNC_THREAD_EXECUTOR_H_
