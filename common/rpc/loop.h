// A loop: one thread that runs one gRPC completion queue, and every coroutine whose home it is.
#ifndef JIEBANG_COMMON_RPC_LOOP_H_
#define JIEBANG_COMMON_RPC_LOOP_H_

#include <atomic>
#include <coroutine>
#include <list>
#include <memory>
#include <set>
#include <thread>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "common/async/executor.h"
#include "common/async/task.h"
#include "grpcpp/alarm.h"
#include "grpcpp/completion_queue.h"

namespace jiebang::rpc {

// What stands behind a tag of the completion queue.
class Event {
 public:
  virtual void Fire(bool ok) = 0;

 protected:
  ~Event() = default;
};

// An operation on the completion queue that a coroutine awaits: give it as the tag, then `co_await` it; true is the
// queue's `ok`. May fire before it is awaited. Awaited on its loop only, at most once for each firing.
class Operation final : public Event {
 public:
  void Fire(bool ok) override {
    fired_ = true;
    ok_ = ok;
    if (waiting_) std::exchange(waiting_, {}).resume();
  }
  bool fired() const { return fired_; }

  bool await_ready() const noexcept { return fired_; }
  void await_suspend(std::coroutine_handle<> handle) noexcept { waiting_ = handle; }
  bool await_resume() noexcept {
    fired_ = false;
    return ok_;
  }

 private:
  bool fired_ = false;
  bool ok_ = false;
  std::coroutine_handle<> waiting_;
};

class Loop final : public Executor {
 public:
  // Takes over the queue; starts nothing yet.
  explicit Loop(std::unique_ptr<grpc::CompletionQueue> queue);
  // Stop and Join were called, or Run never was.
  ~Loop() override;

  grpc::CompletionQueue& queue() { return *queue_; }

  // Starts the thread.
  void Run();

  // Spawns `task` on the loop's thread. Long-running tasks end when they see stopping().
  void Start(Task<void> task);

  // Asks the loop's tasks to end: sleepers wake up and everybody sees stopping().
  void Stop();

  // After the servers of the queue were shut down, as gRPC wants it: when the last task has ended, the queue is shut
  // down and the thread ends.
  void Join();

  // Fires the event on the loop's thread when the loop is asked to stop, for those who wait for something that a stop
  // does not end. On the loop's thread; it outlives its watch.
  void WatchStop(Event& event) { stop_watchers_.insert(&event); }
  void UnwatchStop(Event& event) { stop_watchers_.erase(&event); }

  void Post(Work work) override;
  void PostAfter(absl::Duration delay, Work work) override;
  bool stopping() const override { return stopping_; }

 private:
  struct Wake final : Event {
    explicit Wake(Loop& loop) : loop(loop) {}
    void Fire(bool ok) override;
    Loop& loop;
  };
  struct Timer final : Event {
    void Fire(bool ok) override;
    Loop* loop = nullptr;
    Work work;
    grpc::Alarm alarm;
    std::list<std::unique_ptr<Timer>>::iterator self;
  };

  void Main();
  void DrainPosted();
  void PostLocked(Work work) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const std::unique_ptr<grpc::CompletionQueue> queue_;
  std::thread thread_;
  std::atomic<std::thread::id> thread_id_;
  std::atomic<bool> stopping_ = false;
  Wake wake_{*this};
  std::list<std::unique_ptr<Timer>> timers_;  // loop's thread only
  std::set<Event*> stop_watchers_;            // loop's thread only

  absl::Mutex mutex_;
  bool joining_ ABSL_GUARDED_BY(mutex_) = false;
  std::vector<Work> posted_ ABSL_GUARDED_BY(mutex_);
  // One alarm in flight wakes the queue for a whole list of posted work: what other threads finish in a burst costs one
  // wake-up.
  grpc::Alarm alarm_ ABSL_GUARDED_BY(mutex_);
  bool alarm_set_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace jiebang::rpc

#endif  // JIEBANG_COMMON_RPC_LOOP_H_
