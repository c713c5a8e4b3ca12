#include "common/programme/calendar.h"

#include <cstddef>

#include "absl/strings/ascii.h"

namespace jiebang::programme {
namespace {

// True if `text` is like `shape`, in which 0 stands for any digit and everything else for itself.
bool HasShape(std::string_view text, std::string_view shape) {
  if (text.size() != shape.size()) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    if (shape[i] == '0' ? !absl::ascii_isdigit(text[i]) : text[i] != shape[i]) return false;
  }
  return true;
}

// `digits` are known to be digits, and few.
int Number(std::string_view digits) {
  int number = 0;
  for (const char digit : digits) number = number * 10 + (digit - '0');
  return number;
}

}  // namespace

absl::TimeZone Shanghai() { return absl::FixedTimeZone(8 * 60 * 60); }

std::optional<absl::CivilDay> ParseDay(std::string_view text) {
  if (!HasShape(text, "0000-00-00")) return std::nullopt;
  const int year = Number(text.substr(0, 4));
  const int month = Number(text.substr(5, 2));
  const int day = Number(text.substr(8, 2));
  const absl::CivilDay civil(year, month, day);  // carries what does not exist over: 02-30 becomes 03-02
  if (civil.year() != year || civil.month() != month || civil.day() != day) return std::nullopt;
  return civil;
}

std::optional<absl::Duration> ParseLastTime(std::string_view text) {
  if (!HasShape(text, "00:00")) return std::nullopt;
  const int hour = Number(text.substr(0, 2));
  const int minute = Number(text.substr(3, 2));
  const int minutes = hour * 60 + minute;
  if (minute > 59 || minutes < 1 || minutes > 24 * 60) return std::nullopt;
  return absl::Minutes(minutes);
}

std::optional<absl::Time> EndOf(std::string_view last_day, std::string_view last_time) {
  const auto day = ParseDay(last_day);
  const auto time = last_time.empty() ? absl::Hours(24) : ParseLastTime(last_time);
  if (!day.has_value() || !time.has_value()) return std::nullopt;
  return absl::FromCivil(absl::CivilSecond(*day), Shanghai()) + *time;
}

}  // namespace jiebang::programme
