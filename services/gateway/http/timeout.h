// How long a caller wants to wait, as the protocols write it.
#ifndef JIEBANG_SERVICES_GATEWAY_HTTP_TIMEOUT_H_
#define JIEBANG_SERVICES_GATEWAY_HTTP_TIMEOUT_H_

#include <optional>
#include <string_view>

#include "absl/time/time.h"

namespace jiebang::gateway {

// Connect-Timeout-Ms: at most 10 digits. nullopt: it is none.
std::optional<absl::Duration> ParseConnectTimeout(std::string_view text);

// grpc-timeout: at most 8 digits and one of H, M, S, m, u, n. nullopt: it is none.
std::optional<absl::Duration> ParseGrpcTimeout(std::string_view text);

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_HTTP_TIMEOUT_H_
