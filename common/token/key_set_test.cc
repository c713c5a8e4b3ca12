#include "common/token/key_set.h"

#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/testing/status_matchers.h"
#include "common/token/base64url.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace jiebang::token {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// The key of RFC 8037, A.1 and A.2, and the signature of A.4.
constexpr char kEd25519[] = R"({"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})";
constexpr char kRfc8037Text[] = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc";
constexpr char kRfc8037Signature[] =
    "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";
// RFC 7515, A.2: the key, what it signed, and the signature.
constexpr char kRsaModulus[] =
    "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-"
    "pCgNMs"
    "D1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-"
    "UTo7WTBEMa2R2CapHg665xsmtdV"
    "MTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ";
constexpr char kRfc7515Text[] =
    "eyJhbGciOiJSUzI1NiJ9."
    "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
constexpr char kRfc7515Signature[] =
    "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_"
    "O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZ"
    "cAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--"
    "xi12jzDwusC-e"
    "OkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";

std::string Rsa(const std::string& more = "") {
  return absl::StrCat(R"({"kty":"RSA","n":")", kRsaModulus, R"(","e":"AQAB")", more, "}");
}
std::string SetOf(const std::string& keys) { return absl::StrCat(R"({"keys":[)", keys, "]}"); }

Jwt Signed(const std::string& algorithm, std::string_view text, std::string_view signature) {
  return {.algorithm = algorithm, .signature = *FromBase64Url(signature), .signed_text = text};
}

TEST(KeySet, HoldsTheKeysOfTheStandards) {
  ASSERT_OK_AND_ASSIGN(const PublishedKeys published, ParseKeySet(SetOf(absl::StrCat(kEd25519, ",", Rsa()))));
  EXPECT_THAT(published.notes, IsEmpty());
  const NamedKey* const ed25519 = published.keys.SignerOf(Signed("EdDSA", kRfc8037Text, kRfc8037Signature));
  ASSERT_NE(ed25519, nullptr);
  EXPECT_EQ(ed25519->key.kind(), KeyKind::kEd25519);
  const NamedKey* const rsa = published.keys.SignerOf(Signed("RS256", kRfc7515Text, kRfc7515Signature));
  ASSERT_NE(rsa, nullptr);
  EXPECT_EQ(rsa->key.kind(), KeyKind::kRsa);
  EXPECT_EQ(published.keys.SignerOf(Signed("RS256", kRfc8037Text, kRfc7515Signature)), nullptr) << "another text";
}

TEST(KeySet, TakesAKeyForItsOwnAlgorithmAlone) {
  ASSERT_OK_AND_ASSIGN(const PublishedKeys published, ParseKeySet(SetOf(absl::StrCat(kEd25519, ",", Rsa()))));
  for (const char* algorithm : {"RS256", "HS256", "none", "", "RS512", "eddsa"}) {
    EXPECT_EQ(published.keys.SignerOf(Signed(algorithm, kRfc8037Text, kRfc8037Signature)), nullptr) << algorithm;
  }
}

TEST(KeySet, FindsAKeyByItsNameOrAmongAllWithoutOne) {
  ASSERT_OK_AND_ASSIGN(const PublishedKeys published,
                       ParseKeySet(SetOf(Rsa(R"(,"kid":"2023","use":"sig","alg":"RS256")"))));
  Jwt jwt = Signed("RS256", kRfc7515Text, kRfc7515Signature);
  EXPECT_NE(published.keys.SignerOf(jwt), nullptr);
  jwt.kid = "2023";
  EXPECT_NE(published.keys.SignerOf(jwt), nullptr);
  for (const char* kid : {"2024", "2023 ", "../2023", "2023' OR '1'='1", "/dev/null"}) {
    jwt.kid = kid;
    EXPECT_EQ(published.keys.SignerOf(jwt), nullptr) << kid;
  }
}

TEST(KeySet, LeavesOutWhatItCannotUseAndSaysSo) {
  const std::string other_keys = absl::StrCat(
      R"({"kty":"EC","crv":"P-256","x":"AA","y":"AA","kid":"ec"},{"kty":"oct","k":"AAAA","kid":"oct"},)",
      Rsa(R"(,"kid":"enc","use":"enc")"), ",", Rsa(R"(,"kid":"ps","alg":"PS256")"), ",",
      Rsa(R"(,"kid":"ops","key_ops":["encrypt"])"), R"(,{"kty":"OKP","crv":"X25519","x":"AA","kid":"x"},)",
      R"({"kty":"RSA","n":")", ToBase64Url(std::string(128, '\xC1')), R"(","e":"AQAB","kid":"1024"},)", kEd25519);
  ASSERT_OK_AND_ASSIGN(const PublishedKeys published, ParseKeySet(SetOf(other_keys)));
  EXPECT_THAT(published.notes,
              ElementsAre(HasSubstr("\"ec\""), HasSubstr("\"oct\""), HasSubstr("\"enc\""), HasSubstr("\"ps\""),
                          HasSubstr("\"ops\""), HasSubstr("\"x\""), HasSubstr("\"1024\"")));
  EXPECT_NE(published.keys.SignerOf(Signed("EdDSA", kRfc8037Text, kRfc8037Signature)), nullptr);
  EXPECT_EQ(published.keys.SignerOf(Signed("RS256", kRfc7515Text, kRfc7515Signature)), nullptr);
}

TEST(KeySet, IsRefusedWhenItIsMalformed) {
  for (const std::string& text :
       {std::string(), std::string("{"), std::string("[]"), std::string("{}"), std::string(R"({"keys":{}})"),
        std::string(R"({"keys":[7]})"), SetOf(""), SetOf("{}"), SetOf(R"({"kty":"OKP","crv":"Ed25519"})"),
        SetOf(R"({"kty":"OKP","crv":"Ed25519","x":"AAAA"})"),
        SetOf(R"({"kty":"OKP","crv":"Ed25519","x":"not base64url!"})"), SetOf(R"({"kty":"RSA","e":"AQAB"})"),
        SetOf(Rsa(R"(,"kid":7)")), SetOf(Rsa(R"(,"d":"AAAA")")), SetOf(Rsa(R"(,"e":"AQAB")")),
        SetOf(R"({"kty":"EC"})")}) {
    EXPECT_THAT(ParseKeySet(text), StatusIs(absl::StatusCode::kInvalidArgument)) << text;
  }
  EXPECT_THAT(ParseKeySet(SetOf(absl::StrCat(R"({"kty":"RSA","n":")", kRsaModulus, R"(","e":"AQ"})"))),
              StatusIs(absl::StatusCode::kInvalidArgument))
      << "an exponent of 1 signs nothing";
}

}  // namespace
}  // namespace jiebang::token
