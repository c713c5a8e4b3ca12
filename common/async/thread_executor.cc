#include "common/async/thread_executor.h"

#include <algorithm>

namespace jiebang {

ThreadExecutor::ThreadExecutor() : thread_([this] { Run(); }) {}

ThreadExecutor::~ThreadExecutor() {
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
  }
  thread_.join();
}

void ThreadExecutor::Post(Work work) {
  absl::MutexLock lock(&mutex_);
  posted_.push_back(std::move(work));
}

void ThreadExecutor::PostAfter(absl::Duration delay, Work work) {
  absl::MutexLock lock(&mutex_);
  timers_.emplace(absl::Now() + delay, std::move(work));
}

bool ThreadExecutor::stopping() const {
  absl::MutexLock lock(&mutex_);
  return stopping_;
}

bool ThreadExecutor::Finished() const { return stopping_ && tasks() == 0; }

void ThreadExecutor::Run() {
  while (true) {
    std::vector<Work> due;
    {
      absl::MutexLock lock(&mutex_);
      const auto ready = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return !posted_.empty() || Finished(); };
      if (timers_.empty()) {
        mutex_.Await(absl::Condition(&ready));
      } else {
        // A timer that is added meanwhile and is due earlier may fire late by at most this bound.
        const absl::Time bound = std::min(timers_.begin()->first, absl::Now() + absl::Milliseconds(10));
        if (!stopping_) mutex_.AwaitWithDeadline(absl::Condition(&ready), bound);
      }
      due.swap(posted_);
      const absl::Time now = stopping_ ? absl::InfiniteFuture() : absl::Now();
      while (!timers_.empty() && timers_.begin()->first <= now) {
        due.push_back(std::move(timers_.begin()->second));
        timers_.erase(timers_.begin());
      }
      if (due.empty() && Finished()) return;
    }
    for (Work& work : due) work();
  }
}

}  // namespace jiebang
