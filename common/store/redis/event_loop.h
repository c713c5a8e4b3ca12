// A thread that runs a loop of libev: its sockets, and the coroutines and other work that are posted to it.
#ifndef JIEBANG_COMMON_STORE_REDIS_EVENT_LOOP_H_
#define JIEBANG_COMMON_STORE_REDIS_EVENT_LOOP_H_

#include <list>
#include <memory>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "common/async/executor.h"

struct ev_loop;

namespace jiebang::store::redis {

class EventLoop : public Executor {
 public:
  EventLoop();
  // Stops, runs what was posted, joins the thread. Whoever has sockets in the loop has closed them before.
  ~EventLoop() override;

  // However much is posted while the thread works, it is woken once.
  void Post(Work work) override;
  void PostAfter(absl::Duration delay, Work work) override;
  bool stopping() const override;

  // Wakes the sleepers. The loop goes on, so that sockets can be closed in order.
  void Stop();

  // For the loop's own thread.
  struct ev_loop* loop();

 private:
  struct Watchers;
  struct Timer;

  void Run();
  void RunPosted();
  void RunTimers();
  void StartTimer(absl::Duration delay, Work work);

  const std::unique_ptr<Watchers> watchers_;
  std::list<Timer> timers_;  // the thread's own

  mutable absl::Mutex mutex_;
  std::vector<Work> posted_ ABSL_GUARDED_BY(mutex_);
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  bool ending_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace jiebang::store::redis

#endif  // JIEBANG_COMMON_STORE_REDIS_EVENT_LOOP_H_
