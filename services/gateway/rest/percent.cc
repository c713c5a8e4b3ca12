#include "services/gateway/rest/percent.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "common/field_limits/text.h"

namespace jiebang::gateway {
namespace {

bool IsHex(char c) { return absl::ascii_isxdigit(static_cast<unsigned char>(c)); }

int HexValue(char c) { return c <= '9' ? c - '0' : absl::ascii_tolower(static_cast<unsigned char>(c)) - 'a' + 10; }

}  // namespace

std::optional<std::string> DecodePercent(std::string_view text, Slashes slashes) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      decoded.push_back(text[i]);
      continue;
    }
    if (i + 2 >= text.size() || !IsHex(text[i + 1]) || !IsHex(text[i + 2])) return std::nullopt;
    const char byte = static_cast<char>(HexValue(text[i + 1]) * 16 + HexValue(text[i + 2]));
    if (byte == '/' && slashes == Slashes::kKeep) {
      decoded.append(text.substr(i, 3));
    } else {
      decoded.push_back(byte);
    }
    i += 2;
  }
  if (!field_limits::Examine(decoded).is_utf8) return std::nullopt;
  return decoded;
}

std::optional<std::string> DecodeQuery(std::string_view text) {
  std::string spaced(text);
  std::replace(spaced.begin(), spaced.end(), '+', ' ');
  return DecodePercent(spaced);
}

}  // namespace jiebang::gateway
