#include "services/maturity/domain/fraction.h"

#include <random>

#include "gmock/gmock.h"

namespace jiebang::maturity {
namespace {

TEST(FractionTest, IsInLowestTerms) {
  const Fraction fraction(48, 100);

  EXPECT_EQ(fraction.numerator(), 12);
  EXPECT_EQ(fraction.denominator(), 25);
  EXPECT_EQ(Fraction(0, 7), Fraction());
}

TEST(FractionTest, AddsAndMultipliesExactly) {
  EXPECT_EQ(Fraction(1, 3) + Fraction(1, 6), Fraction(1, 2));
  EXPECT_EQ(Fraction(3, 4) * Fraction(2, 9), Fraction(1, 6));
}

// Ten tenths make one, which no sum of doubles says.
TEST(FractionTest, TenTenthsAreOne) {
  Fraction sum;
  for (int i = 0; i < 10; ++i) sum = sum + Fraction(1, 10);

  EXPECT_EQ(sum, Fraction(1, 1));
}

TEST(FractionTest, ComparesWithoutRounding) {
  EXPECT_LT(Fraction(799'999'999'999, 1'000'000'000'000), Fraction(4, 5));
  EXPECT_GE(Fraction(8, 10), Fraction(4, 5));
  EXPECT_GT(Fraction(1'000'000'001, 1'000'000'000), Fraction(1, 1));
}

TEST(FractionTest, RoundsHalfUpForPeople) {
  EXPECT_EQ(Fraction(4, 5).Decimal(), "0.8000");
  EXPECT_EQ(Fraction(68912, 100000).Decimal(), "0.6891");
  EXPECT_EQ(Fraction(1, 20000).Decimal(), "0.0001");  // 0.00005
  EXPECT_EQ(Fraction(1, 20001).Decimal(), "0.0000");
  EXPECT_EQ(Fraction(5, 1).Decimal(), "5.0000");
  EXPECT_EQ(Fraction(2, 3).Decimal(), "0.6667");
  EXPECT_EQ(Fraction(99999, 100000).Decimal(), "1.0000");
}

TEST(FractionTest, SumsDoNotDependOnOrder) {
  const auto seed = std::random_device()();
  SCOPED_TRACE(testing::Message() << "seed " << seed);
  std::mt19937_64 random(seed);
  for (int round = 0; round < 1'000; ++round) {
    const auto any = [&] { return Fraction(static_cast<int>(random() % 1000), 1 + static_cast<int>(random() % 1000)); };
    const Fraction a = any();
    const Fraction b = any();
    const Fraction c = any();

    EXPECT_EQ((a + b) + c, a + (c + b));
    EXPECT_EQ(a * (b + c), a * b + a * c);
    EXPECT_EQ(a<b, b> a);
  }
}

}  // namespace
}  // namespace jiebang::maturity
