// How many calls a service has under way at once: as many as it answers in the time that is aimed at, found by
// measuring.
//
// Little's law: calls under way = answers a second x time of an answer. So with the answers a second of a moment ago,
// limit x target / time is the number of calls that would have taken `target` each. That is the next limit, step by
// step; it needs no number that somebody has to know of a machine or a disk, and it follows both when they slow down.
#ifndef JIEBANG_SERVICES_GATEWAY_ADMISSION_LOAD_LIMIT_H_
#define JIEBANG_SERVICES_GATEWAY_ADMISSION_LOAD_LIMIT_H_

#include <array>

#include "absl/time/time.h"
#include "services/gateway/admission/urgency.h"

namespace jiebang::gateway {

struct LoadLimitOptions {
  int least = 32;
  int most = 192;                                   // as `least`: a limit that does not move
  absl::Duration target = absl::Milliseconds(250);  // the mean time of an answer
};

// Not thread-safe.
class LoadLimit {
 public:
  explicit LoadLimit(const LoadLimitOptions& options) : options_(options), limit_(options.most) {}

  // True: the call is under way until Leave. False: there is no room for calls of this urgency, of which reads may take
  // half of the limit, changes three quarters and decisions all; so each is refused only when all that is less urgent
  // is.
  bool Enter(Urgency urgency);
  void Leave() { --under_way_; }

  // A call that is under way was answered by its service, which took so long.
  void Answered(Urgency urgency, absl::Duration took, absl::Time now);

  // The mean time of an answer to calls of this urgency, of late and while calls wait for each other; otherwise zero: a
  // call that is slow by itself says nothing about the next one.
  absl::Duration UsualTime(Urgency urgency, absl::Time now) const;

  int limit() const { return static_cast<int>(limit_); }
  int under_way() const { return under_way_; }

 private:
  struct Answers {
    int number = 0;
    absl::Duration time;
  };

  void NextWindow(absl::Time now);

  const LoadLimitOptions options_;
  double limit_;
  int under_way_ = 0;
  // Of the window that is going on.
  absl::Time begin_ = absl::InfinitePast();
  int most_under_way_ = 0;
  Answers all_;
  std::array<Answers, kUrgencies> answers_;
  // Of the one before.
  std::array<absl::Duration, kUrgencies> usual_ = {};
};

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_ADMISSION_LOAD_LIMIT_H_
