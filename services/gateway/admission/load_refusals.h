// What a caller is told who was not let in because of load. Nothing of its call was begun, and each of these says when
// to come again. The waits are spread, so that those who were refused together do not come back together.
#ifndef JIEBANG_SERVICES_GATEWAY_ADMISSION_LOAD_REFUSALS_H_
#define JIEBANG_SERVICES_GATEWAY_ADMISSION_LOAD_REFUSALS_H_

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "services/gateway/admission/token_buckets.h"
#include "services/gateway/admission/urgency.h"

namespace jiebang::gateway {

// What the caller itself has too much of.
enum class Allowance { kCalls, kStreams };

// Not thread-safe.
class LoadRefusals {
 public:
  LoadRefusals();

  // UNAVAILABLE SUITE_OVERLOADED: the suite has more to do than it can. Made beforehand: in a storm there are many of
  // them, and each must cost less than a call.
  const absl::Status& Overloaded(Urgency urgency);

  // RESOURCE_EXHAUSTED RATE_EXCEEDED: the caller calls faster than it may. `wait`: until it may again.
  absl::Status TooFast(const std::string& caller, Urgency urgency, const Rate& rate, absl::Duration wait);

  // RESOURCE_EXHAUSTED CALLS_UNDER_WAY_EXCEEDED or STREAMS_OPEN_EXCEEDED: the caller has `most` at once already.
  absl::Status TooMany(Allowance allowance, const std::string& caller, int most);

  // RESOURCE_EXHAUSTED CREDENTIALS_FAILED_TOO_OFTEN: from this address came too many credentials that do not hold.
  absl::Status TooManyFailures(const std::string& address, absl::Duration wait);

  // DEADLINE_EXCEEDED DEADLINE_TOO_SHORT: the answer would come after the caller's deadline.
  absl::Status TooShort(absl::Duration left, absl::Duration usual);

 private:
  // Between a half and one and a half of `wait`.
  absl::Duration Spread(absl::Duration wait);
  std::uint32_t Random();

  std::array<std::vector<absl::Status>, kUrgencies> overloaded_;
  std::uint64_t random_state_;
};

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_ADMISSION_LOAD_REFUSALS_H_
