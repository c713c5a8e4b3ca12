#include "services/maturity/report/plain_text.h"

#include <array>

#include "absl/strings/ascii.h"

namespace jiebang::maturity {
namespace {

constexpr std::array<std::string_view, 8> kSpaces = {" ", "\t", "\n", "\v", "\f", "\r", "\u3000", "\u00a0"};

// The size of the space that `text` begins or ends with; 0: none.
std::size_t SpaceAtStart(std::string_view text) {
  for (const std::string_view space : kSpaces) {
    if (text.starts_with(space)) return space.size();
  }
  return 0;
}

std::size_t SpaceAtEnd(std::string_view text) {
  for (const std::string_view space : kSpaces) {
    if (text.ends_with(space)) return space.size();
  }
  return 0;
}

// The ASCII character that U+FF01 to U+FF5E (EF BC 81 to EF BD 9E) is the full-width form of; 0: `text` begins with
// none.
char AsciiOfFullWidth(std::string_view text) {
  if (text.size() < 3 || text[0] != '\xEF') return 0;
  const int last = static_cast<unsigned char>(text[2]) & 0x3F;
  if (text[1] == '\xBC' && last >= 1) return static_cast<char>(0x20 + last);
  if (text[1] == '\xBD' && last <= 0x1E) return static_cast<char>(0x60 + last);
  return 0;
}

}  // namespace

std::string Plain(std::string_view text) {
  std::string plain;
  while (!text.empty()) {
    if (const std::size_t space = SpaceAtStart(text); space > 0) {
      text.remove_prefix(space);
      continue;
    }
    const char ascii = AsciiOfFullWidth(text);
    const char c = ascii != 0 ? ascii : text.front();
    text.remove_prefix(ascii != 0 ? 3 : 1);
    const bool dropped = std::string_view("_/()[]").find(c) != std::string_view::npos;
    if (!dropped) plain += absl::ascii_tolower(static_cast<unsigned char>(c));
  }
  return plain;
}

std::string_view Trimmed(std::string_view text) {
  while (const std::size_t space = SpaceAtStart(text)) text.remove_prefix(space);
  while (const std::size_t space = SpaceAtEnd(text)) text.remove_suffix(space);
  return text;
}

}  // namespace jiebang::maturity
