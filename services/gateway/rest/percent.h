// Percent-encoding (RFC 3986, 2.1) as google/api/http.proto reads it.
#ifndef JIEBANG_SERVICES_GATEWAY_REST_PERCENT_H_
#define JIEBANG_SERVICES_GATEWAY_REST_PERCENT_H_

#include <optional>
#include <string>
#include <string_view>

namespace jiebang::gateway {

enum class Slashes {
  kDecode,
  kKeep,  // "%2F" stays: a decoded slash could not be told from one between segments
};

// Nullopt where a % has no two hexadecimal digits behind it, or the result is no UTF-8.
std::optional<std::string> DecodePercent(std::string_view text, Slashes slashes = Slashes::kDecode);

// As DecodePercent, of a key or a value of a query, in which + is a space.
std::optional<std::string> DecodeQuery(std::string_view text);

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_REST_PERCENT_H_
