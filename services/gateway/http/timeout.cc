#include "services/gateway/http/timeout.h"

#include <algorithm>
#include <cstdint>

namespace jiebang::gateway {
namespace {

std::optional<std::int64_t> Digits(std::string_view text, std::size_t max_digits) {
  if (text.empty() || text.size() > max_digits) return std::nullopt;
  std::int64_t value = 0;
  for (const char digit : text) {
    if (digit < '0' || digit > '9') return std::nullopt;
    value = 10 * value + (digit - '0');
  }
  return value;
}

std::optional<absl::Duration> GrpcUnit(char unit) {
  switch (unit) {
    case 'H':
      return absl::Hours(1);
    case 'M':
      return absl::Minutes(1);
    case 'S':
      return absl::Seconds(1);
    case 'm':
      return absl::Milliseconds(1);
    case 'u':
      return absl::Microseconds(1);
    case 'n':
      return absl::Nanoseconds(1);
    default:
      return std::nullopt;
  }
}

}  // namespace

std::optional<absl::Duration> ParseConnectTimeout(std::string_view text) {
  const std::optional<std::int64_t> milliseconds = Digits(text, 10);
  if (!milliseconds) return std::nullopt;
  return absl::Milliseconds(*milliseconds);
}

std::optional<absl::Duration> ParseGrpcTimeout(std::string_view text) {
  if (text.empty()) return std::nullopt;
  const std::optional<absl::Duration> unit = GrpcUnit(text.back());
  const std::optional<std::int64_t> count = Digits(text.substr(0, text.size() - 1), 8);
  if (!unit || !count) return std::nullopt;
  return *count * *unit;
}

}  // namespace jiebang::gateway
