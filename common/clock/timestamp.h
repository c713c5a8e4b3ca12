// Between absl::Time and the contracts' timestamps, to the microsecond: finer digits would differ from what a client
// with microseconds gives back.
#ifndef JIEBANG_COMMON_CLOCK_TIMESTAMP_H_
#define JIEBANG_COMMON_CLOCK_TIMESTAMP_H_

#include <cstdint>

#include "absl/time/time.h"
#include "google/protobuf/timestamp.pb.h"

namespace jiebang {

inline google::protobuf::Timestamp ToTimestamp(absl::Time time) {
  const std::int64_t micros = absl::ToUnixMicros(time);
  const std::int64_t seconds = absl::ToUnixSeconds(time);
  google::protobuf::Timestamp timestamp;
  timestamp.set_seconds(seconds);
  timestamp.set_nanos(static_cast<std::int32_t>((micros - seconds * 1'000'000) * 1'000));
  return timestamp;
}

inline absl::Time FromTimestamp(const google::protobuf::Timestamp& timestamp) {
  return absl::FromUnixSeconds(timestamp.seconds()) + absl::Nanoseconds(timestamp.nanos());
}

}  // namespace jiebang

#endif  // JIEBANG_COMMON_CLOCK_TIMESTAMP_H_
