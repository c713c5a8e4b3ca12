#include "common/field_limits/text.h"

#include <cstdint>
#include <cstring>

namespace jiebang::field_limits {
namespace {

constexpr std::uint64_t kEveryByte = 0x0101010101010101;

// True when all eight bytes are printable ASCII: none has its high bit, is below 0x20 or is 0x7F. The third term
// borrows into the high bit of a byte below 0x20, the last one carries into that of 0x7F; false alarms are possible and
// only cost the slow way.
bool ArePrintable(std::uint64_t eight) {
  const std::uint64_t alarms = eight | (eight - kEveryByte * 0x20) | (eight + kEveryByte);
  return (alarms & (kEveryByte * 0x80)) == 0;
}

// How many words of eight printable characters follow.
std::size_t CountPrintableWords(const unsigned char* at, std::size_t left) {
  std::size_t words = 0;
  for (; left >= 8; left -= 8, at += 8, ++words) {
    std::uint64_t eight;
    std::memcpy(&eight, at, 8);
    if (!ArePrintable(eight)) break;
  }
  return words;
}

bool IsContinuation(unsigned char byte) { return (byte & 0xC0) == 0x80; }

// The number of bytes of the character that starts here with a byte >= 0x80; 0 when it is none. Table 3-7 of the
// Unicode standard.
std::size_t LengthOfCharacter(const unsigned char* at, std::size_t left) {
  const unsigned char lead = at[0];
  if (lead >= 0xC2 && lead <= 0xDF) return left >= 2 && IsContinuation(at[1]) ? 2 : 0;
  if (lead >= 0xE0 && lead <= 0xEF) {
    if (left < 3 || !IsContinuation(at[1]) || !IsContinuation(at[2])) return 0;
    if (lead == 0xE0 && at[1] < 0xA0) return 0;  // longer than it needs to be
    if (lead == 0xED && at[1] > 0x9F) return 0;  // a surrogate
    return 3;
  }
  if (lead >= 0xF0 && lead <= 0xF4) {
    if (left < 4 || !IsContinuation(at[1]) || !IsContinuation(at[2]) || !IsContinuation(at[3])) return 0;
    if (lead == 0xF0 && at[1] < 0x90) return 0;  // longer than it needs to be
    if (lead == 0xF4 && at[1] > 0x8F) return 0;  // beyond U+10FFFF
    return 4;
  }
  return 0;
}

// A character of three bytes whose first byte needs no look at the second one's range: nearly all that is written in
// Chinese.
bool IsPlainThreeBytes(const unsigned char* at) {
  return (at[0] & 0xF0) == 0xE0 && at[0] != 0xE0 && at[0] != 0xED && IsContinuation(at[1]) && IsContinuation(at[2]);
}

bool IsAsciiControl(unsigned char byte) {
  return (byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') || byte == 0x7F;
}

}  // namespace

Text Examine(std::string_view text) {
  Text result;
  const auto* at = reinterpret_cast<const unsigned char*>(text.data());
  std::size_t left = text.size();
  while (left > 0) {
    std::size_t length = 1;
    if (at[0] < 0x80) {
      if (const std::size_t words = CountPrintableWords(at, left); words > 0) {
        at += 8 * words;
        left -= 8 * words;
        result.characters += 8 * words;
        continue;
      }
      if (IsAsciiControl(at[0])) result.has_control_character = true;
    } else if (left >= 3 && IsPlainThreeBytes(at)) {
      length = 3;
    } else {
      length = LengthOfCharacter(at, left);
      if (length == 0) {
        result.is_utf8 = false;
        return result;
      }
      if (at[0] == 0xC2 && at[1] < 0xA0) result.has_control_character = true;  // U+0080 to U+009F
    }
    at += length;
    left -= length;
    ++result.characters;
  }
  return result;
}

}  // namespace jiebang::field_limits
