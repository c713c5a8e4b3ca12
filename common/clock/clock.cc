#include "common/clock/clock.h"

#include <chrono>

#include "absl/strings/str_cat.h"
#include "common/errors/error.h"

namespace jiebang {
namespace {

absl::Duration SteadyNow() { return absl::FromChrono(std::chrono::steady_clock::now().time_since_epoch()); }

}  // namespace

absl::Time SystemClock::Now() const { return absl::Now(); }

RehearsalClock::RehearsalClock(absl::Time start) : set_to_(start), set_at_(SteadyNow()) {}

absl::Time RehearsalClock::Now() const {
  absl::MutexLock lock(&mutex_);
  return set_to_ + (SteadyNow() - set_at_);
}

absl::Status RehearsalClock::AdvanceTo(absl::Time time) {
  if (time == absl::InfiniteFuture()) {
    return MalformedField("to", "The clock can only be set to a date.", "时钟只能调到某一日期", "CLOCK_TIME_INFINITE");
  }
  absl::MutexLock lock(&mutex_);
  const absl::Duration steady_now = SteadyNow();
  const absl::Time now = set_to_ + (steady_now - set_at_);
  if (time < now) {
    return MalformedField("to", absl::StrCat("The clock never goes back; it is ", absl::FormatTime(now), "."),
                          absl::StrCat("时钟不能倒退；现在是 ", absl::FormatTime(now)), "CLOCK_BACKWARD");
  }
  set_to_ = time;
  set_at_ = steady_now;
  return absl::OkStatus();
}

FixedClock::FixedClock(absl::Time time) : time_(time) {}

absl::Time FixedClock::Now() const {
  absl::MutexLock lock(&mutex_);
  return time_;
}

void FixedClock::Set(absl::Time time) {
  absl::MutexLock lock(&mutex_);
  time_ = time;
}

void FixedClock::Advance(absl::Duration by) {
  absl::MutexLock lock(&mutex_);
  time_ += by;
}

}  // namespace jiebang
