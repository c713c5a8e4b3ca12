// How numbers are put into bins, so that distributions are kept without the numbers themselves.
#ifndef JIEBANG_SERVICES_MATURITY_DOMAIN_BINS_H_
#define JIEBANG_SERVICES_MATURITY_DOMAIN_BINS_H_

#include <cstdint>

namespace jiebang::maturity {

// Numbers are in ten-thousandths.
enum class Binning {
  kHundredths,  // totals: 3.40 up to 3.41
  kWhole,       // levels
  kTwoDigits,   // figures of any size: two significant digits, 92 up to 93, 0.92 up to 0.93
};

// Ascending with the number.
std::int32_t BinOf(std::int64_t ten_thousandths, Binning binning);

// Where a bin begins and where the next one does.
struct BinRange {
  std::int64_t from = 0;
  std::int64_t to = 0;
};
BinRange RangeOf(std::int32_t bin, Binning binning);

}  // namespace jiebang::maturity

#endif  // JIEBANG_SERVICES_MATURITY_DOMAIN_BINS_H_
