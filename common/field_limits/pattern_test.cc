#include "common/field_limits/pattern.h"

#include <random>

#include "gmock/gmock.h"

namespace jiebang::field_limits {
namespace {

constexpr const char* kClasses[] = {"[a-z0-9-]{1,63}",         "[0-9]{6}",   "[0-4]*",           "[A-Za-z0-9._-]{1,64}",
                                    "[0-9A-HJ-NPQRTUWXY]{18}", "[0-9]{2,4}", "[0-9+() -]{5,32}", "[a-c]+"};

TEST(RepeatedClassTest, MatchesWhatRe2Matches) {
  const unsigned seed = std::random_device()();
  std::printf("seed %u\n", seed);
  std::mt19937_64 random(seed);
  const std::string alphabet = "abcxyzABCHINXYZ0459._-+() \n^]\x80é";
  for (const char* const pattern : kClasses) {
    const auto parsed = RepeatedClass::Parse(pattern);
    ASSERT_TRUE(parsed.has_value()) << pattern;
    const RE2 re2(pattern);
    for (int round = 0; round < 5'000; ++round) {
      std::string text(random() % 70, ' ');
      // Mostly of characters that fit, or hardly anything would match.
      const std::size_t letters = random() % 3 == 0 ? alphabet.size() : 3;
      for (char& character : text) character = alphabet[random() % letters];
      EXPECT_EQ(parsed->Matches(text), RE2::FullMatch(text, re2)) << pattern << " on " << text;
    }
    EXPECT_EQ(parsed->Matches(""), RE2::FullMatch("", re2)) << pattern;
  }
}

TEST(RepeatedClassTest, LeavesToRe2WhatSaysMore) {
  for (const char* const pattern :
       {"a", "[a-z]", "[a-z]?", "[^a-z]*", "[a-z]{1,}", "[a-z]{1,2}x", "[\\d]{3}", "[[:alpha:]]*", "[a-z][0-9]*", "",
        "[z-a]*", "[a-z]{3,1}", "[a-z]{1,2000}", "[甲-乙]*", "(1[3-9]|[23][0-9])[0-9]{0,2}"}) {
    EXPECT_EQ(RepeatedClass::Parse(pattern), std::nullopt) << pattern;
  }
}

TEST(PatternTest, SaysWhetherItIsOne) {
  EXPECT_TRUE(Pattern("[a-z]{1,3}").ok());
  EXPECT_TRUE(Pattern("https?://[^ ]+").Matches("https://example.org"));
  EXPECT_FALSE(Pattern("(").ok());
  EXPECT_TRUE(Pattern("[a-z -]{1,3}").is_printable_ascii());
  EXPECT_FALSE(Pattern("[a-z\t]{1,3}").is_printable_ascii());
  EXPECT_FALSE(Pattern(".*").is_printable_ascii());
}

}  // namespace
}  // namespace jiebang::field_limits
