#include "services/gateway/identity/authenticator.h"

#include "absl/strings/escaping.h"
#include "common/async/thread_executor.h"
#include "common/testing/error_matchers.h"
#include "common/testing/status_matchers.h"
#include "common/token/request_signature.h"
#include "gtest/gtest.h"
#include "services/gateway/identity/test_platform.h"

namespace jiebang::gateway {
namespace {

constexpr char kIssuerOfTokens[] = "https://issuer.test";

class AuthenticatorTest : public testing::Test {
 protected:
  std::string Bearer() const {
    identity::v1::Claims claims;
    claims.set_iss(kIssuerOfTokens);
    claims.set_sub("ministry");
    claims.set_aud(token::kAudience);
    claims.set_iat(absl::ToUnixSeconds(now_));
    claims.set_exp(absl::ToUnixSeconds(now_ + absl::Hours(1)));
    claims.add_roles("ministry");
    return "Bearer " + *token::SignBearer(claims, key_);
  }

  const absl::Time now_ = absl::FromUnixSeconds(1'693'000'000);
  const token::SigningKey key_ = token::SigningKey::Generate();
  const token::PrincipalSeal seal_ = *token::PrincipalSeal::FromKey(std::string(32, 'k'));
  Authenticator authenticator_{token::BearerVerifier({key_.verifying_key()}, kIssuerOfTokens), seal_};
};

TEST_F(AuthenticatorTest, SealsFromWhereTheCallComes) {
  ASSERT_OK_AND_ASSIGN(const auto caller,
                       authenticator_.Authenticate({.authorization = Bearer(), .address = "192.0.2.7"}, now_));
  ASSERT_OK_AND_ASSIGN(const auto principal, seal_.Open(caller->sealed, now_));
  EXPECT_EQ(principal.subject(), "ministry");
  EXPECT_EQ(principal.source_address(), "192.0.2.7");
  EXPECT_EQ(caller->principal.source_address(), "192.0.2.7");
}

TEST_F(AuthenticatorTest, RemembersATokenForTheAddressThatShowedIt) {
  const std::string bearer = Bearer();
  ASSERT_OK_AND_ASSIGN(const auto first,
                       authenticator_.Authenticate({.authorization = bearer, .address = "192.0.2.7"}, now_));
  ASSERT_OK_AND_ASSIGN(const auto again,
                       authenticator_.Authenticate({.authorization = bearer, .address = "192.0.2.7"}, now_));
  ASSERT_OK_AND_ASSIGN(const auto elsewhere,
                       authenticator_.Authenticate({.authorization = bearer, .address = "192.0.2.8"}, now_));
  EXPECT_EQ(first, again) << "no signature a call";
  EXPECT_EQ(elsewhere->principal.source_address(), "192.0.2.8");
}

TEST_F(AuthenticatorTest, BelievesNoTokenThatIsLongerBecauseOfItsAddress) {
  const std::string bearer = Bearer();
  ASSERT_THAT(authenticator_.Authenticate({.authorization = bearer, .address = "192.0.2.7"}, now_), IsOk());
  EXPECT_THAT(authenticator_.Authenticate({.authorization = bearer + "\n192.0.2.7"}, now_),
              StatusIs(absl::StatusCode::kUnauthenticated));
}

class PlatformAuthenticatorTest : public testing::Test {
 protected:
  std::shared_ptr<const Trust> TrustWith(const std::string& more = "") const {
    return std::make_shared<const Trust>(
        Trust{.tokens = token::BearerVerifier({key_.verifying_key()}, kIssuerOfTokens),
              .registry = std::make_shared<const Registry>(*ParseRegistry(JiangsuRegistry(key_, more)))});
  }
  static Credentials Certified(const std::string& on_behalf_of = "") {
    return {.address = "192.0.2.7", .client_certificate = kCertificatePem, .on_behalf_of = on_behalf_of};
  }
  static Credentials Signed(const std::string& nonce) {
    SignedRequest request{.key_id = "jiangsu-2023",
                          .timestamp = absl::StrCat(absl::ToUnixSeconds(kTestNow)),
                          .nonce = nonce,
                          .content_digest = token::ContentDigestOf(token::HmacKind::kSha256, ""),
                          .verb = "GET",
                          .target = "/v1/units"};
    request.signature = absl::Base64Escape(token::SignatureOf(token::HmacKind::kSha256, kRequestSecret,
                                                              {.verb = request.verb,
                                                               .target = request.target,
                                                               .content_digest = request.content_digest,
                                                               .timestamp = request.timestamp,
                                                               .nonce = request.nonce,
                                                               .key_id = request.key_id}));
    return {.address = "192.0.2.7", .signed_request = request};
  }
  absl::StatusOr<std::shared_ptr<const Caller>> AuthenticateSigned(const Credentials& credentials) {
    return executor_.RunUntilDone(authenticator_.AuthenticateSigned(credentials, kTestNow));
  }

  const token::SigningKey key_ = token::SigningKey::Generate();
  const token::PrincipalSeal seal_ = *token::PrincipalSeal::FromKey(std::string(32, 'k'));
  Authenticator authenticator_{TrustWith(), seal_};
  ThreadExecutor executor_;
};

TEST_F(PlatformAuthenticatorTest, SealsTheEnterpriseThatAPlatformActsFor) {
  ASSERT_OK_AND_ASSIGN(const auto caller,
                       authenticator_.Authenticate(Certified(absl::StrCat("applicants/", kJiangsuUscc)), kTestNow));
  EXPECT_THAT(caller->may_act, IsOk());
  ASSERT_OK_AND_ASSIGN(const auto principal, seal_.Open(caller->sealed, kTestNow));
  EXPECT_EQ(principal.uscc(), kJiangsuUscc);
  EXPECT_EQ(principal.acting_platform(), "platform-jiangsu");
  EXPECT_EQ(principal.credential(), identity::v1::CREDENTIAL_CLIENT_CERTIFICATE);
  EXPECT_EQ(principal.source_address(), "192.0.2.7");
  ASSERT_OK_AND_ASSIGN(const auto itself, authenticator_.Authenticate(Certified(), kTestNow));
  EXPECT_EQ(itself->principal.unit(), "320000") << "whom it acted for before is not remembered for it";
}

TEST_F(PlatformAuthenticatorTest, SealsNothingForAnEnterpriseElsewhere) {
  ASSERT_OK_AND_ASSIGN(const auto caller,
                       authenticator_.Authenticate(Certified(absl::StrCat("applicants/", kSichuanUscc)), kTestNow));
  EXPECT_THAT(caller->may_act, IsRefusal(absl::StatusCode::kPermissionDenied, "NOT_IN_REGION"));
  EXPECT_EQ(caller->principal.subject(), "platform-jiangsu") << "who tried";
  EXPECT_EQ(caller->principal.roles_size(), 0);
  EXPECT_EQ(caller->sealed, "");
  ASSERT_OK_AND_ASSIGN(const auto anybody, authenticator_.Authenticate(
                                               {.on_behalf_of = absl::StrCat("applicants/", kJiangsuUscc)}, kTestNow));
  EXPECT_THAT(anybody->may_act, IsRefusal(absl::StatusCode::kPermissionDenied, "ON_BEHALF_OF_NOT_ALLOWED"));
  EXPECT_EQ(anybody->sealed, "");
}

TEST_F(PlatformAuthenticatorTest, ForgetsWhomItRemembersWhenTrustChanges) {
  ASSERT_OK_AND_ASSIGN(const auto caller, authenticator_.Authenticate(Certified(), kTestNow));
  ASSERT_OK_AND_ASSIGN(const auto again, authenticator_.Authenticate(Certified(), kTestNow));
  EXPECT_EQ(caller, again);
  EXPECT_FALSE(authenticator_.IsWithdrawn(*caller));
  authenticator_.Use(TrustWith(R"(revocations { platforms: "platform-jiangsu" })"));
  EXPECT_THAT(authenticator_.Authenticate(Certified(), kTestNow),
              IsRefusal(absl::StatusCode::kUnauthenticated, "CREDENTIAL_REVOKED"));
  EXPECT_TRUE(authenticator_.IsWithdrawn(*caller)) << "its stream ends";
  authenticator_.Use(TrustWith());
  EXPECT_THAT(authenticator_.Authenticate(Certified(), kTestNow), IsOk());
}

TEST_F(PlatformAuthenticatorTest, TakesASignedRequestOnce) {
  EXPECT_THAT(AuthenticateSigned(Signed("3f1c9a7be24d4c0f")), IsOk());
  EXPECT_THAT(AuthenticateSigned(Signed("3f1c9a7be24d4c0f")),
              IsRefusal(absl::StatusCode::kUnauthenticated, "NONCE_USED"));
  EXPECT_THAT(AuthenticateSigned(Signed("3f1c9a7be24d4c10")), IsOk());
}

TEST_F(PlatformAuthenticatorTest, ForgedRequestsUseUpNoNonce) {
  Credentials forged = Signed("3f1c9a7be24d4c0f");
  forged.signed_request->target = "/v1/quotas";
  EXPECT_THAT(AuthenticateSigned(forged), IsRefusal(absl::StatusCode::kUnauthenticated, "SIGNATURE_WRONG"));
  EXPECT_THAT(AuthenticateSigned(Signed("3f1c9a7be24d4c0f")), IsOk());
}

TEST_F(PlatformAuthenticatorTest, TakesSignedRequestsWithANonceAlone) {
  EXPECT_THAT(authenticator_.Authenticate(Signed("3f1c9a7be24d4c0f"), kTestNow),
              IsRefusal(absl::StatusCode::kUnauthenticated, "SIGNED_REQUESTS_NOT_HERE"));
  Credentials both = Signed("3f1c9a7be24d4c0f");
  both.authorization = "Bearer x";
  EXPECT_THAT(AuthenticateSigned(both), IsRefusal(absl::StatusCode::kUnauthenticated, "CREDENTIALS_AMBIGUOUS"));
}

TEST_F(PlatformAuthenticatorTest, ABearerTokenCountsBeforeACertificate) {
  Credentials credentials = Certified();
  credentials.authorization = "Bearer x";
  EXPECT_THAT(authenticator_.Authenticate(credentials, kTestNow),
              IsRefusal(absl::StatusCode::kUnauthenticated, "TOKEN_MALFORMED"));
}

}  // namespace
}  // namespace jiebang::gateway
