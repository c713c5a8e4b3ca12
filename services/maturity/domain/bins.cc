#include "services/maturity/domain/bins.h"

#include "services/maturity/domain/decimal.h"

namespace jiebang::maturity {
namespace {

constexpr std::int32_t kMantissas = 90;  // 10 to 99

std::int64_t WidthOf(Binning binning) { return binning == Binning::kHundredths ? kTenThousand / 100 : kTenThousand; }

// 1 to 9 have bins of their own; from 10 on, 90 bins for each power of ten.
std::int32_t BinOfPositive(std::int64_t value) {
  if (value < 10) return static_cast<std::int32_t>(value);
  std::int32_t power = 0;
  while (value >= 100) {
    value /= 10;
    ++power;
  }
  return 10 + power * kMantissas + static_cast<std::int32_t>(value - 10);
}

BinRange RangeOfPositive(std::int32_t bin) {
  if (bin < 10) return {.from = bin, .to = bin + 1};
  std::int64_t width = 1;
  for (std::int32_t power = (bin - 10) / kMantissas; power > 0; --power) width *= 10;
  const std::int64_t mantissa = 10 + (bin - 10) % kMantissas;
  return {.from = mantissa * width, .to = (mantissa + 1) * width};
}

}  // namespace

std::int32_t BinOf(std::int64_t ten_thousandths, Binning binning) {
  if (binning != Binning::kTwoDigits) return static_cast<std::int32_t>(ten_thousandths / WidthOf(binning));
  if (ten_thousandths == 0) return 0;
  return ten_thousandths > 0 ? BinOfPositive(ten_thousandths) : -BinOfPositive(-ten_thousandths);
}

BinRange RangeOf(std::int32_t bin, Binning binning) {
  if (binning != Binning::kTwoDigits) {
    return {.from = bin * WidthOf(binning), .to = (bin + std::int64_t{1}) * WidthOf(binning)};
  }
  if (bin == 0) return {.from = 0, .to = 1};
  if (bin > 0) return RangeOfPositive(bin);
  // The mirror image, which begins just above what the next lower one ends with.
  const BinRange positive = RangeOfPositive(-bin);
  return {.from = 1 - positive.to, .to = 1 - positive.from};
}

}  // namespace jiebang::maturity
