// Times in messages.
#ifndef JIEBANG_SERVICES_QUOTA_DOMAIN_TIMESTAMP_H_
#define JIEBANG_SERVICES_QUOTA_DOMAIN_TIMESTAMP_H_

#include "absl/time/time.h"
#include "google/protobuf/timestamp.pb.h"

namespace jiebang::quota {

inline google::protobuf::Timestamp ToTimestamp(absl::Time time) {
  const absl::Time second = absl::FromUnixSeconds(absl::ToUnixSeconds(time));
  google::protobuf::Timestamp timestamp;
  timestamp.set_seconds(absl::ToUnixSeconds(second));
  timestamp.set_nanos(static_cast<int>((time - second) / absl::Nanoseconds(1)));
  return timestamp;
}

}  // namespace jiebang::quota

#endif  // JIEBANG_SERVICES_QUOTA_DOMAIN_TIMESTAMP_H_
