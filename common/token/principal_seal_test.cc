#include "common/token/principal_seal.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "common/testing/error_matchers.h"
#include "common/testing/status_matchers.h"
#include "common/token/digest.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace jiebang::token {
namespace {

const std::string kKey(32, 'k');
constexpr std::int64_t kLastSecond = 1'780'000'000;
const absl::Time kBeforeItExpires = absl::FromUnixSeconds(kLastSecond - 60);

auto IsForged() { return IsRefusal(absl::StatusCode::kUnauthenticated, "PRINCIPAL_FORGED"); }

Principal Unit() {
  Principal principal;
  principal.set_subject("platform-jiangsu");
  principal.add_roles(options::v1::ROLE_UNIT);
  principal.set_unit("320000");
  principal.set_expire_seconds(kLastSecond);
  return principal;
}

PrincipalSeal SealWith(const std::string& key) { return *PrincipalSeal::FromKey(key); }

TEST(PrincipalSeal, OpensWhatItSealed) {
  const PrincipalSeal seal = SealWith(kKey);
  ASSERT_OK_AND_ASSIGN(const Principal opened, SealWith(kKey).Open(seal.Seal(Unit()), kBeforeItExpires));
  EXPECT_EQ(opened.SerializeAsString(), Unit().SerializeAsString());
}

TEST(PrincipalSeal, RefusesShortKeys) {
  EXPECT_THAT(PrincipalSeal::FromKey(std::string(31, 'k')),
              IsRefusal(absl::StatusCode::kInvalidArgument, "SECRET_TOO_SHORT"));
  EXPECT_THAT(PrincipalSeal::FromKey(std::string(32, 'k')), IsOk());
}

TEST(PrincipalSeal, RefusesEveryChangedBit) {
  const PrincipalSeal seal = SealWith(kKey);
  const std::string sealed = seal.Seal(Unit());
  EXPECT_THAT(seal.Open(sealed, kBeforeItExpires), IsOk()) << "and is remembered";
  for (std::size_t i = 0; i < sealed.size() * 8; ++i) {
    std::string changed = sealed;
    changed[i / 8] = static_cast<char>(changed[i / 8] ^ (1 << (i % 8)));
    ASSERT_THAT(seal.Open(changed, kBeforeItExpires), IsForged()) << "bit " << i;
  }
}

TEST(PrincipalSeal, RefusesWhatIsCutOrGrown) {
  const PrincipalSeal seal = SealWith(kKey);
  const std::string sealed = seal.Seal(Unit());
  for (std::size_t size = 0; size < sealed.size(); ++size) {
    ASSERT_THAT(seal.Open(sealed.substr(0, size), kBeforeItExpires), IsForged()) << size;
  }
  // A second `unit` behind the first one would win.
  Principal other;
  other.set_unit("330000");
  EXPECT_THAT(seal.Open(sealed + other.SerializeAsString(), kBeforeItExpires), IsForged());
}

TEST(PrincipalSeal, RefusesOtherKeysAndOtherSignatures) {
  const PrincipalSeal seal = SealWith(kKey);
  EXPECT_THAT(seal.Open(SealWith(std::string(32, 'x')).Seal(Unit()), kBeforeItExpires), IsForged());
  const std::string text = Unit().SerializeAsString();
  EXPECT_THAT(seal.Open(text, kBeforeItExpires), IsForged()) << "no signature";
  EXPECT_THAT(seal.Open(absl::StrCat(Sha256(text), text), kBeforeItExpires), IsForged()) << "no key";
  EXPECT_THAT(seal.Open(absl::StrCat(HmacSha256(kKey, text), text), kBeforeItExpires), IsForged())
      << "signed for another purpose";
}

TEST(PrincipalSeal, IsValidToItsLastSecond) {
  const PrincipalSeal seal = SealWith(kKey);
  const std::string sealed = seal.Seal(Unit());
  EXPECT_THAT(seal.Open(sealed, absl::FromUnixSeconds(kLastSecond) + absl::Milliseconds(999)), IsOk());
  EXPECT_THAT(seal.Open(sealed, absl::FromUnixSeconds(kLastSecond + 1)),
              IsRefusal(absl::StatusCode::kUnauthenticated, "PRINCIPAL_EXPIRED"));
  EXPECT_THAT(seal.Open(seal.Seal(Principal()), kBeforeItExpires),
              IsRefusal(absl::StatusCode::kUnauthenticated, "PRINCIPAL_EXPIRED"))
      << "without a time it is not valid for ever";
}

}  // namespace
}  // namespace jiebang::token
