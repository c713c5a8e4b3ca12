#include "common/token/request_signature.h"

#include "absl/strings/escaping.h"
#include "gtest/gtest.h"

namespace jiebang::token {
namespace {

constexpr char kSecret[] = "jiebang-test-secret-0123456789abcdef";

// The vectors of docs/identity.md, computed by Python's hmac and hashlib.
struct Vector {
  const char* name;
  HmacKind kind;
  SignableRequest request;
  const char* body;
  const char* signature;
};

constexpr SignableRequest kPost = {.verb = "POST",
                                   .target = "/v1/units?view=FULL&page_size=5",
                                   .timestamp = "1693000000",
                                   .nonce = "3f1c9a7be24d4c0f",
                                   .key_id = "jiangsu-2023",
                                   .on_behalf_of = "applicants/91320594MA1MYA2Q2J"};
constexpr SignableRequest kGet = {.verb = "GET",
                                  .target = "/v1/quotas?b=2&a=1&c&b=1",
                                  .timestamp = "1693000000",
                                  .nonce = "3f1c9a7be24d4c0f",
                                  .key_id = "jiangsu-2023"};
constexpr char kBody[] = R"({"name":"units/320000"})";

class RequestSignatureTest : public testing::TestWithParam<Vector> {};

TEST_P(RequestSignatureTest, IsThatOfTheVector) {
  SignableRequest request = GetParam().request;
  const std::string digest = ContentDigestOf(GetParam().kind, GetParam().body);
  request.content_digest = digest;
  EXPECT_EQ(absl::Base64Escape(SignatureOf(GetParam().kind, kSecret, request)), GetParam().signature)
      << TextToSign(GetParam().kind, request);
  EXPECT_TRUE(DigestFits(digest, GetParam().body));
}

INSTANTIATE_TEST_SUITE_P(
    Docs, RequestSignatureTest,
    testing::Values(Vector{"PostSha256", HmacKind::kSha256, kPost, kBody,
                           "9LVdI5hcUjp7uvuajCRJBpSXI7EUF8Iq+k6+H5vbIeY="},
                    Vector{"GetSha256", HmacKind::kSha256, kGet, "", "mgSxq9Vj+YgtR07k+ppqGe3P7DnMyvkgVMAM9R74T0I="},
                    Vector{"PostSm3", HmacKind::kSm3, kPost, kBody, "6AXEAk93qtX8hfyLqb1fyWl3cYvJT7Z4uzWT24TJqlc="},
                    Vector{"GetSm3", HmacKind::kSm3, kGet, "", "O45/9edaYXXRPkXdEqSEl6YTP6Z+fdIZ0G6KcOQtSng="}),
    [](const auto& info) { return std::string(info.param.name); });

TEST(RequestSignature, CoversEveryPart) {
  const std::string original = TextToSign(HmacKind::kSha256, kPost);
  EXPECT_NE(original, TextToSign(HmacKind::kSm3, kPost));
  for (const auto part :
       {&SignableRequest::verb, &SignableRequest::target, &SignableRequest::content_digest, &SignableRequest::timestamp,
        &SignableRequest::nonce, &SignableRequest::key_id, &SignableRequest::on_behalf_of}) {
    SignableRequest changed = kPost;
    changed.*part = "x";
    EXPECT_NE(original, TextToSign(HmacKind::kSha256, changed));
  }
}

TEST(RequestSignature, SortsParametersByNameAlone) {
  const auto text = [](std::string_view target) {
    SignableRequest request = kGet;
    request.target = target;
    return TextToSign(HmacKind::kSha256, request);
  };
  EXPECT_EQ(text("/p?b=1&a=2"), text("/p?a=2&b=1"));
  EXPECT_NE(text("/p?a=1&a=2"), text("/p?a=2&a=1")) << "the order of one parameter's values has a meaning";
  EXPECT_NE(text("/p?a=1"), text("/p?a=%31")) << "nothing is decoded";
  EXPECT_EQ(text("/p"), text("/p?"));
}

TEST(ContentDigest, FitsTheBytesAsSent) {
  const std::string digest = ContentDigestOf(HmacKind::kSha256, "hello");
  // RFC 9530, D.1 has these for its own bytes; here SHA-256("hello").
  EXPECT_EQ(digest, "sha-256=:LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=:");
  const std::string sm3 = ContentDigestOf(HmacKind::kSm3, "hello");
  EXPECT_TRUE(DigestFits("sha-512=:AAAA:, " + digest, "hello"));
  EXPECT_TRUE(DigestFits(digest + "," + sm3, "hello"));
  EXPECT_FALSE(DigestFits(digest, "hello "));
  EXPECT_FALSE(DigestFits(digest + ", sm3=:AAAA:", "hello")) << "one that is wrong";
  for (const char* other : {"", "sha-256", "sha-256=", "sha-256=:", "sha-256=::", "sha-512=:AAAA:",
                            "md5=:XUFAKrxLKna5cZ2REBfFkg==:", "sha-256=LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ="}) {
    EXPECT_FALSE(DigestFits(other, "hello")) << other;
  }
}

}  // namespace
}  // namespace jiebang::token
