#include "services/application/domain/characters.h"

#include "gtest/gtest.h"

namespace jiebang::application {
namespace {

TEST(CountCharacters, CountsCodePointsAndNoWhiteSpace) {
  EXPECT_EQ(CountCharacters(""), 0);
  EXPECT_EQ(CountCharacters("智能制造"), 4);
  EXPECT_EQ(CountCharacters("5G 工业\t互联网\r\n"), 7);
  EXPECT_EQ(CountCharacters("\u3000\u00A0\u2003\u2028\u0085"), 0);
  EXPECT_EQ(CountCharacters("𠮷é€"), 3);
  EXPECT_EQ(CountCharacters("，。"), 2);
}

}  // namespace
}  // namespace jiebang::application
