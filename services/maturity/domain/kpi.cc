#include "services/maturity/domain/kpi.h"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/civil_time.h"
#include "common/clock/timestamp.h"
#include "common/programme/calendar.h"
#include "services/maturity/domain/decimal.h"
#include "services/maturity/domain/insight_errors.h"

namespace jiebang::maturity {
namespace {

using programme::v1::Indicator;

bool IsPlausible(const Indicator& indicator, std::int64_t value) {
  const std::optional<std::int64_t> least = TenThousandthsOf(indicator.plausible_least());
  const std::optional<std::int64_t> most = TenThousandthsOf(indicator.plausible_most());
  return (!least || value >= *least) && (!most || value <= *most);
}

std::map<std::string, std::int64_t> FiguresOf(const v1::KpiReport& report) {
  std::map<std::string, std::int64_t> figures;
  for (const v1::KpiValue& value : report.values()) {
    if (const auto figure = TenThousandthsOf(value.value())) figures[value.indicator()] = *figure;
  }
  return figures;
}

// In per cent with two places, rounded half away from zero.
std::string RelativePercent(std::int64_t difference, std::int64_t baseline) {
  const __int128 size = baseline < 0 ? -baseline : baseline;
  const __int128 doubled = static_cast<__int128>(difference) * 2 * 10'000;
  const auto hundredths = static_cast<std::int64_t>((doubled + (doubled < 0 ? -size : size)) / (2 * size));
  const std::int64_t absolute = hundredths < 0 ? -hundredths : hundredths;
  return absl::StrFormat("%s%d.%02d", hundredths < 0 ? "-" : "", absolute / 100, absolute % 100);
}

v1::KpiChange::Trend TrendOf(const Indicator& indicator, std::int64_t difference) {
  if (difference == 0) return v1::KpiChange::TREND_SAME;
  const bool is_higher_better = indicator.direction() != programme::v1::DIRECTION_LOWER_IS_BETTER;
  return (difference > 0) == is_higher_better ? v1::KpiChange::TREND_BETTER : v1::KpiChange::TREND_WORSE;
}

v1::KpiChange ChangeOf(const Indicator& indicator, std::optional<std::int64_t> value,
                       std::optional<std::int64_t> baseline) {
  v1::KpiChange change;
  *change.mutable_indicator() = indicator;
  if (value) {
    change.set_value(DecimalOf(*value));
    change.set_implausible(!IsPlausible(indicator, *value));
  }
  if (baseline) change.set_baseline(DecimalOf(*baseline));
  if (!value || !baseline) return change;
  const std::int64_t difference = *value - *baseline;
  change.set_difference(DecimalOf(difference));
  if (*baseline != 0) change.set_relative_percent(RelativePercent(difference, *baseline));
  change.set_trend(TrendOf(indicator, difference));
  return change;
}

}  // namespace

const Indicator* FindIndicator(const IndicatorList& list, const std::string& id) {
  for (const programme::v1::IndicatorGroup& group : list.groups()) {
    for (const Indicator& indicator : group.indicators()) {
      if (indicator.id() == id) return &indicator;
    }
  }
  return nullptr;
}

absl::StatusOr<v1::KpiReport> Reported(const IndicatorList& list, const KpiReportName& name, const v1::KpiReport& asked,
                                       const v1::KpiReport* present, const v1::AssessmentObject& object,
                                       absl::Time now) {
  if (present != nullptr && present->indicator_list() != asked.indicator_list()) {
    return errors::IndicatorListsMixed(name.ToString(), present->indicator_list());
  }
  std::vector<FieldViolation> violations;
  if (name.year > absl::ToCivilYear(now, programme::Shanghai()).year()) {
    violations.push_back(errors::YearToCome("report.name", name.year));
  }
  std::set<std::string> seen;
  for (int i = 0; i < asked.values_size(); ++i) {
    const v1::KpiValue& value = asked.values(i);
    const std::string field = absl::StrCat("report.values[", i, "]");
    const Indicator* const indicator = FindIndicator(list, value.indicator());
    const std::optional<std::int64_t> figure = TenThousandthsOf(value.value());
    if (indicator == nullptr) {
      violations.push_back(errors::IndicatorUnknown(absl::StrCat(field, ".indicator"), value.indicator()));
    } else if (!seen.insert(value.indicator()).second) {
      violations.push_back(errors::IndicatorTwice(absl::StrCat(field, ".indicator"), value.indicator()));
    } else if (!figure) {
      violations.push_back(errors::FigureMalformed(absl::StrCat(field, ".value"), value.value()));
    } else if (!IsPlausible(*indicator, *figure) && value.note().empty()) {
      violations.push_back(errors::FigureImplausible(absl::StrCat(field, ".value"), value.value(),
                                                     indicator->plausible_least(), indicator->plausible_most()));
    }
  }
  if (!violations.empty()) return errors::KpiInvalid(std::move(violations));
  v1::KpiReport report;
  report.set_name(name.ToString());
  report.set_indicator_list(asked.indicator_list());
  *report.mutable_values() = asked.values();
  *report.mutable_update_time() = ToTimestamp(now);
  *report.mutable_object_at_saving() = object;
  return report;
}

std::vector<v1::KpiChange> ChangesOf(const IndicatorList& list, const v1::KpiReport& report,
                                     const v1::KpiReport* baseline) {
  const auto find = [](const std::map<std::string, std::int64_t>& figures, const std::string& id) {
    const auto found = figures.find(id);
    return found == figures.end() ? std::nullopt : std::make_optional(found->second);
  };
  const std::map<std::string, std::int64_t> now = FiguresOf(report);
  const std::map<std::string, std::int64_t> before =
      baseline == nullptr ? std::map<std::string, std::int64_t>() : FiguresOf(*baseline);
  std::vector<v1::KpiChange> changes;
  for (const programme::v1::IndicatorGroup& group : list.groups()) {
    for (const Indicator& indicator : group.indicators()) {
      changes.push_back(ChangeOf(indicator, find(now, indicator.id()), find(before, indicator.id())));
    }
  }
  return changes;
}

}  // namespace jiebang::maturity
