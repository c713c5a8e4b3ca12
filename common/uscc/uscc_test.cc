#include "common/uscc/uscc.h"

#include <string>
#include <string_view>
#include <utility>

#include "common/testing/error_matchers.h"
#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace jiebang {
namespace {

using testing::HasSubstr;

auto IsMalformed() { return IsRefusal(absl::StatusCode::kInvalidArgument, "USCC_MALFORMED"); }

// Codes of real organisations, from the test data of https://github.com/02020/vite
// (learn/utils/validateSocialCreditCode.js).
constexpr const char* kCodes[] = {
    "91350200776049653A", "91350500798359476R", "91350503MA31DKY80A", "91350200MA31E12PXF", "91440101MA5CJQ4N59",
    "913502000728319549", "123502001549897397", "91350503MA31DNG762", "913502115628130384", "9135021359498494XQ",
    "91350203MA31NDF85F", "91350203MA32AXT97E", "91350203MA31XXW31H", "91350206MA31LUJ437", "91350213678251743X",
    "91350212MA3490L25U", "91350203MA31GJ942M", "9135020530311446XH", "91350200MA31JNQ72Y", "91350206MA31H8JN7M",
    "91350203MA31NFLDXR", "91350200MA31JNPGX6", "91350206MA31H80F0J", "91440300MA5F7YRE78", "91440300MA5FG7JT43",
    "91350213MA2YLEEU9M", "91350100077407773G", "91350200MA32A5G718", "91350200MA32AE621B", "91350200612001960R",
    "91350203MA32AH2832", "91350203MA2YL7J30M", "91350100MA32G75888", "91350200MA2YJ1XR9G", "91350200MA329TEQ4P",
    "91350200MA2XNMK54G", "91350200MA31DJ4F48", "91350200MA34AKE39U",
};

TEST(CheckUscc, TakesCodesOfRealOrganisations) {
  for (const std::string code : kCodes) {
    EXPECT_THAT(CheckUscc(code, "uscc"), IsOk()) << code;
    EXPECT_EQ(UsccCheckCharacter(code.substr(0, 17)), code[17]) << code;
    EXPECT_EQ(OrganisationCheckCharacter(code.substr(8, 8)), code[16]) << code;
  }
}

TEST(CheckUscc, NoticesEveryMistypedCharacter) {
  constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  for (const std::string code : kCodes) {
    for (std::size_t i = 0; i < code.size(); ++i) {
      for (const char other : kAlphabet) {
        if (other == code[i]) continue;
        std::string mistyped = code;
        mistyped[i] = other;
        ASSERT_THAT(CheckUscc(mistyped, "uscc"), IsMalformed()) << mistyped << " for " << code;
      }
    }
  }
}

TEST(CheckUscc, NoticesNeighboursThatChangedPlaces) {
  for (const std::string code : kCodes) {
    for (std::size_t i = 0; i + 1 < code.size(); ++i) {
      std::string swapped = code;
      std::swap(swapped[i], swapped[i + 1]);
      if (swapped == code) continue;
      ASSERT_THAT(CheckUscc(swapped, "uscc"), IsMalformed()) << swapped << " for " << code;
    }
  }
}

// In circulation, and accepted by the source of the codes above as an exception: its last character should be 9.
TEST(CheckUscc, SaysWhichCheckCharacterItExpected) {
  EXPECT_THAT(CheckUscc("91350203M0001QAY9B", "uscc"), IsMalformed());
  EXPECT_THAT(CheckUscc("91350203M0001QAY9B", "uscc"), HasViolation("uscc", "(character 18) is B and should be 9"));
  EXPECT_THAT(CheckUscc("91350203M0001QAY9B", "uscc"), HasViolation("uscc", "（第 18 位）为 B，应为 9"));
  EXPECT_THAT(CheckUscc("91350203M0001QAY99", "uscc"), IsOk());
}

TEST(CheckUscc, SaysWhenItIsTheOrganisationCode) {
  EXPECT_THAT(CheckUscc("91512081MA62K0261E", "uscc"), HasViolation("uscc", "(character 17) is 1 and should be 0"));
}

TEST(CheckUscc, SaysWhichCharacterItDoesNotKnow) {
  for (const char letter : {'I', 'O', 'S', 'V', 'Z', 'a', ' ', '-', '\0'}) {
    std::string code = "91512081MA62K0260E";
    code[9] = letter;
    EXPECT_THAT(CheckUscc(code, "uscc"), HasViolation("uscc", "Character 10 ")) << letter;
  }
  EXPECT_THAT(CheckUscc("91512081ma62k0260e", "uscc"), IsMalformed());
}

TEST(CheckUscc, SaysHowLongACodeIs) {
  for (const char* code : {"", "9", "91512081MA62K0260", "91512081MA62K0260EE", " 91512081MA62K0260E"}) {
    EXPECT_THAT(CheckUscc(code, "uscc"), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("18 characters")))
        << code;
  }
}

TEST(CheckCharacters, AreNoneForWhatIsNoCode) {
  EXPECT_EQ(UsccCheckCharacter("91512081MA62K0260"), 'E');
  for (const char* first : {"", "91512081MA62K026", "91512081MA62K0260E", "91512081MA62KO260"})
    EXPECT_EQ(UsccCheckCharacter(first), '\0');
  // One each of the three ways in which GB 11714 writes 11 - sum mod 11, computed by hand.
  EXPECT_EQ(OrganisationCheckCharacter("MA62K026"), '0');
  EXPECT_EQ(OrganisationCheckCharacter("00000000"), '0');
  EXPECT_EQ(OrganisationCheckCharacter("D2143569"), 'X');  // the example of GB 11714-1997
  EXPECT_EQ(OrganisationCheckCharacter("00000001"), '9');
  for (const char* first : {"", "MA62K02", "MA62K0260", "ma62k026", "MA62K02-"})
    EXPECT_EQ(OrganisationCheckCharacter(first), '\0');
}

}  // namespace
}  // namespace jiebang
