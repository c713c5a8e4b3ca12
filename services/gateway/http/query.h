// The query of a target.
#ifndef JIEBANG_SERVICES_GATEWAY_HTTP_QUERY_H_
#define JIEBANG_SERVICES_GATEWAY_HTTP_QUERY_H_

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace jiebang::gateway {

// "a=1&b=%20" as its pairs in order, decoded; nullopt when a % is not followed by two hexadecimal digits.
std::optional<std::vector<std::pair<std::string, std::string>>> ParseQuery(std::string_view query);

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_HTTP_QUERY_H_
