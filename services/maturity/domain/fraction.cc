#include "services/maturity/domain/fraction.h"

#include <cstdio>
#include <cstdlib>
#include <limits>
#include <numeric>

#include "services/maturity/domain/decimal.h"

namespace jiebang::maturity {
namespace {

using Wide = __int128;

constexpr Wide kMost = std::numeric_limits<std::int64_t>::max() / 2;

Wide GreatestCommonDivisor(Wide a, Wide b) {
  while (b != 0) {
    const Wide rest = a % b;
    a = b;
    b = rest;
  }
  return a < 0 ? -a : a;
}

// The fraction in lowest terms. Sums and products of two fractions of 63 bits fit 127.
Fraction Reduced(Wide numerator, Wide denominator) {
  if (-kMost <= numerator && numerator <= kMost && denominator <= kMost) {
    return Fraction(static_cast<std::int64_t>(numerator), static_cast<std::int64_t>(denominator));
  }
  const Wide divisor = GreatestCommonDivisor(numerator, denominator);
  numerator /= divisor;
  denominator /= divisor;
  if (numerator > kMost || numerator < -kMost || denominator > kMost) {
    std::fprintf(stderr, "a fraction has left its 63 bits: the check of denominators has let a model through\n");
    std::abort();
  }
  return Fraction(static_cast<std::int64_t>(numerator), static_cast<std::int64_t>(denominator));
}

}  // namespace

Fraction::Fraction(std::int64_t numerator, std::int64_t denominator) {
  const std::int64_t divisor = std::gcd(numerator, denominator);
  numerator_ = numerator / divisor;
  denominator_ = denominator / divisor;
}

std::string Fraction::Decimal() const {
  const Wide denominator = denominator_;
  return FourPlaces(static_cast<std::int64_t>((2 * Wide{kTenThousand} * numerator_ + denominator) / (2 * denominator)));
}

Fraction operator+(const Fraction& a, const Fraction& b) {
  return Reduced(Wide{a.numerator_} * b.denominator_ + Wide{b.numerator_} * a.denominator_,
                 Wide{a.denominator_} * b.denominator_);
}

Fraction operator*(const Fraction& a, const Fraction& b) {
  return Reduced(Wide{a.numerator_} * b.numerator_, Wide{a.denominator_} * b.denominator_);
}

std::strong_ordering operator<=>(const Fraction& a, const Fraction& b) {
  const Wide left = Wide{a.numerator_} * b.denominator_;
  const Wide right = Wide{b.numerator_} * a.denominator_;
  if (left < right) return std::strong_ordering::less;
  return left == right ? std::strong_ordering::equal : std::strong_ordering::greater;
}

}  // namespace jiebang::maturity
