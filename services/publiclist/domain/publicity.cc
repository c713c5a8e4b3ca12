#include "services/publiclist/domain/publicity.h"

#include "absl/time/civil_time.h"
#include "common/programme/calendar.h"

namespace jiebang::publiclist {
namespace {

bool Counts(programme::v1::DayKind kind, absl::CivilDay day) {
  if (kind != programme::v1::DAY_KIND_WORKING) return true;
  const absl::Weekday weekday = absl::GetWeekday(day);
  return weekday != absl::Weekday::saturday && weekday != absl::Weekday::sunday;
}

}  // namespace

absl::Time PublicityEnd(const programme::v1::Publicity& publicity, absl::Time opened) {
  absl::CivilDay day = absl::ToCivilDay(opened, programme::Shanghai());
  for (int counted = 0; counted < publicity.days();) {
    ++day;
    if (Counts(publicity.day_kind(), day)) ++counted;
  }
  return absl::FromCivil(day + 1, programme::Shanghai());
}

std::optional<absl::Time> ValidUntil(const programme::v1::Title& title, absl::Time granted) {
  if (title.years_valid() == 0) return std::nullopt;
  const absl::CivilDay day = absl::ToCivilDay(granted, programme::Shanghai());
  return absl::FromCivil(absl::CivilDay(day.year() + title.years_valid(), day.month(), day.day()),
                         programme::Shanghai());
}

}  // namespace jiebang::publiclist
