#include "services/gateway/http/retry_after.h"

#include <algorithm>
#include <cstdint>
#include <optional>

#include "absl/strings/str_cat.h"
#include "common/errors/error_details.h"
#include "google/rpc/error_details.pb.h"

namespace jiebang::gateway {

void AddRetryAfter(const google::rpc::Status& details, http::Response& response) {
  const std::optional<google::rpc::RetryInfo> retry = DetailOf<google::rpc::RetryInfo>(details);
  if (!retry) return;
  const std::int64_t seconds = retry->retry_delay().seconds() + (retry->retry_delay().nanos() > 0 ? 1 : 0);
  response.headers.emplace_back("Retry-After", absl::StrCat(std::max<std::int64_t>(seconds, 1)));
}

}  // namespace jiebang::gateway
