// Exact rational numbers: whether 0.8 is reached must not depend on how a float rounds.
#ifndef JIEBANG_SERVICES_MATURITY_DOMAIN_FRACTION_H_
#define JIEBANG_SERVICES_MATURITY_DOMAIN_FRACTION_H_

#include <compare>
#include <cstdint>
#include <string>

namespace jiebang::maturity {

// In lowest terms, with a positive denominator. Numerator and denominator of every result must fit 63 bits; that those
// of a model's scores do is checked when the model is loaded (model_checks.h), and a result that does not fit ends the
// process rather than being wrong.
class Fraction {
 public:
  constexpr Fraction() = default;                              // 0
  Fraction(std::int64_t numerator, std::int64_t denominator);  // denominator > 0

  std::int64_t numerator() const { return numerator_; }
  std::int64_t denominator() const { return denominator_; }

  // Rounded half up to four places, e.g. "0.8000". Of numbers from 0 on.
  std::string Decimal() const;

  friend Fraction operator+(const Fraction& a, const Fraction& b);
  friend Fraction operator*(const Fraction& a, const Fraction& b);
  friend bool operator==(const Fraction&, const Fraction&) = default;
  friend std::strong_ordering operator<=>(const Fraction& a, const Fraction& b);

 private:
  std::int64_t numerator_ = 0;
  std::int64_t denominator_ = 1;
};

}  // namespace jiebang::maturity

#endif  // JIEBANG_SERVICES_MATURITY_DOMAIN_FRACTION_H_
