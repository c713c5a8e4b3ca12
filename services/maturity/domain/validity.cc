#include "services/maturity/domain/validity.h"

#include <algorithm>

#include "absl/time/civil_time.h"
#include "common/programme/calendar.h"

namespace jiebang::maturity {

bool IsRecent(absl::Time submitted, int months, absl::Time now) {
  if (months == 0) return true;
  const absl::TimeZone shanghai = programme::Shanghai();
  const absl::CivilDay day = absl::ToCivilDay(submitted, shanghai);
  const absl::CivilMonth month = absl::CivilMonth(day) + months;
  const absl::CivilDay last_of_month = absl::CivilDay(month + 1) - 1;
  const absl::CivilDay last_day(month.year(), month.month(), std::min(day.day(), last_of_month.day()));
  return now < absl::FromCivil(last_day + 1, shanghai);
}

}  // namespace jiebang::maturity
