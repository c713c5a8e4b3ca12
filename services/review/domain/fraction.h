// Exact fractions: results are compared as they are, never rounded before (rules of comparable programmes, peers.md
// §3).
#ifndef JIEBANG_SERVICES_REVIEW_DOMAIN_FRACTION_H_
#define JIEBANG_SERVICES_REVIEW_DOMAIN_FRACTION_H_

#include <compare>
#include <cstdint>
#include <numeric>
#include <string>

namespace jiebang::review {

// numerator / denominator in lowest terms; 0 or more.
class Fraction {
 public:
  Fraction() = default;
  Fraction(std::int64_t numerator, std::int64_t denominator)
      : numerator_(numerator / std::gcd(numerator, denominator)),
        denominator_(denominator / std::gcd(numerator, denominator)) {}

  std::int64_t numerator() const { return numerator_; }
  std::int64_t denominator() const { return denominator_; }

  // Two decimals, halves up, e.g. `86.33`.
  std::string ToTwoDecimals() const;

  friend bool operator==(const Fraction&, const Fraction&) = default;
  friend std::strong_ordering operator<=>(const Fraction& a, const Fraction& b) {
    __extension__ using Wide = __int128;  // no product of two 64-bit numbers overflows it
    return static_cast<Wide>(a.numerator_) * b.denominator_ <=> static_cast<Wide>(b.numerator_) * a.denominator_;
  }

 private:
  std::int64_t numerator_ = 0;
  std::int64_t denominator_ = 1;
};

}  // namespace jiebang::review

#endif  // JIEBANG_SERVICES_REVIEW_DOMAIN_FRACTION_H_
