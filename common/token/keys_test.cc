#include "common/token/keys.h"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "absl/strings/escaping.h"
#include "common/testing/error_matchers.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temporary_directory.h"
#include "common/token/base64url.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include <openssl/err.h>

namespace jiebang::token {
namespace {

using std::filesystem::perms;
using testing::HasSubstr;
using testing::MatchesRegex;

// The key of RFC 8037, A.1 and A.2, in PEM (RFC 8410), and what it signs in A.4.
constexpr char kPrivatePem[] =
    "-----BEGIN PRIVATE KEY-----\n"
    "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n"
    "-----END PRIVATE KEY-----\n";
constexpr char kPublicPem[] =
    "-----BEGIN PUBLIC KEY-----\n"
    "MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\n"
    "-----END PUBLIC KEY-----\n";
constexpr char kSigned[] = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc";
constexpr char kSignature[] = "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";

// GB/T 32918.5-2017, annex A: the public key of the example, and its signature of "message digest" under the default
// id.
constexpr char kSm2PublicPem[] =
    "-----BEGIN PUBLIC KEY-----\n"
    "MFkwEwYHKoZIzj0CAQYIKoEcz1UBgi0DQgAECfnfMR5UIaFQ3X0WHkvFxnIXn60Y\n"
    "M/wHa7CP81bzUCDM6kkM4md1pS3G6nGMwapgCu0F+/NeCEpmMvYHLamtEw==\n"
    "-----END PUBLIC KEY-----\n";
constexpr char kSm2Signature[] =
    "3046022100f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"
    "022100b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa";

auto IsUnusable() { return IsRefusal(absl::StatusCode::kFailedPrecondition, "KEY_FILE_UNUSABLE"); }

class KeysTest : public testing::Test {
 protected:
  std::filesystem::path PathOf(const std::string& name) const {
    return std::filesystem::path(directory_.path()) / name;
  }
  std::filesystem::path Written(const std::string& content) const {
    std::ofstream(PathOf("key.pem")) << content;
    return PathOf("key.pem");
  }
  static std::string ContentOf(const std::filesystem::path& path) {
    std::ostringstream content;
    content << std::ifstream(path).rdbuf();
    return content.str();
  }

 private:
  TemporaryDirectory directory_;
};

TEST_F(KeysTest, SignAndVerifyAsRfc8037) {
  ASSERT_OK_AND_ASSIGN(const SigningKey signing, SigningKey::FromPemFile(Written(kPrivatePem)));
  ASSERT_OK_AND_ASSIGN(const VerifyingKey verifying, VerifyingKey::FromPemFile(Written(kPublicPem)));
  EXPECT_EQ(ToBase64Url(signing.Sign(kSigned)), kSignature);
  EXPECT_TRUE(verifying.Verify(kSigned, *FromBase64Url(kSignature)));
  EXPECT_TRUE(signing.verifying_key().Verify(kSigned, *FromBase64Url(kSignature)));
  EXPECT_EQ(verifying.kid(), "21fe31dfa154a261");  // sha256 of the raw key of A.2, computed with Python's hashlib
  EXPECT_EQ(signing.kid(), verifying.kid());
}

TEST_F(KeysTest, VerifyNothingElse) {
  const SigningKey key = SigningKey::Generate();
  const std::string signature = key.Sign("message");
  EXPECT_TRUE(key.verifying_key().Verify("message", signature));
  EXPECT_FALSE(key.verifying_key().Verify("massage", signature));
  EXPECT_FALSE(key.verifying_key().Verify("", signature));
  EXPECT_FALSE(key.verifying_key().Verify("message", ""));
  EXPECT_FALSE(key.verifying_key().Verify("message", signature + "x"));
  EXPECT_FALSE(key.verifying_key().Verify("message", signature.substr(1)));
  EXPECT_FALSE(key.verifying_key().Verify("message", std::string(64, '\0')));
  EXPECT_FALSE(SigningKey::Generate().verifying_key().Verify("message", signature));
}

TEST_F(KeysTest, LeaveNoErrorForTheTlsOfTheSameThread) {
  const SigningKey key = SigningKey::Generate();
  EXPECT_FALSE(key.verifying_key().Verify("message", std::string(64, '\xff')));
  EXPECT_FALSE(key.verifying_key().Verify("message", "short"));
  EXPECT_THAT(SigningKey::FromPemFile(Written("no key")), IsUnusable());
  EXPECT_EQ(ERR_peek_error(), 0UL);
}

TEST_F(KeysTest, AreNewEachTime) {
  EXPECT_NE(SigningKey::Generate().kid(), SigningKey::Generate().kid());
  EXPECT_THAT(SigningKey::Generate().kid(), MatchesRegex("[0-9a-f]{16}"));
}

TEST_F(KeysTest, ComeBackFromTheirFiles) {
  const SigningKey key = SigningKey::Generate();
  ASSERT_THAT(key.WritePemFile(PathOf("private.pem")), IsOk());
  ASSERT_THAT(key.verifying_key().WritePemFile(PathOf("public.pem")), IsOk());
  EXPECT_EQ(std::filesystem::status(PathOf("private.pem")).permissions(), perms::owner_read | perms::owner_write);

  ASSERT_OK_AND_ASSIGN(const SigningKey signing, SigningKey::FromPemFile(PathOf("private.pem")));
  ASSERT_OK_AND_ASSIGN(const VerifyingKey verifying, VerifyingKey::FromPemFile(PathOf("public.pem")));
  EXPECT_EQ(signing.kid(), key.kid());
  EXPECT_TRUE(verifying.Verify("message", signing.Sign("message")));
}

TEST_F(KeysTest, PutNothingPrivateIntoAPublicFile) {
  ASSERT_OK_AND_ASSIGN(const SigningKey key, SigningKey::FromPemFile(Written(kPrivatePem)));
  ASSERT_THAT(key.verifying_key().WritePemFile(PathOf("public.pem")), IsOk());
  EXPECT_EQ(ContentOf(PathOf("public.pem")), kPublicPem);
  EXPECT_THAT(SigningKey::FromPemFile(PathOf("public.pem")), IsUnusable());
  EXPECT_THAT(VerifyingKey::FromPemFile(Written(kPrivatePem)), IsUnusable());
}

TEST_F(KeysTest, OverwriteNoKey) {
  const std::filesystem::path path = Written(kPrivatePem);
  EXPECT_THAT(SigningKey::Generate().WritePemFile(path),
              IsRefusal(absl::StatusCode::kAlreadyExists, "KEY_FILE_EXISTS"));
  EXPECT_THAT(SigningKey::Generate().verifying_key().WritePemFile(path),
              IsRefusal(absl::StatusCode::kAlreadyExists, "KEY_FILE_EXISTS"));
  EXPECT_EQ(ContentOf(path), kPrivatePem);
}

TEST_F(KeysTest, VerifySm2AsGbt32918) {
  ASSERT_OK_AND_ASSIGN(const VerifyingKey key, VerifyingKey::OfAnyKindFromPemFile(Written(kSm2PublicPem)));
  EXPECT_EQ(key.kind(), KeyKind::kSm2);
  EXPECT_TRUE(key.Verify("message digest", absl::HexStringToBytes(kSm2Signature)));
  EXPECT_FALSE(key.Verify("message digesu", absl::HexStringToBytes(kSm2Signature)));
}

TEST_F(KeysTest, OfSm2SignAndComeBackFromTheirFiles) {
  const SigningKey key = SigningKey::Generate(KeyKind::kSm2);
  ASSERT_THAT(key.WritePemFile(PathOf("private.pem")), IsOk());
  ASSERT_THAT(key.verifying_key().WritePemFile(PathOf("public.pem")), IsOk());
  ASSERT_OK_AND_ASSIGN(const SigningKey signing, SigningKey::OfAnyKindFromPemFile(PathOf("private.pem")));
  ASSERT_OK_AND_ASSIGN(const VerifyingKey verifying, VerifyingKey::OfAnyKindFromPemFile(PathOf("public.pem")));
  EXPECT_EQ(signing.kid(), key.kid());
  EXPECT_EQ(verifying.kid(), key.kid());
  EXPECT_THAT(key.kid(), MatchesRegex("[0-9a-f]{16}"));
  EXPECT_TRUE(verifying.Verify("message", signing.Sign("message")));
  EXPECT_FALSE(SigningKey::Generate(KeyKind::kSm2).verifying_key().Verify("message", signing.Sign("message")));
}

TEST_F(KeysTest, OfBothKindsRefuseAFlippedBit) {
  for (const KeyKind kind : {KeyKind::kEd25519, KeyKind::kSm2}) {
    const SigningKey key = SigningKey::Generate(kind);
    const std::string signature = key.Sign("message");
    for (std::size_t bit = 0; bit < signature.size() * 8; bit += kind == KeyKind::kSm2 ? 7 : 1) {
      std::string flipped = signature;
      flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << (bit % 8)));
      EXPECT_FALSE(key.verifying_key().Verify("message", flipped)) << bit;
    }
  }
}

TEST_F(KeysTest, OfSm2SignNoTokens) {
  const SigningKey key = SigningKey::Generate(KeyKind::kSm2);
  ASSERT_THAT(key.WritePemFile(PathOf("private.pem")), IsOk());
  EXPECT_THAT(SigningKey::FromPemFile(PathOf("private.pem")), IsUnusable());
  EXPECT_THAT(VerifyingKey::FromPemFile(Written(kSm2PublicPem)), IsUnusable());
}

TEST_F(KeysTest, SayWhichFileIsNoKey) {
  EXPECT_THAT(SigningKey::FromPemFile(PathOf("absent.pem")), IsUnusable());
  EXPECT_THAT(SigningKey::FromPemFile(PathOf("absent.pem")),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("absent.pem")));
  EXPECT_THAT(VerifyingKey::FromPemFile(Written("")), IsUnusable());
  // openssl ecparam -name prime256v1 -genkey -noout | openssl ec -pubout
  EXPECT_THAT(VerifyingKey::FromPemFile(Written("-----BEGIN PUBLIC KEY-----\n"
                                                "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEXLU7uynDa9XCjlz9+WgbiJls0mLe\n"
                                                "u155qlvlDr92WMnAc0usRPQG4anvkzYS1Y0nvCFCEKXkRuSqHeslDR52zw==\n"
                                                "-----END PUBLIC KEY-----\n")),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("Ed25519")));
  EXPECT_THAT(SigningKey::Generate().WritePemFile(PathOf("no/folder/key.pem")), IsUnusable());
}

}  // namespace
}  // namespace jiebang::token
