#include "services/maturity/domain/exact_mean.h"

#include <gmpxx.h>

#include "services/maturity/domain/decimal.h"

namespace jiebang::maturity {

struct ExactMean::Sums {
  mpq_class values;
  mpz_class weights;
};

ExactMean::ExactMean() : sums_(std::make_unique<Sums>()) {}
ExactMean::~ExactMean() = default;

void ExactMean::Add(const Fraction& value, std::int64_t weight) {
  static_assert(sizeof(long) == sizeof(std::int64_t), "GMP takes longs");
  const mpq_class exact(mpz_class(static_cast<long>(value.numerator())),
                        mpz_class(static_cast<long>(value.denominator())));
  sums_->values += exact * mpz_class(static_cast<long>(weight));
  sums_->weights += static_cast<long>(weight);
}

std::string ExactMean::Decimal() const {
  if (sums_->weights == 0) return "";
  constexpr long kPlaces = kTenThousand;
  const mpq_class mean = sums_->values / sums_->weights;
  const mpz_class rounded = (2 * kPlaces * mean.get_num() + mean.get_den()) / (2 * mean.get_den());
  return FourPlaces(rounded.get_si());
}

}  // namespace jiebang::maturity
