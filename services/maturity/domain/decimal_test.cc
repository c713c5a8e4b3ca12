#include "services/maturity/domain/decimal.h"

#include "gmock/gmock.h"

namespace jiebang::maturity {
namespace {

TEST(DecimalTest, ReadsAndWritesTheSame) {
  for (const char* const text : {"0", "1", "-1", "92.5", "-20.5", "0.0001", "-0.0001", "9999999999.9999", "100"}) {
    ASSERT_TRUE(TenThousandthsOf(text).has_value()) << text;
    EXPECT_EQ(DecimalOf(*TenThousandthsOf(text)), text);
  }
  EXPECT_EQ(TenThousandthsOf("92.50"), 925'000);
}

TEST(DecimalTest, TakesNothingElse) {
  for (const char* const text :
       {"", "-", ".5", "5.", "1.23456", "1e3", "+1", "1,5", " 1", "12345678901", "--1", "１"}) {
    EXPECT_EQ(TenThousandthsOf(text), std::nullopt) << text;
  }
}

TEST(DecimalTest, FractionsAreRoundedDown) {
  EXPECT_EQ(TenThousandthsOf(Fraction(2, 3)), 6666);
  EXPECT_EQ(TenThousandthsOf(Fraction(4, 5)), 8000);
}

}  // namespace
}  // namespace jiebang::maturity
