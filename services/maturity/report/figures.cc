#include "services/maturity/report/figures.h"

#include <cstdint>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace jiebang::maturity {
namespace {

absl::TimeZone China() { return absl::FixedTimeZone(8 * 60 * 60); }

}  // namespace

double ToDouble(const v1::Fraction& fraction) {
  if (fraction.denominator() == 0) return 0;  // a fraction that was never set
  return static_cast<double>(fraction.numerator()) / static_cast<double>(fraction.denominator());
}

std::string Rounded(const v1::Fraction& fraction, int places) {
  std::int64_t scale = 1;
  for (int i = 0; i < places; ++i) scale *= 10;
  __int128 scaled = 0;
  if (fraction.denominator() > 0) {
    const __int128 denominator = fraction.denominator();
    scaled = (static_cast<__int128>(fraction.numerator()) * scale * 2 + denominator) / (denominator * 2);
  }
  const auto whole = static_cast<std::int64_t>(scaled / scale);
  if (places == 0) return absl::StrCat(whole);
  return absl::StrFormat("%d.%0*d", whole, places, static_cast<std::int64_t>(scaled % scale));
}

std::string Percent(const v1::Fraction& fraction) {
  v1::Fraction hundredfold = fraction;
  hundredfold.set_numerator(fraction.numerator() * 100);
  return absl::StrCat(Rounded(hundredfold, 2), "%");
}

std::string Exact(const v1::Fraction& fraction) {
  if (fraction.denominator() <= 1) return absl::StrCat(fraction.numerator());
  return absl::StrCat(fraction.numerator(), "/", fraction.denominator());
}

std::string Date(absl::Time time) { return absl::FormatTime("%Y-%m-%d", time, China()); }

std::string DateAndTime(absl::Time time) { return absl::FormatTime("%Y-%m-%d %H:%M", time, China()); }

std::string Iso8601(absl::Time time) { return absl::FormatTime("%Y-%m-%dT%H:%M:%S%Ez", time, China()); }

}  // namespace jiebang::maturity
