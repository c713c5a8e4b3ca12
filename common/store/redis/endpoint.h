// Where a server listens.
#ifndef JIEBANG_COMMON_STORE_REDIS_ENDPOINT_H_
#define JIEBANG_COMMON_STORE_REDIS_ENDPOINT_H_

#include <compare>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace jiebang::store::redis {

struct Endpoint {
  std::string host;  // empty: unix_socket
  int port = 6379;
  std::string unix_socket;

  std::string ToString() const;

  friend auto operator<=>(const Endpoint&, const Endpoint&) = default;
};

// "host:port", as Redis writes it: of an IPv6 address the last colon parts the port. nullopt for anything else.
std::optional<Endpoint> ParseEndpoint(absl::string_view text);

}  // namespace jiebang::store::redis

#endif  // JIEBANG_COMMON_STORE_REDIS_ENDPOINT_H_
