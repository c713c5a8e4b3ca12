#include "services/gateway/identity/token_endpoint.h"

#include "absl/strings/str_replace.h"
#include "common/testing/error_matchers.h"
#include "common/testing/status_matchers.h"
#include "common/token/base64url.h"
#include "common/token/jwt.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/gateway/identity/test_platform.h"

namespace jiebang::gateway {
namespace {

using testing::HasSubstr;

constexpr char kEndpoint[] = "https://gateway.test/oauth2/token";

class TokenEndpointTest : public testing::Test {
 protected:
  std::shared_ptr<const Trust> TrustWith(const std::string& more = "") const {
    const auto own =
        std::make_shared<const token::KeySet>(std::vector<token::NamedKey>{{own_key_.kid(), own_key_.verifying_key()}});
    return std::make_shared<const Trust>(
        Trust{.tokens = token::BearerVerifier({{kEndpoint, own, /*names_roles=*/false}}, token::TokenLimits{}),
              .registry = std::make_shared<const Registry>(*ParseRegistry(JiangsuRegistry(client_key_, more))),
              .own_issuer = kEndpoint});
  }

  token::Json Claims() const {
    token::Json claims;
    token::SetText(claims, "iss", "platform-jiangsu");
    token::SetText(claims, "sub", "platform-jiangsu");
    token::SetText(claims, "aud", kEndpoint);
    token::SetText(claims, "jti", "assertion-1");
    token::SetTime(claims, "exp", kTestNow + absl::Minutes(5));
    return claims;
  }

  // As SignJwt, with the name that the registry has for the key.
  std::string Assertion(const token::Json& claims, const token::SigningKey& key) const {
    const std::string signed_by_kid = *token::SignJwt(claims, key);
    const std::string payload = signed_by_kid.substr(signed_by_kid.find('.') + 1);
    const std::string text = absl::StrCat(token::ToBase64Url(R"({"alg":"EdDSA","kid":"jiangsu-key"})"), ".",
                                          payload.substr(0, payload.find('.')));
    return absl::StrCat(text, ".", token::ToBase64Url(key.Sign(text)));
  }
  std::string Form(const std::string& assertion) const {
    return absl::StrCat(
        "grant_type=client_credentials&client_assertion_type="
        "urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&client_assertion=",
        assertion);
  }
  TokenAnswer AnswerTo(const token::Json& claims) {
    return endpoint_.Answer(Form(Assertion(claims, client_key_)), {}, kTestNow);
  }
  // The error for these claims instead.
  std::string ErrorFor(const char* member, const std::string& text) {
    token::Json claims = Claims();
    (*claims.mutable_fields())[member].set_string_value(text);
    const TokenAnswer answer = AnswerTo(claims);
    EXPECT_EQ(answer.http_status, 401) << member;
    return answer.body;
  }

  const token::SigningKey own_key_ = token::SigningKey::Generate();
  const token::SigningKey client_key_ = token::SigningKey::Generate();
  const token::PrincipalSeal seal_ = *token::PrincipalSeal::FromKey(std::string(32, 'k'));
  Authenticator authenticator_{TrustWith(), seal_};
  TokenEndpoint endpoint_{authenticator_, own_key_};
};

TEST_F(TokenEndpointTest, GivesATokenThatTheGatewayBelieves) {
  const TokenAnswer answer = AnswerTo(Claims());
  ASSERT_EQ(answer.http_status, 200) << answer.body;
  const token::Json json = *token::ParseJson(answer.body);
  EXPECT_EQ(token::TextIn(json, "token_type"), "Bearer");
  EXPECT_EQ(json.fields().at("expires_in").number_value(), 600);
  const std::string bearer = "Bearer " + *token::TextIn(json, "access_token");
  ASSERT_OK_AND_ASSIGN(const auto caller, authenticator_.Authenticate({.authorization = bearer}, kTestNow));
  EXPECT_EQ(caller->principal.subject(), "platform-jiangsu");
  EXPECT_EQ(caller->principal.unit(), "320000");
  EXPECT_EQ(caller->principal.credential(), identity::v1::CREDENTIAL_BEARER_TOKEN);
  EXPECT_THAT(authenticator_.Authenticate({.authorization = bearer}, kTestNow + absl::Minutes(11)),
              IsRefusal(absl::StatusCode::kUnauthenticated, "TOKEN_EXPIRED"));

  // With its key, the token falls; so it does when the platform is taken out of the registry.
  authenticator_.Use(TrustWith(R"(revocations { key_ids: "jiangsu-key" })"));
  EXPECT_THAT(authenticator_.Authenticate({.authorization = bearer}, kTestNow),
              IsRefusal(absl::StatusCode::kUnauthenticated, "CREDENTIAL_REVOKED"));
  auto without = std::make_shared<Trust>(*TrustWith());
  without->registry = std::make_shared<const Registry>();
  authenticator_.Use(without);
  EXPECT_THAT(authenticator_.Authenticate({.authorization = bearer}, kTestNow),
              IsRefusal(absl::StatusCode::kUnauthenticated, "PLATFORM_UNKNOWN"));
}

TEST_F(TokenEndpointTest, TakesAnAssertionOnce) {
  ASSERT_EQ(AnswerTo(Claims()).http_status, 200);
  const TokenAnswer again = AnswerTo(Claims());
  EXPECT_EQ(again.http_status, 401);
  EXPECT_THAT(again.body, HasSubstr("used before"));
}

TEST_F(TokenEndpointTest, BelievesAnAssertionOfTheRightKeyForItAlone) {
  EXPECT_THAT(ErrorFor("aud", "https://elsewhere.test"), HasSubstr("aud"));
  EXPECT_THAT(ErrorFor("iss", "somebody"), HasSubstr("iss and sub"));
  EXPECT_THAT(ErrorFor("sub", "platform-zhejiang"), HasSubstr("not signed by a key"));
  EXPECT_THAT(ErrorFor("jti", ""), HasSubstr("jti"));
  EXPECT_THAT(ErrorFor("exp", "soon"), HasSubstr("RFC 7523"));
  const TokenAnswer forged = endpoint_.Answer(Form(Assertion(Claims(), token::SigningKey::Generate())), {}, kTestNow);
  EXPECT_EQ(forged.http_status, 401);
  EXPECT_THAT(forged.body, HasSubstr(R"("error":"invalid_client")"));
  token::Json claims = Claims();
  for (const absl::Duration life : {absl::Minutes(-1), absl::Seconds(331)}) {
    token::SetTime(claims, "exp", kTestNow + life);
    EXPECT_EQ(AnswerTo(claims).http_status, 401) << life;
  }
  claims = Claims();
  claims.mutable_fields()->erase("exp");
  EXPECT_EQ(AnswerTo(claims).http_status, 401);
  claims = Claims();
  token::SetTime(claims, "nbf", kTestNow + absl::Minutes(1));
  EXPECT_EQ(AnswerTo(claims).http_status, 401);
}

TEST_F(TokenEndpointTest, GivesNothingToWhoIsRevoked) {
  authenticator_.Use(TrustWith(R"(revocations { key_ids: "jiangsu-key" })"));
  EXPECT_THAT(AnswerTo(Claims()).body, HasSubstr("revoked"));
  authenticator_.Use(TrustWith(R"(revocations { platforms: "platform-jiangsu" })"));
  EXPECT_THAT(AnswerTo(Claims()).body, HasSubstr("revoked"));
}

TEST_F(TokenEndpointTest, AnswersWhatIsNoRequestAsTheStandardSays) {
  const std::string good = Form(Assertion(Claims(), client_key_));
  const auto error = [&](const std::string& form) { return endpoint_.Answer(form, {}, kTestNow); };
  for (const std::string& form : {std::string(), std::string("x"), good + "&grant_type=client_credentials",
                                  good + "%zz", std::string("grant_type=client_credentials"), std::string(20'000, 'a'),
                                  absl::StrReplaceAll(good, {{"jwt-bearer", "saml2-bearer"}})}) {
    EXPECT_EQ(error(form).http_status, 400) << form;
    EXPECT_THAT(error(form).body, HasSubstr(R"("error":"invalid_request")")) << form;
  }
  EXPECT_THAT(error(absl::StrReplaceAll(good, {{"client_credentials", "password"}})).body,
              HasSubstr("unsupported_grant_type"));
  EXPECT_THAT(error(good + "&scope=all").body, HasSubstr("invalid_scope"));
  EXPECT_THAT(error(good + "&client_id=somebody").body, HasSubstr("invalid_client"));
  EXPECT_EQ(endpoint_.Answer(good, {.authorization = "Basic eDp5"}, kTestNow).http_status, 401);
  EXPECT_EQ(error(good + "&client_id=platform-jiangsu").http_status, 200);
}

TEST_F(TokenEndpointTest, IsOfferedWithAKeyAlone) {
  TokenEndpoint none(authenticator_, std::nullopt);
  EXPECT_EQ(none.Answer(Form(Assertion(Claims(), client_key_)), {}, kTestNow).http_status, 404);
}

}  // namespace
}  // namespace jiebang::gateway
