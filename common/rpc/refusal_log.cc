#include "common/rpc/refusal_log.h"

#include "common/errors/error.h"

namespace jiebang::rpc {

bool IsRecorded(const absl::Status& status, bool has_side_effects) {
  switch (status.code()) {
    case absl::StatusCode::kPermissionDenied:
    case absl::StatusCode::kUnauthenticated:
      return true;
    case absl::StatusCode::kAborted:
    case absl::StatusCode::kAlreadyExists:
    case absl::StatusCode::kFailedPrecondition:
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kNotFound:
    case absl::StatusCode::kOutOfRange:
    case absl::StatusCode::kResourceExhausted: {
      if (!has_side_effects) return false;
      const std::string reason = ReasonOf(status);
      return !reason.empty() && reason != "CONCURRENT_CHANGE";
    }
    default:
      return false;
  }
}

}  // namespace jiebang::rpc
