// The time as a service sees it: of the system, of a rehearsal that runs through a programme's calendar, or of a test.
#ifndef JIEBANG_COMMON_CLOCK_CLOCK_H_
#define JIEBANG_COMMON_CLOCK_CLOCK_H_

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"

namespace jiebang {

// Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual absl::Time Now() const = 0;
};

class SystemClock : public Clock {
 public:
  absl::Time Now() const override;
};

// Starts where it is told, runs on at the usual speed, and can be set forward. It never goes back, not even when the
// system's clock does: what was decided at one time must not be decided again at an earlier one.
class RehearsalClock : public Clock {
 public:
  explicit RehearsalClock(absl::Time start);

  absl::Time Now() const override;

  // Sets the clock to `time`. INVALID_ARGUMENT: CLOCK_BACKWARD when that lies before its time, CLOCK_TIME_INFINITE when
  // it is no date.
  absl::Status AdvanceTo(absl::Time time);

 private:
  mutable absl::Mutex mutex_;
  absl::Time set_to_ ABSL_GUARDED_BY(mutex_);
  absl::Duration set_at_ ABSL_GUARDED_BY(mutex_);  // on the steady clock
};

// Stands still until a test moves it, in either direction.
class FixedClock : public Clock {
 public:
  explicit FixedClock(absl::Time time);

  absl::Time Now() const override;
  void Set(absl::Time time);
  void Advance(absl::Duration by);

 private:
  mutable absl::Mutex mutex_;
  absl::Time time_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace jiebang

#endif  // JIEBANG_COMMON_CLOCK_CLOCK_H_
