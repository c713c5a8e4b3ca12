#include "common/store/redis/event_loop.h"

#include <ev.h>
#include <signal.h>

#include <algorithm>
#include <utility>

namespace jiebang::store::redis {

struct EventLoop::Watchers {
  struct ev_loop* loop = ev_loop_new(EVFLAG_AUTO);
  ev_async wake_up;

  ~Watchers() { ev_loop_destroy(loop); }
};

struct EventLoop::Timer {
  ev_timer watcher;
  Work work;
  EventLoop* owner;
  std::list<Timer>::iterator self;
};

EventLoop::EventLoop() : watchers_(std::make_unique<Watchers>()) {
  ev_async_init(&watchers_->wake_up,
                [](struct ev_loop* loop, ev_async*, int) { static_cast<EventLoop*>(ev_userdata(loop))->RunPosted(); });
  ev_set_userdata(watchers_->loop, this);
  ev_async_start(watchers_->loop, &watchers_->wake_up);
  thread_ = std::thread([this] { Run(); });
}

EventLoop::~EventLoop() {
  Stop();
  {
    absl::MutexLock lock(&mutex_);
    ending_ = true;
  }
  ev_async_send(watchers_->loop, &watchers_->wake_up);
  thread_.join();
}

void EventLoop::Post(Work work) {
  bool first = false;
  {
    absl::MutexLock lock(&mutex_);
    first = posted_.empty();
    posted_.push_back(std::move(work));
  }
  if (first) ev_async_send(watchers_->loop, &watchers_->wake_up);
}

void EventLoop::PostAfter(absl::Duration delay, Work work) {
  Post([this, delay, work = std::move(work)]() mutable { StartTimer(delay, std::move(work)); });
}

bool EventLoop::stopping() const {
  absl::MutexLock lock(&mutex_);
  return stopping_;
}

void EventLoop::Stop() {
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
  }
  Post([this] { RunTimers(); });
}

struct ev_loop* EventLoop::loop() {
  return watchers_->loop;
}

void EventLoop::Run() {
  // hiredis writes without MSG_NOSIGNAL; a server that is gone must not end us.
  sigset_t broken_pipe;
  sigemptyset(&broken_pipe);
  sigaddset(&broken_pipe, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &broken_pipe, nullptr);
  ev_run(watchers_->loop, 0);
}

// What is posted meanwhile has its own turn, after the sockets had theirs.
void EventLoop::RunPosted() {
  std::vector<Work> batch;
  {
    absl::MutexLock lock(&mutex_);
    batch.swap(posted_);
  }
  for (Work& work : batch) work();
  absl::MutexLock lock(&mutex_);
  if (ending_ && posted_.empty()) ev_break(watchers_->loop, EVBREAK_ALL);
}

void EventLoop::RunTimers() {
  while (!timers_.empty()) {
    Timer& timer = timers_.front();
    ev_timer_stop(watchers_->loop, &timer.watcher);
    Work work = std::move(timer.work);
    timers_.pop_front();
    work();
  }
}

void EventLoop::StartTimer(absl::Duration delay, Work work) {
  if (stopping()) return work();
  timers_.push_back({.work = std::move(work), .owner = this});
  Timer& timer = timers_.back();
  timer.self = std::prev(timers_.end());
  const auto fire = [](struct ev_loop*, ev_timer* watcher, int) {
    auto* const fired = static_cast<Timer*>(watcher->data);
    Work due = std::move(fired->work);
    fired->owner->timers_.erase(fired->self);
    due();
  };
  // The loop's own idea of now is as old as its last poll.
  ev_now_update(watchers_->loop);
  ev_timer_init(&timer.watcher, fire, std::max(absl::ToDoubleSeconds(delay), 0.0), 0.0);
  timer.watcher.data = &timer;
  ev_timer_start(watchers_->loop, &timer.watcher);
}

}  // namespace jiebang::store::redis
