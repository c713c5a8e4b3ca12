// Days and times of day as programme files write them, always in Asia/Shanghai.
#ifndef JIEBANG_COMMON_PROGRAMME_CALENDAR_H_
#define JIEBANG_COMMON_PROGRAMME_CALENDAR_H_

#include <optional>
#include <string_view>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"

namespace jiebang::programme {

// China keeps UTC+8 in all of the country and has had no summer time since 1991, so no tz database is asked.
absl::TimeZone Shanghai();

// A day written "YYYY-MM-DD"; nothing where it is written otherwise or no such day exists.
std::optional<absl::CivilDay> ParseDay(std::string_view text);

// The last moment of something within a day, "00:01" to "24:00", counted from the start of the day.
std::optional<absl::Duration> ParseLastTime(std::string_view text);

// The first instant that is too late for a deadline on this day: `last_time` on it, or its end if `last_time` is empty.
// Nothing where either is malformed.
std::optional<absl::Time> EndOf(std::string_view last_day, std::string_view last_time);

}  // namespace jiebang::programme

#endif  // JIEBANG_COMMON_PROGRAMME_CALENDAR_H_
