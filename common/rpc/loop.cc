#include "common/rpc/loop.h"

#include <chrono>
#include <utility>

#include "absl/time/clock.h"

namespace jiebang::rpc {

Loop::Loop(std::unique_ptr<grpc::CompletionQueue> queue) : queue_(std::move(queue)) {}

Loop::~Loop() {
  if (thread_.joinable()) {
    Join();
    return;
  }
  // Never ran: gRPC wants a queue shut down and drained before it is destroyed.
  queue_->Shutdown();
  void* tag = nullptr;
  bool ok = false;
  while (queue_->Next(&tag, &ok)) {
  }
}

void Loop::Run() {
  thread_ = std::thread([this] { Main(); });
}

void Loop::Start(Task<void> task) {
  Post([this, task = std::move(task)]() mutable { Spawn(*this, std::move(task)); });
}

void Loop::Stop() {
  stopping_ = true;
  Post([this] {
    for (const std::unique_ptr<Timer>& timer : timers_) timer->alarm.Cancel();
    // A watcher that is woken may end others.
    while (!stop_watchers_.empty()) stop_watchers_.extract(stop_watchers_.begin()).value()->Fire(false);
  });
}

void Loop::Join() {
  if (!thread_.joinable()) return;
  {
    // In one step: a loop that sees the one without the other shuts its queue down before it is woken, and gRPC aborts.
    absl::MutexLock lock(&mutex_);
    joining_ = true;
    PostLocked([] {});
  }
  thread_.join();
}

void Loop::Post(Work work) {
  absl::MutexLock lock(&mutex_);
  PostLocked(std::move(work));
}

void Loop::PostLocked(Work work) {
  posted_.push_back(std::move(work));
  // The loop's own thread drains the list after the event that it is in.
  if (alarm_set_ || std::this_thread::get_id() == thread_id_.load()) return;
  alarm_set_ = true;
  alarm_.Set(queue_.get(), gpr_now(GPR_CLOCK_MONOTONIC), &wake_);
}

void Loop::PostAfter(absl::Duration delay, Work work) {
  Post([this, delay, work = std::move(work)]() mutable {
    if (stopping()) return work();
    timers_.push_front(std::make_unique<Timer>());
    Timer& timer = *timers_.front();
    timer.loop = this;
    timer.work = std::move(work);
    timer.self = timers_.begin();
    timer.alarm.Set(queue_.get(), std::chrono::system_clock::now() + absl::ToChronoNanoseconds(delay), &timer);
  });
}

void Loop::Wake::Fire(bool /*ok*/) {
  absl::MutexLock lock(&loop.mutex_);
  loop.alarm_set_ = false;
}

void Loop::Timer::Fire(bool /*ok*/) {
  Work due = std::move(work);
  loop->timers_.erase(self);  // and with it this timer
  due();
}

void Loop::DrainPosted() {
  while (true) {
    std::vector<Work> due;
    {
      absl::MutexLock lock(&mutex_);
      if (posted_.empty()) return;
      due.swap(posted_);
    }
    for (Work& work : due) work();
  }
}

void Loop::Main() {
  thread_id_ = std::this_thread::get_id();
  void* tag = nullptr;
  bool ok = false;
  bool shut_down = false;
  while (queue_->Next(&tag, &ok)) {
    static_cast<Event*>(tag)->Fire(ok);
    if (shut_down) continue;
    DrainPosted();
    if (tasks() > 0) continue;
    // Nothing is left that could start an operation on the queue: an operation on a queue that was shut down aborts the
    // process.
    absl::MutexLock lock(&mutex_);
    if (!joining_ || !posted_.empty() || !timers_.empty()) continue;
    shut_down = true;
    queue_->Shutdown();
  }
}

}  // namespace jiebang::rpc
