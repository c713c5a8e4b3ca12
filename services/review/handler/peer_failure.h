// How the failure of another service looks to the callers of this one.
#ifndef JIEBANG_SERVICES_REVIEW_HANDLER_PEER_FAILURE_H_
#define JIEBANG_SERVICES_REVIEW_HANDLER_PEER_FAILURE_H_

#include "absl/status/status.h"

namespace jiebang::review {

// True when the peer did not refuse, but could not be asked: the same question may be answered later.
inline bool MaySucceedLater(const absl::Status& status) {
  return absl::IsUnavailable(status) || absl::IsDeadlineExceeded(status) || absl::IsCancelled(status) ||
         absl::IsResourceExhausted(status);
}

}  // namespace jiebang::review

#endif  // JIEBANG_SERVICES_REVIEW_HANDLER_PEER_FAILURE_H_
