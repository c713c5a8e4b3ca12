// When a delivery that failed is tried again.
#ifndef JIEBANG_SERVICES_QUOTA_DOMAIN_RETRY_SCHEDULE_H_
#define JIEBANG_SERVICES_QUOTA_DOMAIN_RETRY_SCHEDULE_H_

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/time/time.h"

namespace jiebang::quota {

class RetrySchedule {
 public:
  // The pauses after the first, second, ... failure; the attempt after the last pause is the last.
  explicit RetrySchedule(std::vector<absl::Duration> pauses) : pauses_(std::move(pauses)) {}

  // 5 s, 30 s, 2 min, 10 min, 1 h, 3 h, 6 h, 12 h: about 22 hours, so that a receiver may be away for a night.
  static RetrySchedule Usual();

  // How long to wait after so many failed attempts; nullopt: that was the last one. Between 80 % and 120 % of the
  // schedule by `jitter` (0 to 1), so that what failed together does not come back together; never sooner than the
  // receiver asked for (at most a day).
  std::optional<absl::Duration> PauseAfter(int failed_attempts, double jitter, absl::Duration retry_after) const;

 private:
  std::vector<absl::Duration> pauses_;
};

// The header Retry-After (RFC 9110, 10.2.3): seconds or a date; zero for none and for nonsense.
absl::Duration RetryAfterOf(std::string_view header, absl::Time now);

}  // namespace jiebang::quota

#endif  // JIEBANG_SERVICES_QUOTA_DOMAIN_RETRY_SCHEDULE_H_
