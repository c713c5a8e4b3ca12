#include "services/quota/domain/retry_schedule.h"

#include <algorithm>
#include <cstdint>
#include <string>

#include "absl/strings/numbers.h"

namespace jiebang::quota {
namespace {

constexpr absl::Duration kLongestRetryAfter = absl::Hours(24);
constexpr double kLeast = 0.8;
constexpr double kSpread = 0.4;

}  // namespace

RetrySchedule RetrySchedule::Usual() {
  return RetrySchedule({absl::Seconds(5), absl::Seconds(30), absl::Minutes(2), absl::Minutes(10), absl::Hours(1),
                        absl::Hours(3), absl::Hours(6), absl::Hours(12)});
}

std::optional<absl::Duration> RetrySchedule::PauseAfter(int failed_attempts, double jitter,
                                                        absl::Duration retry_after) const {
  if (failed_attempts < 1 || static_cast<std::size_t>(failed_attempts) > pauses_.size()) return std::nullopt;
  const absl::Duration pause = pauses_[failed_attempts - 1] * (kLeast + kSpread * jitter);
  return std::max(pause, std::min(retry_after, kLongestRetryAfter));
}

absl::Duration RetryAfterOf(std::string_view header, absl::Time now) {
  const std::string text(header);
  std::uint32_t seconds = 0;
  if (absl::SimpleAtoi(text, &seconds)) return absl::Seconds(seconds);
  absl::Time date;
  std::string reason;
  if (!absl::ParseTime("%a, %d %b %Y %H:%M:%S GMT", text, &date, &reason)) return absl::ZeroDuration();
  return std::max(date - now, absl::ZeroDuration());
}

}  // namespace jiebang::quota
