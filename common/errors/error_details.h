// The details of a refusal as protobuf messages. Apart from error.h, so that those who only refuse need no protobuf
// headers.
#ifndef JIEBANG_COMMON_ERRORS_ERROR_DETAILS_H_
#define JIEBANG_COMMON_ERRORS_ERROR_DETAILS_H_

#include <optional>

#include "absl/status/status.h"
#include "google/rpc/status.pb.h"

namespace jiebang {

// What a refusal's status carries; nullopt when the status is no refusal.
std::optional<google::rpc::Status> DetailsOf(const absl::Status& status);

// A status as the answer to one item of a batch carries it: a refusal with its details, anything else as code and
// message.
google::rpc::Status ToItemError(const absl::Status& status);

// The one detail of this type, e.g. DetailOf<google::rpc::ErrorInfo>(*details); nullopt when there is none.
template <class Detail>
std::optional<Detail> DetailOf(const google::rpc::Status& details) {
  Detail detail;
  for (const google::protobuf::Any& any : details.details()) {
    if (any.Is<Detail>() && any.UnpackTo(&detail)) return detail;
  }
  return std::nullopt;
}

}  // namespace jiebang

#endif  // JIEBANG_COMMON_ERRORS_ERROR_DETAILS_H_
