#include "services/maturity/domain/decimal.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace jiebang::maturity {
namespace {

bool AreDigits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::optional<std::int64_t> TenThousandthsOf(std::string_view decimal) {
  const bool is_negative = decimal.starts_with('-');
  if (is_negative) decimal.remove_prefix(1);
  const std::size_t point = decimal.find('.');
  const std::string_view whole = decimal.substr(0, point);
  const std::string_view places = point == std::string_view::npos ? "" : decimal.substr(point + 1);
  if (whole.empty() || whole.size() > 10 || places.size() > 4 || !AreDigits(whole) || !AreDigits(places)) {
    return std::nullopt;
  }
  if (point != std::string_view::npos && places.empty()) return std::nullopt;
  std::int64_t value = 0;
  for (const char digit : whole) value = value * 10 + (digit - '0');
  for (std::size_t i = 0; i < 4; ++i) value = value * 10 + (i < places.size() ? places[i] - '0' : 0);
  return is_negative ? -value : value;
}

std::string FourPlaces(std::int64_t ten_thousandths) {
  const std::int64_t size = ten_thousandths < 0 ? -ten_thousandths : ten_thousandths;
  // 10'000 more stand for a 1 that keeps the places' leading zeros, and give way to the point.
  std::string text =
      absl::StrCat(ten_thousandths < 0 ? "-" : "", size / kTenThousand, size % kTenThousand + kTenThousand);
  text[text.size() - 5] = '.';
  return text;
}

std::string DecimalOf(std::int64_t ten_thousandths) {
  std::string text = FourPlaces(ten_thousandths);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

std::int64_t TenThousandthsOf(const Fraction& fraction) {
  return static_cast<std::int64_t>(static_cast<__int128>(fraction.numerator()) * kTenThousand / fraction.denominator());
}

}  // namespace jiebang::maturity
