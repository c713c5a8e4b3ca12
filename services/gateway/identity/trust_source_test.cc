#include "services/gateway/identity/trust_source.h"

#include <filesystem>
#include <fstream>

#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "common/testing/status_matchers.h"
#include "common/token/base64url.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/gateway/identity/test_platform.h"
#include "services/gateway/identity/trust_keeper.h"

namespace jiebang::gateway {
namespace {

using testing::HasSubstr;

constexpr char kJwksIssuer[] = "https://issuer.test";
// The public key of RFC 8037, A.2.
constexpr char kFirstJwks[] =
    R"({"keys":[{"kty":"OKP","crv":"Ed25519","kid":"1","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]})";

// The `x` of its JWK: the last 32 bytes of its SubjectPublicKeyInfo (RFC 8410).
std::string RawKeyOf(const token::SigningKey& key) {
  std::string base64 = PemOf(key);
  base64 = base64.substr(base64.find('\n') + 1);
  base64 = base64.substr(0, base64.find('\n'));
  std::string der;
  absl::Base64Unescape(base64, &der);
  return token::ToBase64Url(der.substr(der.size() - 32));
}

class TrustSourceTest : public testing::Test {
 protected:
  void SetUp() override {
    std::filesystem::create_directories(directory_);
    Write("keys.json", kFirstJwks);
    Write("secret", kRequestSecret);
    Write("registry.textproto", JiangsuRegistry(key_));
  }
  void TearDown() override { std::filesystem::remove_all(directory_); }

  std::string PathOf(const std::string& name) const { return directory_ / name; }
  void Write(const std::string& name, const std::string& text) const {
    std::ofstream(PathOf(name) + ".new") << text;
    std::filesystem::rename(PathOf(name) + ".new", PathOf(name));
  }
  TrustFiles Files() const {
    return {.issuers = {{kJwksIssuer, PathOf("keys.json")}}, .registry = PathOf("registry.textproto")};
  }

  const token::SigningKey key_ = token::SigningKey::Generate();
  const std::filesystem::path directory_ =
      std::filesystem::path(testing::TempDir()) / absl::StrCat("trust-", key_.kid());
};

TEST_F(TrustSourceTest, ReadsItsFilesAtStart) {
  ASSERT_OK_AND_ASSIGN(const TrustSource source, TrustSource::Of(Files()));
  EXPECT_NE(source.trust()->registry->Find("platform-jiangsu"), nullptr);
}

TEST_F(TrustSourceTest, RefusesFilesThatItCannotUseNamingThem) {
  Write("keys.json", "{}");
  EXPECT_THAT(TrustSource::Of(Files()).status().message(), HasSubstr("keys.json: "));
  Write("keys.json", kFirstJwks);
  Write("registry.textproto", "platform {}");
  EXPECT_THAT(TrustSource::Of(Files()).status().message(), HasSubstr("registry.textproto: 1:"));
  TrustFiles files = Files();
  files.registry = PathOf("none");
  EXPECT_THAT(TrustSource::Of(files).status().message(), HasSubstr("none"));
}

TEST_F(TrustSourceTest, TakesUpWhatHasChanged) {
  ASSERT_OK_AND_ASSIGN(TrustSource source, TrustSource::Of(Files()));
  const std::shared_ptr<const Trust> before = source.trust();
  EXPECT_FALSE(source.Refresh(absl::Now()));
  EXPECT_EQ(source.trust(), before);
  Write("registry.textproto", JiangsuRegistry(key_, R"(platforms { id: "new" })"));
  EXPECT_TRUE(source.Refresh(absl::Now()));
  EXPECT_NE(source.trust()->registry->Find("new"), nullptr);
  EXPECT_EQ(before->registry->Find("new"), nullptr) << "a snapshot stays what it was";
}

TEST_F(TrustSourceTest, SeesAChangeThatItsStampHides) {
  ASSERT_OK_AND_ASSIGN(TrustSource source, TrustSource::Of(Files()));
  const auto written = std::filesystem::last_write_time(PathOf("secret"));
  std::string other = kRequestSecret;
  other[0] = 'J';
  std::ofstream(PathOf("secret")) << other;  // the same file, the same size, within the same tick
  std::filesystem::last_write_time(PathOf("secret"), written);
  EXPECT_TRUE(source.Refresh(absl::Now()));
  EXPECT_EQ(source.trust()->registry->FindRequestKey("jiangsu-2023")->secret, other);
}

TEST_F(TrustSourceTest, DoesNotReadFilesThatRest) {
  ASSERT_OK_AND_ASSIGN(TrustSource source, TrustSource::Of(Files()));
  const absl::Time later = absl::Now() + absl::Hours(1);
  EXPECT_FALSE(source.Refresh(later));  // reads them once more, and knows that they rest
  const auto written = std::filesystem::last_write_time(PathOf("secret"));
  std::string other = kRequestSecret;
  other[0] = 'J';
  std::ofstream(PathOf("secret")) << other;
  std::filesystem::last_write_time(PathOf("secret"), written);
  EXPECT_FALSE(source.Refresh(later)) << "only its stamps are looked at";
}

TEST_F(TrustSourceTest, KeepsWhatAFileSaidBeforeItWasSpoilt) {
  ASSERT_OK_AND_ASSIGN(TrustSource source, TrustSource::Of(Files()));
  Write("keys.json", "{");
  testing::internal::CaptureStderr();
  EXPECT_FALSE(source.Refresh(absl::Now()));
  EXPECT_FALSE(source.Refresh(absl::Now()));
  const std::string said = testing::internal::GetCapturedStderr();
  EXPECT_THAT(said, HasSubstr("keys.json"));
  EXPECT_EQ(said.find("identity: "), said.rfind("identity: ")) << "once: " << said;

  // A revocation does not wait for the other file.
  Write("registry.textproto", JiangsuRegistry(key_, R"(revocations { token_ids: "t-1" })"));
  EXPECT_TRUE(source.Refresh(absl::Now()));
  EXPECT_TRUE(source.trust()->registry->IsWithdrawn({.token_id = "t-1"}));
  Write("registry.textproto", "nonsense");
  EXPECT_FALSE(source.Refresh(absl::Now()));
  std::filesystem::remove(PathOf("registry.textproto"));
  EXPECT_FALSE(source.Refresh(absl::Now()));
  EXPECT_TRUE(source.trust()->registry->IsWithdrawn({.token_id = "t-1"}));
}

TEST_F(TrustSourceTest, ChangesTheKeysOfAnIssuer) {
  const token::SigningKey rotated = token::SigningKey::Generate();
  identity::v1::Claims claims;
  claims.set_iss(kJwksIssuer);
  claims.set_sub("s");
  claims.set_aud(token::kAudience);
  claims.set_exp(absl::ToUnixSeconds(absl::Now() + absl::Hours(1)));
  claims.add_roles("ministry");
  ASSERT_OK_AND_ASSIGN(const std::string token, token::SignBearer(claims, rotated));
  ASSERT_OK_AND_ASSIGN(TrustSource source, TrustSource::Of(Files()));
  EXPECT_THAT(source.trust()->tokens.Verify(token, absl::Now()), StatusIs(absl::StatusCode::kUnauthenticated));

  Write("keys.json", absl::StrCat(R"({"keys":[{"kty":"OKP","crv":"Ed25519","kid":")", rotated.kid(), R"(","x":")",
                                  RawKeyOf(rotated), R"("}]})"));
  EXPECT_TRUE(source.Refresh(absl::Now()));
  EXPECT_THAT(source.trust()->tokens.Verify(token, absl::Now()), IsOk());
  Write("keys.json", kFirstJwks);
  EXPECT_TRUE(source.Refresh(absl::Now()));
  EXPECT_THAT(source.trust()->tokens.Verify(token, absl::Now()), StatusIs(absl::StatusCode::kUnauthenticated));
}

TEST_F(TrustSourceTest, IsKeptByAThread) {
  ASSERT_OK_AND_ASSIGN(TrustSource source, TrustSource::Of(Files()));
  absl::Notification changed;
  std::shared_ptr<const Trust> taken;
  const TrustKeeper keeper(
      std::move(source),
      [&](const std::shared_ptr<const Trust>& trust) {
        taken = trust;
        changed.Notify();
      },
      absl::Milliseconds(5));
  Write("registry.textproto", JiangsuRegistry(key_, R"(platforms { id: "new" })"));
  ASSERT_TRUE(changed.WaitForNotificationWithTimeout(absl::Seconds(20)));
  EXPECT_NE(taken->registry->Find("new"), nullptr);
}

}  // namespace
}  // namespace jiebang::gateway
