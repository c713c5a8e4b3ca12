#include "services/gateway/identity/authenticator.h"

#include "common/testing/error_matchers.h"
#include "common/testing/status_matchers.h"
#include "gtest/gtest.h"

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

}  // namespace
}  // namespace jiebang::gateway
