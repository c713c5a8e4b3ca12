// Decimal numbers with four places, as figures are given and compared.
#ifndef JIEBANG_SERVICES_MATURITY_DOMAIN_DECIMAL_H_
#define JIEBANG_SERVICES_MATURITY_DOMAIN_DECIMAL_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "services/maturity/domain/fraction.h"

namespace jiebang::maturity {

inline constexpr std::int64_t kTenThousand = 10'000;

// "-20.5" is -205000: in ten-thousandths. nullopt: not -?digits[.one to four digits] with ten digits before the point
// at most.
std::optional<std::int64_t> TenThousandthsOf(std::string_view decimal);

// With all four places: -205000 is "-20.5000".
std::string FourPlaces(std::int64_t ten_thousandths);

// The shortest decimal that says the same: -205000 is "-20.5".
std::string DecimalOf(std::int64_t ten_thousandths);

// Rounded down.
std::int64_t TenThousandthsOf(const Fraction& fraction);

}  // namespace jiebang::maturity

#endif  // JIEBANG_SERVICES_MATURITY_DOMAIN_DECIMAL_H_
