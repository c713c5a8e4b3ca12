// base64url without padding (RFC 4648, 5; RFC 7515, 2).
#ifndef JIEBANG_COMMON_TOKEN_BASE64URL_H_
#define JIEBANG_COMMON_TOKEN_BASE64URL_H_

#include <optional>
#include <string>
#include <string_view>

namespace jiebang::token {

std::string ToBase64Url(std::string_view bytes);

// nullopt for anything that ToBase64Url does not make: padding, white space, or bits set behind the end. So a token has
// one spelling.
std::optional<std::string> FromBase64Url(std::string_view text);

}  // namespace jiebang::token

#endif  // JIEBANG_COMMON_TOKEN_BASE64URL_H_
