#include "services/gateway/admission/load_limit.h"

#include <algorithm>

namespace jiebang::gateway {
namespace {

constexpr std::array<double, kUrgencies> kShare = {0.5, 0.75, 1.0};

// A window is long enough to say something and short enough to follow.
constexpr absl::Duration kShortestWindow = absl::Milliseconds(100);
constexpr absl::Duration kLongestWindow = absl::Seconds(1);
constexpr int kEnoughAnswers = 10;
// A window alone moves the limit no further: one check-point of a store is not the end of the world.
constexpr double kLargestCut = 0.7;
constexpr double kLargestRise = 1.2;

}  // namespace

bool LoadLimit::Enter(Urgency urgency) {
  if (under_way_ + 1 > limit_ * kShare[static_cast<std::size_t>(urgency)]) return false;
  most_under_way_ = std::max(most_under_way_, ++under_way_);
  return true;
}

void LoadLimit::Answered(Urgency urgency, absl::Duration took, absl::Time now) {
  if (begin_ == absl::InfinitePast()) begin_ = now;
  for (Answers* const answers : {&all_, &answers_[static_cast<std::size_t>(urgency)]}) {
    ++answers->number;
    answers->time += took;
  }
  const absl::Duration length = now - begin_;
  if (length >= kLongestWindow || (length >= kShortestWindow && all_.number >= kEnoughAnswers)) NextWindow(now);
}

void LoadLimit::NextWindow(absl::Time now) {
  // Where the limit was not half reached the calls did not wait for each other, and their time says nothing about it.
  const bool is_busy = 2 * most_under_way_ >= limit_;
  if (is_busy) {
    const double mean = std::max(absl::ToDoubleSeconds(all_.time / all_.number), 1e-6);
    limit_ *= std::clamp(absl::ToDoubleSeconds(options_.target) / mean, kLargestCut, kLargestRise);
    limit_ = std::clamp<double>(limit_, options_.least, options_.most);
  }
  for (std::size_t i = 0; i < kUrgencies; ++i) {
    usual_[i] = answers_[i].number == 0 || !is_busy ? absl::ZeroDuration() : answers_[i].time / answers_[i].number;
  }
  begin_ = now;
  most_under_way_ = under_way_;
  all_ = {};
  answers_ = {};
}

absl::Duration LoadLimit::UsualTime(Urgency urgency, absl::Time now) const {
  return now - begin_ > kLongestWindow ? absl::ZeroDuration() : usual_[static_cast<std::size_t>(urgency)];
}

}  // namespace jiebang::gateway
