// Where coroutines run: a thread with a queue of work, as the gRPC loop of a server is.
#ifndef JIEBANG_COMMON_ASYNC_EXECUTOR_H_
#define JIEBANG_COMMON_ASYNC_EXECUTOR_H_

#include <atomic>

#include "absl/functional/any_invocable.h"
#include "absl/time/time.h"

namespace jiebang {

// Runs posted work one piece after another on one thread. Thread-safe: anybody may post.
class Executor {
 public:
  using Work = absl::AnyInvocable<void()>;

  virtual ~Executor() = default;

  // Runs `work` on this executor's thread, after everything that was posted before it; never inside the call.
  virtual void Post(Work work) = 0;

  // Runs `work` no earlier than `delay` from now (steady clock). An executor that is stopped first runs it at its stop,
  // so that whoever waits wakes up and finds the stop.
  virtual void PostAfter(absl::Duration delay, Work work) = 0;

  // How many spawned tasks have not ended. An executor ends only when there are none: what they wait for still comes
  // back to it.
  int tasks() const { return tasks_; }
  void TaskStarted() { ++tasks_; }
  void TaskEnded() { --tasks_; }

  // True from the moment the executor was asked to stop: long-running coroutines end themselves when they see it.
  virtual bool stopping() const = 0;

 private:
  std::atomic<int> tasks_ = 0;
};

}  // namespace jiebang

#endif  // JIEBANG_COMMON_ASYNC_EXECUTOR_H_
