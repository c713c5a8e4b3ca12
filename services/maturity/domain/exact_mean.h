// The weighted mean of many fractions. Their common denominator outgrows 63 bits, so it is worked out in integers of
// any length.
#ifndef JIEBANG_SERVICES_MATURITY_DOMAIN_EXACT_MEAN_H_
#define JIEBANG_SERVICES_MATURITY_DOMAIN_EXACT_MEAN_H_

#include <cstdint>
#include <memory>
#include <string>

#include "services/maturity/domain/fraction.h"

namespace jiebang::maturity {

class ExactMean {
 public:
  ExactMean();
  ~ExactMean();

  // `value` and `weight` from 0 on.
  void Add(const Fraction& value, std::int64_t weight);

  // Rounded half up to four places; "" while nothing has a weight.
  std::string Decimal() const;

 private:
  struct Sums;
  std::unique_ptr<Sums> sums_;
};

}  // namespace jiebang::maturity

#endif  // JIEBANG_SERVICES_MATURITY_DOMAIN_EXACT_MEAN_H_
