// SHA-256, and SM3 (GB/T 32905), the hash of the other suite; HMAC (RFC 2104) with both.
#ifndef JIEBANG_COMMON_TOKEN_DIGEST_H_
#define JIEBANG_COMMON_TOKEN_DIGEST_H_

#include <string>
#include <string_view>

namespace jiebang::token {

inline constexpr std::size_t kDigestBytes = 32;

// 32 bytes.
std::string Sha256(std::string_view text);

// 32 bytes.
std::string Sm3(std::string_view text);

// 64 lower-case hexadecimal digits.
std::string Sha256Hex(std::string_view text);

// 32 bytes.
std::string HmacSha256(std::string_view key, std::string_view text);

// 32 bytes.
std::string HmacSm3(std::string_view key, std::string_view text);

// Compares without telling by its duration where the difference is.
bool EqualInConstantTime(std::string_view a, std::string_view b);

}  // namespace jiebang::token

#endif  // JIEBANG_COMMON_TOKEN_DIGEST_H_
