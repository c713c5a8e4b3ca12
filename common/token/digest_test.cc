#include "common/token/digest.h"

#include <string>

#include "absl/strings/escaping.h"
#include "gtest/gtest.h"

namespace jiebang::token {
namespace {

// FIPS 180-4, the example of SHA256.pdf; and the well-known digest of nothing.
TEST(Sha256, IsTheOneOfFips180) {
  EXPECT_EQ(Sha256Hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(Sha256Hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(Sha256("abc").size(), kDigestBytes);
  EXPECT_NE(Sha256(std::string("abc\0", 4)), Sha256("abc"));
}

// GB/T 32905-2016, annex A: one block and two.
TEST(Sm3, IsTheOneOfGbt32905) {
  EXPECT_EQ(absl::BytesToHexString(Sm3("abc")), "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
  std::string two_blocks;
  for (int i = 0; i < 16; ++i) two_blocks += "abcd";
  EXPECT_EQ(absl::BytesToHexString(Sm3(two_blocks)),
            "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732");
}

// RFC 4231, 4.2, 4.3 and 4.7 (a key longer than a block).
TEST(HmacSha256, IsTheOneOfRfc4231) {
  const auto hex = [](std::string_view key, std::string_view text) {
    return absl::BytesToHexString(HmacSha256(key, text));
  };
  EXPECT_EQ(hex(std::string(20, '\x0b'), "Hi There"),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  EXPECT_EQ(hex("Jefe", "what do ya want for nothing?"),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(hex(std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First"),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(HmacSm3, IsWhatPythonComputes) {
  EXPECT_EQ(absl::BytesToHexString(HmacSm3("Jefe", "what do ya want for nothing?")),
            "2e87f1d16862e6d964b50a5200bf2b10b764faa9680a296a2405f24bec39f882");
}

TEST(EqualInConstantTime, ComparesLengthAndContent) {
  EXPECT_TRUE(EqualInConstantTime("", ""));
  EXPECT_TRUE(EqualInConstantTime("abc", "abc"));
  EXPECT_FALSE(EqualInConstantTime("abc", "abd"));
  EXPECT_FALSE(EqualInConstantTime("abc", "ab"));
  EXPECT_FALSE(EqualInConstantTime(std::string_view("a\0b", 3), std::string_view("a\0c", 3)));
}

}  // namespace
}  // namespace jiebang::token
