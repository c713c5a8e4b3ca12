#include "services/gateway/admission/token_buckets.h"

#include <algorithm>

namespace jiebang::gateway {
namespace {

// How long a bucket that is full again at `full` has no token for; not positive: it has one.
absl::Duration UntilToken(absl::Time full, const Rate& rate, absl::Time now) {
  return std::max(full, now) - now - absl::Seconds((rate.burst - 1) / rate.per_second);
}

}  // namespace

absl::Duration TokenBuckets::Take(absl::string_view name, const Rate& rate, absl::Time now) {
  auto found = by_name_.find(name);
  if (found == by_name_.end()) {
    if (latest_.size() >= most_) {
      by_name_.erase(latest_.back().name);
      latest_.pop_back();
    }
    latest_.push_front({std::string(name), now});
    found = by_name_.emplace(latest_.front().name, latest_.begin()).first;
  } else {
    latest_.splice(latest_.begin(), latest_, found->second);
  }
  Bucket& bucket = *found->second;
  const absl::Duration wait = UntilToken(bucket.full, rate, now);
  if (wait > absl::ZeroDuration()) return wait;
  bucket.full = std::max(bucket.full, now) + absl::Seconds(1 / rate.per_second);
  return absl::ZeroDuration();
}

absl::Duration TokenBuckets::Wait(absl::string_view name, const Rate& rate, absl::Time now) const {
  const auto found = by_name_.find(name);
  if (found == by_name_.end()) return absl::ZeroDuration();
  return std::max(UntilToken(found->second->full, rate, now), absl::ZeroDuration());
}

}  // namespace jiebang::gateway
