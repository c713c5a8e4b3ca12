#include "services/gateway/door/refusals.h"

#include "absl/strings/str_cat.h"
#include "common/errors/error.h"

namespace jiebang::gateway {

absl::Status UnknownMethod(const std::string& path) {
  return Refusal{.code = absl::StatusCode::kUnimplemented,
                 .reason = "METHOD_UNKNOWN",
                 .en = absl::StrCat("there is no method ", path),
                 .zh = absl::StrCat("没有方法 ", path),
                 .metadata = {{"method", path}}}
      .ToStatus();
}

absl::Status Stopping() {
  return Refusal{.code = absl::StatusCode::kUnavailable,
                 .reason = "GATEWAY_STOPPING",
                 .en = "This gateway is stopping; call again, and another one answers.",
                 .zh = "网关正在停止，请稍后重试",
                 .retry_after = absl::Seconds(1)}
      .ToStatus();
}

}  // namespace jiebang::gateway
