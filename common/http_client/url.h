// Web addresses that we post to: the part of RFC 3986 that such an address needs.
#ifndef JIEBANG_COMMON_HTTP_CLIENT_URL_H_
#define JIEBANG_COMMON_HTTP_CLIENT_URL_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace jiebang::http {

// `https://example.cn:8443/hooks?x=1`. What can be read in two ways is refused.
struct Url {
  bool is_https = true;
  std::string host;  // a name in lower case, or an address; an IPv6 one without brackets
  std::uint16_t port = 443;
  std::string target;  // path and query, "/" at least

  // INVALID_ARGUMENT, with a message for a human: another scheme than http and https, a user, a fragment, a space,
  // control character or anything beyond ASCII, a backslash, a host that is no name and no address, a port out of 1 to
  // 65535.
  static absl::StatusOr<Url> Parse(std::string_view text);

  // As the header `Host` has it: with the port where it is not the scheme's own.
  std::string Authority() const;
};

}  // namespace jiebang::http

#endif  // JIEBANG_COMMON_HTTP_CLIENT_URL_H_
