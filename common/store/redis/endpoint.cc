#include "common/store/redis/endpoint.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace jiebang::store::redis {

std::string Endpoint::ToString() const { return host.empty() ? unix_socket : absl::StrCat(host, ":", port); }

std::optional<Endpoint> ParseEndpoint(absl::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == absl::string_view::npos || colon == 0) return std::nullopt;
  Endpoint endpoint{.host = std::string(text.substr(0, colon))};
  if (!absl::SimpleAtoi(text.substr(colon + 1), &endpoint.port)) return std::nullopt;
  if (endpoint.port < 1 || endpoint.port > 65'535) return std::nullopt;
  return endpoint;
}

}  // namespace jiebang::store::redis
