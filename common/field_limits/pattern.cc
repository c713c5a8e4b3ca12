#include "common/field_limits/pattern.h"

#include <limits>

#include "absl/strings/numbers.h"

namespace jiebang::field_limits {
namespace {

// Takes the number at the front of `text`; nullopt: there is none, or one that RE2 would not take.
std::optional<std::size_t> TakeNumber(std::string_view& text) {
  std::size_t digits = 0;
  while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9') ++digits;
  int number = 0;
  if (digits == 0 || !absl::SimpleAtoi(absl::string_view(text.data(), digits), &number) || number > 1000) {
    return std::nullopt;
  }
  text.remove_prefix(digits);
  return static_cast<std::size_t>(number);
}

// What stands between the brackets: characters and ranges that need no escape.
std::optional<std::bitset<128>> MembersOf(std::string_view inside) {
  std::bitset<128> members;
  if (inside.empty() || inside.front() == '^') return std::nullopt;
  for (std::size_t i = 0; i < inside.size(); ++i) {
    const auto first = static_cast<unsigned char>(inside[i]);
    if (first >= 128 || first == '\\' || first == '[') return std::nullopt;
    const bool is_range = i + 2 < inside.size() && inside[i + 1] == '-';
    const auto last = is_range ? static_cast<unsigned char>(inside[i + 2]) : first;
    if (last >= 128 || last < first || last == '\\' || last == '[') return std::nullopt;
    for (int member = first; member <= last; ++member) members.set(member);
    if (is_range) i += 2;
  }
  return members;
}

bool IsPrintable(const std::bitset<128>& members) {
  for (int character = 0; character < 128; ++character) {
    if (members[character] && (character < 0x20 || character == 0x7F)) return false;
  }
  return true;
}

}  // namespace

std::optional<RepeatedClass> RepeatedClass::Parse(std::string_view pattern) {
  const std::size_t end = pattern.find(']');
  if (!pattern.starts_with('[') || end == std::string_view::npos) return std::nullopt;
  const std::optional<std::bitset<128>> members = MembersOf(pattern.substr(1, end - 1));
  if (!members) return std::nullopt;
  RepeatedClass parsed{.members = *members, .least = 0, .most = std::numeric_limits<std::size_t>::max()};
  std::string_view times = pattern.substr(end + 1);
  if (times == "*") return parsed;
  if (times == "+") {
    parsed.least = 1;
    return parsed;
  }
  if (!times.starts_with('{')) return std::nullopt;
  times.remove_prefix(1);
  const std::optional<std::size_t> least = TakeNumber(times);
  if (!least) return std::nullopt;
  parsed.least = parsed.most = *least;
  if (times.starts_with(',')) {
    times.remove_prefix(1);
    const std::optional<std::size_t> most = TakeNumber(times);
    if (!most) return std::nullopt;
    parsed.most = *most;
  }
  return times == "}" && parsed.least <= parsed.most ? std::make_optional(parsed) : std::nullopt;
}

bool RepeatedClass::Matches(std::string_view text) const {
  if (text.size() < least || text.size() > most) return false;
  for (const char character : text) {
    const auto byte = static_cast<unsigned char>(character);
    if (byte >= 128 || !members[byte]) return false;
  }
  return true;
}

Pattern::Pattern(const std::string& pattern)
    : re2_(std::make_unique<const RE2>(pattern, RE2::Quiet)),
      repeated_class_(RepeatedClass::Parse(pattern)),
      is_printable_ascii_(repeated_class_ && IsPrintable(repeated_class_->members)) {}

}  // namespace jiebang::field_limits
