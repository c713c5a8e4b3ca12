#include "services/application/domain/rules/indicators.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace jiebang::application::rules {
namespace {

using absl::StrCat;

// A decimal number in millionths, as far as the contract's pattern reaches (12 digits before the point, 6 after it).
std::optional<std::int64_t> Millionths(std::string_view text) {
  const bool is_negative = text.starts_with('-');
  if (is_negative) text.remove_prefix(1);
  const std::size_t point = std::min(text.find('.'), text.size());
  const std::size_t decimals = point == text.size() ? 0 : text.size() - point - 1;
  if (point == 0 || point > 12 || decimals > 6) return std::nullopt;
  std::int64_t number = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i == point) continue;
    if (!absl::ascii_isdigit(static_cast<unsigned char>(text[i]))) return std::nullopt;
    number = number * 10 + (text[i] - '0');
  }
  for (std::size_t i = decimals; i < 6; ++i) number *= 10;
  return is_negative ? -number : number;
}

// Empty, or too long to compare, bounds nothing.
bool IsPlausible(const programme::v1::Indicator& indicator, const std::string& text) {
  const auto value = Millionths(text);
  if (!value.has_value()) return true;
  const auto least = Millionths(indicator.plausible_least());
  const auto most = Millionths(indicator.plausible_most());
  return (!least.has_value() || *value >= *least) && (!most.has_value() || *value <= *most);
}

std::string RangeOf(const programme::v1::Indicator& indicator) {
  return StrCat("[", indicator.plausible_least().empty() ? "-∞" : indicator.plausible_least(), ", ",
                indicator.plausible_most().empty() ? "+∞" : indicator.plausible_most(), "]");
}

class Report {
 public:
  Report(const programme::v1::IndicatorReport& rule, const Case& a_case) : rule_(rule), a_case_(a_case) {}

  Breaches Check(const programme::v1::IndicatorList& list) {
    int reported = 0;
    for (const auto& group : list.groups()) {
      for (const auto& indicator : group.indicators()) reported += CheckOne(indicator);
    }
    if (reported < rule_.least_reported()) {
      breaches_.push_back(
          {.field = "indicators",
           .zh = StrCat("填报", reported, "项指标，至少需要", rule_.least_reported(), "项"),
           .en = StrCat(reported, " indicator(s) have a value; at least ", rule_.least_reported(), " are needed.")});
    }
    return std::move(breaches_);
  }

 private:
  // True if the application gives a value of it.
  bool CheckOne(const programme::v1::Indicator& indicator) {
    const auto& entries = a_case_.application.indicators();
    for (int i = 0; i < entries.size(); ++i) {
      if (entries[i].indicator() != indicator.id()) continue;
      const std::string path = StrCat("indicators[", i, "]");
      if (rule_.baseline_required())
        CheckGiven(indicator, entries[i].baseline(), path + ".baseline", "基准值", "baseline");
      if (rule_.target_required()) CheckGiven(indicator, entries[i].value(), path + ".value", "目标值", "value");
      CheckPlausible(indicator, entries[i].baseline(), path + ".baseline");
      CheckPlausible(indicator, entries[i].value(), path + ".value");
      return !entries[i].value().empty();
    }
    return false;
  }

  void CheckGiven(const programme::v1::Indicator& indicator, const std::string& text, std::string path,
                  const char* what_zh, const char* what_en) {
    if (!text.empty()) return;
    breaches_.push_back({.field = std::move(path),
                         .zh = StrCat("指标“", indicator.name().zh(), "”缺少", what_zh),
                         .en = StrCat("The indicator \"", indicator.name().en(), "\" has no ", what_en, ".")});
  }

  void CheckPlausible(const programme::v1::Indicator& indicator, const std::string& text, std::string path) {
    if (IsPlausible(indicator, text)) return;
    const std::string range = RangeOf(indicator);
    breaches_.push_back({.field = std::move(path),
                         .zh = StrCat("指标“", indicator.name().zh(), "”的值", text, indicator.unit(), "不在合理范围",
                                      range, "之内，须说明"),
                         .en = StrCat("The value ", text, " ", indicator.unit(), " of \"", indicator.name().en(),
                                      "\" is outside of the plausible range ", range, " and has to be explained."),
                         .is_in_principle = true});
  }

  const programme::v1::IndicatorReport& rule_;
  const Case& a_case_;
  Breaches breaches_;
};

}  // namespace

Breaches CheckIndicators(const programme::v1::IndicatorReport& rule, const Case& a_case) {
  const programme::v1::IndicatorList* list = a_case.programme.FindIndicatorList(rule.list());
  if (list == nullptr) return {};  // the loader lets none through
  return Report(rule, a_case).Check(*list);
}

}  // namespace jiebang::application::rules
