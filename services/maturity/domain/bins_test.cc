#include "services/maturity/domain/bins.h"

#include <random>

#include "gmock/gmock.h"

namespace jiebang::maturity {
namespace {

TEST(BinsTest, ABinHoldsItsNumbersAndTheNextBeginsWhereItEnds) {
  std::mt19937_64 random(7);
  for (const Binning binning : {Binning::kHundredths, Binning::kWhole, Binning::kTwoDigits}) {
    for (int round = 0; round < 20'000; ++round) {
      std::int64_t number = static_cast<std::int64_t>(random() % 1'000'000'000'000'000) >> (random() % 50);
      if (binning == Binning::kTwoDigits && random() % 2 == 0) number = -number;
      if (binning != Binning::kTwoDigits) number %= 50'001;

      const std::int32_t bin = BinOf(number, binning);

      EXPECT_LE(RangeOf(bin, binning).from, number);
      EXPECT_GT(RangeOf(bin, binning).to, number);
      EXPECT_EQ(RangeOf(bin, binning).to, RangeOf(bin + 1, binning).from) << bin;
    }
  }
}

TEST(BinsTest, FiguresKeepTwoDigits) {
  EXPECT_EQ(RangeOf(BinOf(925'000, Binning::kTwoDigits), Binning::kTwoDigits).from, 920'000);  // 92.5 %
  EXPECT_EQ(RangeOf(BinOf(925'000, Binning::kTwoDigits), Binning::kTwoDigits).to, 930'000);
  EXPECT_EQ(RangeOf(BinOf(-205'000, Binning::kTwoDigits), Binning::kTwoDigits).to, -199'999);  // -20.5 %
  EXPECT_EQ(BinOf(0, Binning::kTwoDigits), 0);
}

TEST(BinsTest, TotalsKeepHundredths) {
  EXPECT_EQ(BinOf(34'099, Binning::kHundredths), 340);
  EXPECT_EQ(BinOf(50'000, Binning::kHundredths), 500);
}

}  // namespace
}  // namespace jiebang::maturity
