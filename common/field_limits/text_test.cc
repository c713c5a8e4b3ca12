#include "common/field_limits/text.h"

#include <string>

#include "gtest/gtest.h"

namespace jiebang::field_limits {
namespace {

TEST(Examine, CountsCharactersAndNotBytes) {
  EXPECT_EQ(Examine("").characters, 0U);
  EXPECT_EQ(Examine("abc").characters, 3U);
  EXPECT_EQ(Examine("卓越级智能工厂").characters, 7U);
  EXPECT_EQ(Examine("ä€𠮷").characters, 3U);
  EXPECT_EQ(Examine("exactly8").characters, 8U);
  EXPECT_EQ(Examine("ascii first, 然后汉字, and ascii again").characters, 34U);
}

// From the examples of RFC 3629, 3 and 10, and table 3-7 of the Unicode standard; each alone and behind a word of
// ASCII.
TEST(Examine, KnowsWhatIsNoUtf8) {
  for (const char* text : {"\x80",
                           "\xBF",
                           "\xC0\x80",
                           "\xC1\xBF",
                           "\xC2",
                           "\xC2z",
                           "\xE0\x80\x80",
                           "\xE0\x9F\xBF",
                           "\xE4\xB8",
                           "\xE4\xB8z",
                           "\xED\xA0\x80",
                           "\xED\xBF\xBF",
                           "\xF0\x80\x80\x80",
                           "\xF0\x8F\xBF\xBF",
                           "\xF0\x9F\x92",
                           "\xF4\x90\x80\x80",
                           "\xF5\x80\x80\x80",
                           "\xFE",
                           "\xFF",
                           "\xEF\xBB"}) {
    EXPECT_FALSE(Examine(text).is_utf8) << testing::PrintToString(std::string(text));
    EXPECT_FALSE(Examine(std::string("01234567") + text).is_utf8) << testing::PrintToString(std::string(text));
  }
}

TEST(Examine, KnowsTheLastOfEachLength) {
  for (const char* text : {"\xC2\xA0", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEE\x80\x80", "\xEF\xBF\xBF",
                           "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"}) {
    EXPECT_TRUE(Examine(text).is_utf8) << testing::PrintToString(std::string(text));
    EXPECT_EQ(Examine(text).characters, 1U);
    EXPECT_FALSE(Examine(text).has_control_character);
  }
}

// Every ASCII character in every place of a word of eight: the fast way must agree with the definition.
TEST(Examine, FindsControlCharactersWhereverTheyStand) {
  for (int c = 0; c < 128; ++c) {
    const bool is_control = (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F;
    for (std::size_t place = 0; place < 10; ++place) {
      for (const char around : {' ', 'a', '~'}) {
        std::string text(10, around);
        text[place] = static_cast<char>(c);
        const Text examined = Examine(text);
        ASSERT_EQ(examined.has_control_character, is_control) << c << " at " << place;
        ASSERT_TRUE(examined.is_utf8);
        ASSERT_EQ(examined.characters, 10U);
      }
    }
  }
  EXPECT_TRUE(Examine("\xC2\x80").has_control_character);
  EXPECT_TRUE(Examine("\xC2\x9F").has_control_character);
  EXPECT_FALSE(Examine("\xC2\xA0").has_control_character);
}

}  // namespace
}  // namespace jiebang::field_limits
