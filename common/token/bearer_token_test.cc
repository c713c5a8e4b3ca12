#include "common/token/bearer_token.h"

#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/status/status_macros.h"
#include "common/testing/error_matchers.h"
#include "common/testing/status_matchers.h"
#include "common/token/base64url.h"
#include "common/token/digest.h"
#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"

namespace jiebang::token {
namespace {

using identity::v1::Claims;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::int64_t kEnd = 1'780'000'000;
const absl::Time kEarlier = absl::FromUnixSeconds(kEnd - 60);
constexpr char kUscc[] = "91512081MA62K0260E";

auto IsRefused(std::string reason) { return IsRefusal(absl::StatusCode::kUnauthenticated, std::move(reason)); }

Claims UnitClaims() {
  Claims claims;
  claims.set_iss("https://issuer.test");
  claims.set_sub("platform-jiangsu");
  claims.set_aud("jiebang");
  claims.set_exp(kEnd);
  claims.set_iat(kEnd - 3'600);
  claims.add_roles("unit");
  claims.set_unit("320000");
  return claims;
}

class BearerTokenTest : public testing::Test {
 protected:
  std::string Signed(const Claims& claims) const { return *SignBearer(claims, key_); }
  // A token with any header and payload, properly signed.
  std::string Signed(const std::string& header, const std::string& payload) const {
    const std::string text = absl::StrCat(ToBase64Url(header), ".", ToBase64Url(payload));
    return absl::StrCat(text, ".", ToBase64Url(key_.Sign(text)));
  }
  absl::StatusOr<Principal> Verify(const std::string& token, absl::Time now = kEarlier) const {
    ASSIGN_OR_RETURN(BearerToken believed, verifier_.Verify(token, now));
    return std::move(believed.principal);
  }
  absl::StatusOr<Principal> Verify(const Claims& claims) const { return Verify(Signed(claims)); }

  const SigningKey key_ = SigningKey::Generate();
  const BearerVerifier verifier_{{SigningKey::Generate().verifying_key(), key_.verifying_key()}, "https://issuer.test"};
  const std::string header_ = R"({"alg":"EdDSA"})";
  const std::string payload_ = absl::StrCat(R"({"iss":"https://issuer.test","sub":"s","aud":"jiebang","exp":)", kEnd,
                                            R"(,"roles":["ministry"]})");
};

TEST_F(BearerTokenTest, SaysWhoCalls) {
  ASSERT_OK_AND_ASSIGN(const Principal principal, Verify(UnitClaims()));
  EXPECT_EQ(principal.subject(), "platform-jiangsu");
  EXPECT_THAT(principal.roles(), ElementsAre(options::v1::ROLE_UNIT));
  EXPECT_EQ(principal.unit(), "320000");
  EXPECT_EQ(principal.uscc(), "");
  EXPECT_EQ(principal.on_behalf_of(), "");
  EXPECT_EQ(principal.expire_seconds(), kEnd + 30 - 1);
}

TEST_F(BearerTokenTest, IsAJwtAsOthersReadIt) {
  const std::string token = Signed(UnitClaims());
  const std::size_t first = token.find('.');
  const std::size_t second = token.find('.', first + 1);
  const std::string header = *FromBase64Url(token.substr(0, first));
  EXPECT_THAT(header, HasSubstr(R"("alg":"EdDSA")"));
  EXPECT_THAT(header, HasSubstr(absl::StrCat(R"("kid":")", key_.kid(), R"(")")));
  const std::string payload = *FromBase64Url(token.substr(first + 1, second - first - 1));
  EXPECT_THAT(payload, HasSubstr(R"("exp":1780000000)")) << "a NumericDate is a number";
  EXPECT_THAT(payload, HasSubstr(R"("roles":["unit"])"));
}

TEST_F(BearerTokenTest, MayComeFromOthersWithMoreClaims) {
  const std::string payload =
      absl::StrReplaceAll(payload_, {{R"("sub")", R"("jti":"7","nested":{"a":[1,null]},"sub")"}});
  EXPECT_THAT(Verify(Signed(header_, payload)), IsOk());
}

TEST_F(BearerTokenTest, GivesEveryRoleThatATokenMayGive) {
  Claims claims = UnitClaims();
  claims.clear_roles();
  for (const char* role : {"applicant", "unit", "expert", "ministry", "operator", "auditor"}) claims.add_roles(role);
  claims.set_uscc(kUscc);
  claims.set_expert("expert-12");
  ASSERT_OK_AND_ASSIGN(const Principal principal, Verify(claims));
  EXPECT_EQ(principal.roles_size(), 6);
  EXPECT_EQ(principal.uscc(), kUscc);
  EXPECT_EQ(principal.expert(), "expert-12");
}

TEST_F(BearerTokenTest, ExpiresWithTheSkew) {
  const std::string token = Signed(UnitClaims());
  const absl::Time end = absl::FromUnixSeconds(kEnd + 30);
  EXPECT_THAT(Verify(token, end - absl::Nanoseconds(1)), IsOk());
  EXPECT_THAT(Verify(token, end), IsRefused("TOKEN_EXPIRED"));

  const BearerVerifier strict({key_.verifying_key()}, "https://issuer.test", absl::ZeroDuration());
  EXPECT_THAT(strict.Verify(token, absl::FromUnixSeconds(kEnd)), IsRefused("TOKEN_EXPIRED"));
}

TEST_F(BearerTokenTest, ExpiresAlsoWhenItDoesNotSayWhen) {
  Claims claims = UnitClaims();
  claims.clear_exp();
  EXPECT_THAT(Verify(claims), IsRefused("TOKEN_EXPIRED"));
  EXPECT_THAT(Verify(Signed(header_, absl::StrReplaceAll(payload_, {{absl::StrCat(kEnd), "null"}}))),
              IsRefused("TOKEN_EXPIRED"));
  claims.set_exp(-1);
  EXPECT_THAT(Verify(claims), IsRefused("TOKEN_EXPIRED"));
}

TEST_F(BearerTokenTest, IsForOneIssuerAndOneAudience) {
  for (const char* issuer : {"", "https://issuer.test/", "HTTPS://issuer.test"}) {
    Claims claims = UnitClaims();
    claims.set_iss(issuer);
    EXPECT_THAT(Verify(claims), IsRefused("TOKEN_WRONG_ISSUER")) << issuer;
  }
  for (const char* audience : {"", "Jiebang", "jiebang2"}) {
    Claims claims = UnitClaims();
    claims.set_aud(audience);
    EXPECT_THAT(Verify(claims), IsRefused("TOKEN_WRONG_AUDIENCE")) << audience;
  }
}

TEST_F(BearerTokenTest, GivesNoOtherRoles) {
  for (const char* role :
       {"public", "service", "unspecified", "admin", "", "UNIT", "Unit", "role_unit", "ROLE_UNIT", "2"}) {
    Claims claims = UnitClaims();
    claims.add_roles(role);
    EXPECT_THAT(Verify(claims), IsRefused("TOKEN_ROLE_REFUSED")) << role;
  }
  Claims claims = UnitClaims();
  claims.clear_roles();
  EXPECT_THAT(Verify(claims), IsRefused("TOKEN_ROLE_REFUSED")) << "none";
}

TEST_F(BearerTokenTest, GivesNoOwnersRoleWithoutTheOwnersId) {
  for (const char* role : {"applicant", "expert"}) {  // the claims have the id of a unit only
    Claims claims = UnitClaims();
    claims.add_roles(role);
    EXPECT_THAT(Verify(claims), IsRefused("TOKEN_ROLE_REFUSED")) << role;
  }
  for (const char* unit : {"", "-", "..", "320000/units/330000", "320000 "}) {
    Claims claims = UnitClaims();
    claims.set_unit(unit);
    EXPECT_THAT(Verify(claims), IsRefused("TOKEN_ROLE_REFUSED")) << unit;
  }
}

TEST_F(BearerTokenTest, NeedsASubject) {
  Claims claims = UnitClaims();
  claims.clear_sub();
  EXPECT_THAT(Verify(claims), IsRefused("TOKEN_MALFORMED"));
}

TEST_F(BearerTokenTest, IsSignedByAKeyThatIsTrusted) {
  EXPECT_THAT(Verify(*SignBearer(UnitClaims(), SigningKey::Generate())), IsRefused("TOKEN_SIGNATURE_WRONG"));
  EXPECT_THAT(BearerVerifier({}, "https://issuer.test").Verify(Signed(UnitClaims()), kEarlier),
              IsRefused("TOKEN_SIGNATURE_WRONG"));
}

TEST_F(BearerTokenTest, MayNameItsKeyButOnlyTheRightOne) {
  EXPECT_THAT(Verify(Signed(header_, payload_)), IsOk());
  EXPECT_THAT(Verify(Signed(absl::StrCat(R"({"alg":"EdDSA","kid":")", key_.kid(), R"("})"), payload_)), IsOk());
  EXPECT_THAT(Verify(Signed(R"({"alg":"EdDSA","kid":"0000000000000000"})", payload_)),
              IsRefused("TOKEN_SIGNATURE_WRONG"));
}

TEST_F(BearerTokenTest, DoesNotChooseItsAlgorithm) {
  for (const char* algorithm : {"none", "None", "eddsa", "EDDSA", "Ed25519", "HS256", "RS256", "ES256", ""}) {
    const std::string header = absl::StrCat(R"({"alg":")", algorithm, R"("})");
    EXPECT_THAT(Verify(Signed(header, payload_)), IsRefused("TOKEN_SIGNATURE_WRONG")) << algorithm;
    const std::string unsigned_token = absl::StrCat(ToBase64Url(header), ".", ToBase64Url(payload_), ".");
    EXPECT_THAT(Verify(unsigned_token), IsRefused("TOKEN_SIGNATURE_WRONG")) << algorithm;
  }
  EXPECT_THAT(Verify(Signed("{}", payload_)), IsRefused("TOKEN_SIGNATURE_WRONG"));
  EXPECT_THAT(Verify(Signed(R"({"alg":["EdDSA"]})", payload_)), IsRefused("TOKEN_SIGNATURE_WRONG"));
}

// The attack on verifiers that take the public key for whatever kind of key the header asks for.
TEST_F(BearerTokenTest, IsNotSignedWithWhatEverybodyKnows) {
  const std::string text = absl::StrCat(ToBase64Url(R"({"alg":"HS256"})"), ".", ToBase64Url(payload_));
  EXPECT_THAT(Verify(absl::StrCat(text, ".", ToBase64Url(HmacSha256(key_.kid(), text)))),
              IsRefused("TOKEN_SIGNATURE_WRONG"));
}

TEST_F(BearerTokenTest, HasNoExtensionThatWeDoNotUnderstand) {
  EXPECT_THAT(Verify(Signed(R"({"alg":"EdDSA","crit":["b64"],"b64":false})", payload_)), IsRefused("TOKEN_MALFORMED"));
}

TEST_F(BearerTokenTest, IsSpoiltByEveryChangedCharacter) {
  const std::string token = Signed(UnitClaims());
  for (std::size_t i = 0; i < token.size(); ++i) {
    std::string changed = token;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    ASSERT_THAT(Verify(changed), StatusIs(absl::StatusCode::kUnauthenticated)) << i;
  }
}

TEST_F(BearerTokenTest, HasOneSpelling) {
  const std::string token = Signed(header_, payload_);
  const std::string standard = absl::StrReplaceAll(token, {{"-", "+"}, {"_", "/"}});
  std::vector<std::string> others = {"",
                                     ".",
                                     "..",
                                     "a.b",
                                     "a.b.c.d",
                                     token + ".",
                                     token + "=",
                                     token + "==",
                                     " " + token,
                                     token + "\n",
                                     "." + token,
                                     token + "." + token,
                                     token.substr(0, token.rfind('.')),
                                     std::string(9'000, 'A') + "." + token};
  if (standard != token) others.push_back(standard);
  for (const std::string& other : others) EXPECT_THAT(Verify(other), IsRefused("TOKEN_MALFORMED")) << other;
}

TEST_F(BearerTokenTest, HoldsAnObjectOfJson) {
  for (const char* payload : {"", "[]", "7", "null", "{", R"({"sub":)", R"({"exp":"soon"})", R"({"roles":{"a":1}})",
                              R"({"sub":{"a":"b"}})"}) {
    EXPECT_THAT(Verify(Signed(header_, payload)), StatusIs(absl::StatusCode::kUnauthenticated)) << payload;
  }
  for (const char* header : {"", "[]", "EdDSA", "{", R"({"alg":"EdDSA")"}) {
    EXPECT_THAT(Verify(Signed(header, payload_)), StatusIs(absl::StatusCode::kUnauthenticated)) << header;
  }
}

TEST_F(BearerTokenTest, TellsNothingBeforeItsSignatureHolds) {
  Claims claims = UnitClaims();
  claims.set_exp(1);
  claims.set_iss("somebody");
  EXPECT_THAT(Verify(*SignBearer(claims, SigningKey::Generate())), IsRefused("TOKEN_SIGNATURE_WRONG"));
}

TEST_F(BearerTokenTest, HasNoMemberTwice) {
  for (const char* twice :
       {R"("sub":"t",)", R"("iss":"https://issuer.test",)", R"("x":{"a":1,"a":2},)", R"("exp":1,)"}) {
    const std::string payload = absl::StrReplaceAll(payload_, {{R"("sub")", absl::StrCat(twice, R"("sub")")}});
    EXPECT_THAT(Verify(Signed(header_, payload)), IsRefused("TOKEN_MALFORMED")) << twice;
  }
  EXPECT_THAT(Verify(Signed(R"({"alg":"none","alg":"EdDSA"})", payload_)), IsRefused("TOKEN_MALFORMED"));
  EXPECT_THAT(Verify(Signed(R"({"alg":"EdDSA","kid":"","kid":""})", payload_)), IsRefused("TOKEN_MALFORMED"));
}

TEST_F(BearerTokenTest, BringsNoKeyOfItsOwn) {
  const SigningKey own = SigningKey::Generate();
  const std::string header = absl::StrCat(
      R"({"alg":"EdDSA","jwk":{"kty":"OKP","crv":"Ed25519","x":"AA"},"jku":"https://a.test/k","x5u":"u"})");
  const std::string text = absl::StrCat(ToBase64Url(header), ".", ToBase64Url(payload_));
  EXPECT_THAT(Verify(absl::StrCat(text, ".", ToBase64Url(own.Sign(text)))), IsRefused("TOKEN_SIGNATURE_WRONG"));
  EXPECT_THAT(Verify(Signed(R"({"alg":"EdDSA","kid":7})", payload_)), IsRefused("TOKEN_MALFORMED"));
}

TEST_F(BearerTokenTest, MayBeForSeveral) {
  const auto for_audience = [&](const char* audience) {
    return Verify(
        Signed(header_, absl::StrReplaceAll(payload_, {{R"("aud":"jiebang")", absl::StrCat(R"("aud":)", audience)}})));
  };
  EXPECT_THAT(for_audience(R"(["elsewhere","jiebang"])"), IsOk());
  EXPECT_THAT(for_audience(R"(["elsewhere"])"), IsRefused("TOKEN_WRONG_AUDIENCE"));
  EXPECT_THAT(for_audience("[]"), IsRefused("TOKEN_WRONG_AUDIENCE"));
  EXPECT_THAT(for_audience(R"(["jiebang",7])"), IsRefused("TOKEN_MALFORMED"));
  EXPECT_THAT(for_audience("true"), IsRefused("TOKEN_MALFORMED"));
}

TEST_F(BearerTokenTest, BeginsWithTheSkew) {
  for (const char* member : {"nbf", "iat"}) {
    const auto from = [&](std::int64_t seconds) {
      return Verify(Signed(
          header_,
          absl::StrReplaceAll(payload_, {{R"("sub")", absl::StrCat("\"", member, "\":", seconds, R"(,"sub")")}})));
    };
    EXPECT_THAT(from(absl::ToUnixSeconds(kEarlier) + 30), IsOk()) << member;
    EXPECT_THAT(from(absl::ToUnixSeconds(kEarlier) + 31), IsRefused("TOKEN_NOT_YET_VALID")) << member;
  }
  for (const char* number : {R"("1780000000")", "1e300", "-1e300", "true", "{}"}) {
    EXPECT_THAT(Verify(Signed(header_, absl::StrReplaceAll(payload_, {{absl::StrCat(kEnd), number}}))),
                IsRefused("TOKEN_MALFORMED"))
        << number;
  }
}

TEST_F(BearerTokenTest, LivesNoLongerThanIsAccepted) {
  const auto keys = std::make_shared<const KeySet>(std::vector<NamedKey>{{"", key_.verifying_key()}});
  const BearerVerifier verifier({{"https://issuer.test", keys}}, {.longest_life = absl::Hours(1)});
  const auto issued = [&](std::int64_t seconds) {
    return Signed(header_,
                  absl::StrReplaceAll(payload_, {{R"("sub")", absl::StrCat(R"("iat":)", seconds, R"(,"sub")")}}));
  };
  EXPECT_THAT(verifier.Verify(issued(kEnd - 3'600), kEarlier), IsOk());
  EXPECT_THAT(verifier.Verify(issued(kEnd - 3'601), kEarlier), IsRefused("TOKEN_LIFETIME_TOO_LONG"));
  EXPECT_THAT(verifier.Verify(Signed(header_, payload_), kEarlier), IsOk()) << "a minute is left";
  EXPECT_THAT(verifier.Verify(Signed(header_, payload_), kEarlier - absl::Hours(1)),
              IsRefused("TOKEN_LIFETIME_TOO_LONG"));
}

TEST_F(BearerTokenTest, SaysByWhatItCanBeWithdrawn) {
  Claims claims = UnitClaims();
  ASSERT_OK_AND_ASSIGN(const std::string token, SignBearer(claims, key_, "id-1"));
  ASSERT_OK_AND_ASSIGN(const BearerToken believed, verifier_.Verify(token, kEarlier));
  EXPECT_EQ(believed.id, "id-1");
  EXPECT_EQ(believed.issuer, "https://issuer.test");
  EXPECT_EQ(believed.key_id, key_.kid());
  EXPECT_EQ(believed.issued_at, absl::FromUnixSeconds(kEnd - 3'600));
  EXPECT_EQ(believed.principal.credential(), identity::v1::CREDENTIAL_BEARER_TOKEN);
}

class SeveralIssuersTest : public testing::Test {
 protected:
  static std::shared_ptr<const KeySet> SetOf(const SigningKey& key) {
    return std::make_shared<const KeySet>(std::vector<NamedKey>{{key.kid(), key.verifying_key()}});
  }
  static std::string Token(const std::string& issuer, const SigningKey& key) {
    Claims claims = UnitClaims();
    claims.set_iss(issuer);
    return *SignBearer(claims, key);
  }

  const SigningKey ed25519_ = SigningKey::Generate();
  const SigningKey rsa_ = SigningKey::Generate(KeyKind::kRsa);
  const BearerVerifier verifier_{{{"https://a.test", SetOf(ed25519_)}, {"https://b.test", SetOf(rsa_)}}, TokenLimits{}};
};

TEST_F(SeveralIssuersTest, EachHasKeysOfItsOwn) {
  EXPECT_THAT(verifier_.Verify(Token("https://a.test", ed25519_), kEarlier), IsOk());
  EXPECT_THAT(verifier_.Verify(Token("https://b.test", rsa_), kEarlier), IsOk());
  EXPECT_THAT(verifier_.Verify(Token("https://a.test", rsa_), kEarlier), IsRefused("TOKEN_SIGNATURE_WRONG"));
  EXPECT_THAT(verifier_.Verify(Token("https://b.test", ed25519_), kEarlier), IsRefused("TOKEN_SIGNATURE_WRONG"));
  EXPECT_THAT(verifier_.Verify(Token("https://c.test", rsa_), kEarlier), IsRefused("TOKEN_WRONG_ISSUER"));
}

// The attack on verifiers that take the public key, which everybody has, for an HMAC key or for one of another kind.
TEST_F(SeveralIssuersTest, AnRsaKeyVerifiesRs256Alone) {
  const std::string pem_path = testing::TempDir() + "/rsa-public-" + rsa_.kid() + ".pem";
  ASSERT_THAT(rsa_.verifying_key().WritePemFile(pem_path), IsOk());
  std::ifstream file(pem_path);
  const std::string pem{std::istreambuf_iterator<char>(file), {}};
  const std::string payload =
      absl::StrReplaceAll(R"({"iss":"https://b.test","sub":"s","aud":"jiebang","exp":END,"roles":["ministry"]})",
                          {{"END", absl::StrCat(kEnd)}});
  for (const char* algorithm : {"HS256", "RS384", "PS256", "EdDSA", "none", "ES256"}) {
    const std::string text =
        absl::StrCat(ToBase64Url(absl::StrCat(R"({"alg":")", algorithm, R"("})")), ".", ToBase64Url(payload));
    for (const std::string& signature : {HmacSha256(pem, text), rsa_.Sign(text), std::string()}) {
      EXPECT_THAT(verifier_.Verify(absl::StrCat(text, ".", ToBase64Url(signature)), kEarlier),
                  IsRefused("TOKEN_SIGNATURE_WRONG"))
          << algorithm;
    }
  }
}

}  // namespace
}  // namespace jiebang::token
