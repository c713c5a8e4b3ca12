#include "services/gateway/identity/registry.h"

#include "absl/strings/str_replace.h"
#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/gateway/identity/test_platform.h"

namespace jiebang::gateway {
namespace {

using testing::HasSubstr;

class RegistryTest : public testing::Test {
 protected:
  // What is wrong with a registry that has this instead of that.
  std::string WrongWith(const std::string& that, const std::string& instead) const {
    const std::string text = absl::StrReplaceAll(JiangsuRegistry(key_), {{that, instead}});
    return std::string(ParseRegistry(text).status().message());
  }
  std::string WrongWithMore(const std::string& more) const {
    return std::string(ParseRegistry(JiangsuRegistry(key_, more)).status().message());
  }

  const token::SigningKey key_ = token::SigningKey::Generate();
};

TEST_F(RegistryTest, KnowsAPlatformByAllItsProofs) {
  ASSERT_OK_AND_ASSIGN(const Registry registry, ParseRegistry(JiangsuRegistry(key_)));
  const auto platform = registry.Find("platform-jiangsu");
  ASSERT_NE(platform, nullptr);
  EXPECT_EQ(platform->principal.unit(), "320000");
  EXPECT_THAT(platform->principal.roles(), testing::ElementsAre(options::v1::ROLE_UNIT));
  EXPECT_FALSE(platform->keys.empty());
  const RequestKey* const request_key = registry.FindRequestKey("jiangsu-2023");
  ASSERT_NE(request_key, nullptr);
  EXPECT_EQ(request_key->secret, kRequestSecret);
  EXPECT_EQ(request_key->platform, platform);
  EXPECT_EQ(registry.OwnerOf(*Certificate::FromPem(kCertificatePem)), platform);

  EXPECT_EQ(registry.Find("platform-zhejiang"), nullptr);
  EXPECT_EQ(registry.FindRequestKey("other"), nullptr);
  Certificate other = *Certificate::FromPem(kCertificatePem);
  other.spki_sha256[0] = 'f';
  EXPECT_EQ(registry.OwnerOf(other), nullptr);
}

TEST_F(RegistryTest, KnowsACertificateByItsIssuerAndName) {
  const std::string pin = R"(issued_name { issuer: "CN=jiangsu-ca,O=江苏" subject_alt_name: "URI:urn:example:js" })";
  ASSERT_OK_AND_ASSIGN(const Registry registry,
                       ParseRegistry(absl::StrCat("platforms { id: \"p\" certificates { ", pin, " } }")));
  Certificate certificate = *Certificate::FromPem(kCertificatePem);
  ASSERT_NE(registry.OwnerOf(certificate), nullptr);
  certificate.issuer = "CN=other-ca,O=江苏";
  EXPECT_EQ(registry.OwnerOf(certificate), nullptr);
}

TEST_F(RegistryTest, KnowsWhatAKeyIsUsedWith) {
  ASSERT_OK_AND_ASSIGN(const Registry registry,
                       ParseRegistry(R"pb(platforms {
                                            id: "p"
                                            hmac_keys { id: "a" secret_file: "secret" }
                                            hmac_keys { id: "b" secret_file: "secret" algorithm: HMAC_ALGORITHM_SM3 }
                                          })pb"));
  EXPECT_EQ(registry.FindRequestKey("a")->kind, token::HmacKind::kSha256);
  EXPECT_EQ(registry.FindRequestKey("b")->kind, token::HmacKind::kSm3);
}

TEST_F(RegistryTest, LetsAPlatformActForItsRegionAndItsListAlone) {
  ASSERT_OK_AND_ASSIGN(const Registry registry,
                       ParseRegistry(absl::StrCat(R"(platforms { id: "p" region_prefixes: "3205" enterprises: ")",
                                                  kSichuanUscc, "\" }")));
  const auto platform = registry.Find("p");
  EXPECT_TRUE(platform->ActsFor(kJiangsuUscc));
  EXPECT_TRUE(platform->ActsFor(kSichuanUscc));
  EXPECT_FALSE(platform->ActsFor("91320694MA1MYA2Q2J")) << "another city";
  EXPECT_FALSE(platform->ActsFor("91512082MA62K0260E"));
  EXPECT_FALSE(platform->ActsFor("32059494MA1MYA2Q2J")) << "at its characters 3 to 8";
  ASSERT_OK_AND_ASSIGN(const Registry nowhere, ParseRegistry(R"(platforms { id: "p" })"));
  EXPECT_FALSE(nowhere.Find("p")->ActsFor(kJiangsuUscc));
}

TEST_F(RegistryTest, SaysWhatIsWrongWithItsFile) {
  EXPECT_THAT(WrongWithMore("platform { }"), HasSubstr("platform"));
  EXPECT_THAT(WrongWithMore("platforms {"), HasSubstr(":"));
  EXPECT_THAT(WrongWithMore(R"(platforms { id: "platform-jiangsu" })"), HasSubstr("its id comes twice"));
  EXPECT_THAT(WrongWithMore(R"(platforms { id: "a/b" })"), HasSubstr("its id is no id"));
  EXPECT_THAT(WrongWithMore(R"(platforms { id: "p" roles: "unit" })"), HasSubstr("needs a unit"));
  for (const char* role : {"applicant", "expert", "service", "public", "UNIT", ""}) {
    EXPECT_THAT(WrongWith("roles: \"unit\"", absl::StrCat("roles: \"", role, "\"")), HasSubstr("cannot be")) << role;
  }
  for (const char* region : {"", "3", "320", "32000", "3200000", "js", "3*"}) {
    EXPECT_THAT(WrongWith("region_prefixes: \"32\"", absl::StrCat("region_prefixes: \"", region, "\"")),
                HasSubstr("digits"))
        << region;
  }
  EXPECT_THAT(WrongWithMore(R"(platforms { id: "p" enterprises: "9132" })"), HasSubstr("no USCC"));
  EXPECT_THAT(WrongWithMore(R"(platforms { id: "p" keys { pem: "x" } })"), HasSubstr("keys[0]"));
  EXPECT_THAT(WrongWithMore(R"(platforms { id: "p" keys { jwk: "{}" } })"), HasSubstr("keys[0]"));
  EXPECT_THAT(WrongWithMore(R"(platforms { id: "p" hmac_keys { id: "jiangsu-2023" secret_file: "secret" } })"),
              HasSubstr("its id comes twice"));
  EXPECT_THAT(WrongWithMore(R"(platforms { id: "p" hmac_keys { id: "q" secret_file: "none" } })"), HasSubstr("none"));
  EXPECT_THAT(
      WrongWithMore(absl::StrCat("platforms { id: \"p\" certificates { spki_sha256: \"", kCertificateSpki, "\" } }")),
      HasSubstr("a pin comes twice"));
  EXPECT_THAT(WrongWithMore(R"(platforms { id: "p" certificates { } })"), HasSubstr("issued_name"));
  EXPECT_THAT(WrongWithMore(R"(platforms { id: "p" certificates { spki_sha256: "AB" } })"), HasSubstr("64"));
  EXPECT_THAT(WrongWithMore(R"(revocations { token_ids: "" })"), HasSubstr("empty"));
  EXPECT_THAT(WrongWithMore(R"(revocations { certificate_fingerprints: "4F:1E" })"), HasSubstr("64"));
  EXPECT_THAT(WrongWithMore(R"(revocations { subjects { } })"), HasSubstr("empty"));
}

TEST_F(RegistryTest, WithdrawsWhatIsRevoked) {
  ASSERT_OK_AND_ASSIGN(const Registry registry, ParseRegistry(JiangsuRegistry(key_, R"pb(
                         platforms { id: "lost" }
                         revocations {
                           token_ids: "t-1"
                           subjects { subject: "gone" }
                           subjects {
                             subject: "renewed"
                             issued_before { seconds: 1000 }
                           }
                           key_ids: "k-1"
                           certificate_fingerprints: "4f1e1c9bbb57f128f4df998ed414401889149fbf9dbbafd59c82327bb04a4896"
                           platforms: "lost"
                         })pb")));
  const auto at = [](int seconds) { return absl::FromUnixSeconds(seconds); };
  EXPECT_FALSE(registry.IsWithdrawn({}));
  EXPECT_FALSE(registry.IsWithdrawn({.subject = "s", .token_id = "t-2", .key_ids = {"k-2", ""}, .issued_at = at(1)}));
  EXPECT_TRUE(registry.IsWithdrawn({.token_id = "t-1"}));
  EXPECT_TRUE(registry.IsWithdrawn({.key_ids = {"k-2", "k-1"}}));
  EXPECT_TRUE(registry.IsWithdrawn({.certificate = kCertificateFingerprint}));
  EXPECT_TRUE(registry.IsWithdrawn({.platform = "lost"}));
  EXPECT_TRUE(registry.IsWithdrawn({.platform = "taken-out"})) << "its platform is registered no more";
  EXPECT_FALSE(registry.IsWithdrawn({.platform = "platform-jiangsu"}));
  EXPECT_TRUE(registry.IsWithdrawn({.subject = "gone", .issued_at = at(2'000'000'000)}));
  EXPECT_TRUE(registry.IsWithdrawn({.subject = "renewed", .issued_at = at(999)}));
  EXPECT_FALSE(registry.IsWithdrawn({.subject = "renewed", .issued_at = at(1000)}));
  EXPECT_TRUE(registry.IsWithdrawn({.subject = "renewed"})) << "it does not say since when";
}

}  // namespace
}  // namespace jiebang::gateway
