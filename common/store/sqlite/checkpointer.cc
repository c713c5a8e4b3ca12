#include "common/store/sqlite/checkpointer.h"

#include <utility>

namespace jiebang::store::sqlite {
namespace {

// 16 MiB: fewer, longer check-points than SQLite's default of 1000.
constexpr int kLogPages = 4'000;

}  // namespace

Checkpointer::Checkpointer(Database database) : database_(std::move(database)), thread_([this] { Run(); }) {}

Checkpointer::~Checkpointer() {
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
  }
  thread_.join();
}

bool Checkpointer::Committed(int log_pages) {
  absl::MutexLock lock(&mutex_);
  if (state_ == State::kAsked) return false;
  const bool is_long = log_pages >= kLogPages;
  const bool finish = is_long && state_ == State::kDone;
  state_ = is_long && !finish ? State::kAsked : State::kIdle;
  return finish;
}

void Checkpointer::Run() {
  while (WaitUntilAsked()) {
    // The second one takes what was written during the first, which took longest. What fails here is tried again soon,
    // and a log that cannot be emptied says so when it cannot grow.
    database_.Checkpoint().IgnoreError();
    database_.Checkpoint().IgnoreError();
    absl::MutexLock lock(&mutex_);
    state_ = State::kDone;
  }
}

bool Checkpointer::WaitUntilAsked() {
  absl::MutexLock lock(&mutex_);
  const auto ready = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return stopping_ || state_ == State::kAsked; };
  mutex_.Await(absl::Condition(&ready));
  return !stopping_;
}

}  // namespace jiebang::store::sqlite
