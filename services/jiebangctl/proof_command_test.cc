#include "services/jiebangctl/proof_command.h"

#include <fstream>
#include <sstream>

#include "common/testing/status_matchers.h"
#include "common/testing/temporary_directory.h"
#include "common/token/key_set.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace jiebang::ctl {
namespace {

using testing::HasSubstr;

const absl::Time kThen = absl::FromUnixSeconds(1'693'000'000);

class ProofCommandTest : public testing::Test {
 protected:
  std::string Written(const char* name, const std::string& text) const {
    const std::string path = (directory_.path() / name).string();
    std::ofstream(path) << text;
    return path;
  }

  const TemporaryDirectory directory_;
};

TEST_F(ProofCommandTest, AnAssertionSaysWhoseItIsAndForWhom) {
  const token::SigningKey key = token::SigningKey::Generate();
  const std::string file = (directory_.path() / "key.pem").string();
  ASSERT_THAT(key.WritePemFile(file), IsOk());
  std::ostringstream output;
  ASSERT_THAT(MakeAssertion({.key = file, .platform = "platform-js", .audience = "https://g.test"}, kThen, output),
              IsOk());
  std::string assertion = output.str();
  assertion.pop_back();
  const auto jwt = token::ParseJwt(assertion);
  ASSERT_TRUE(jwt.has_value());
  EXPECT_TRUE(key.verifying_key().Verify(jwt->signed_text, jwt->signature));
  EXPECT_EQ(token::TextIn(jwt->claims, "sub"), "platform-js");
  EXPECT_EQ(token::TextIn(jwt->claims, "aud"), "https://g.test");
  EXPECT_EQ(token::TimeIn(jwt->claims, "exp", kThen), kThen + absl::Minutes(1));
}

TEST_F(ProofCommandTest, ASignedRequestHasAllItsHeaders) {
  const SigningFlags flags{.key_id = "jiangsu-2023",
                           .secret = Written("secret", "jiebang-test-secret-0123456789abcdef\n"),
                           .target = "/v1/units?b=1&a=2",
                           .body = Written("body", "{}"),
                           .on_behalf_of = "applicants/91320594MA1MYA2Q2J"};
  std::ostringstream output;
  ASSERT_THAT(SignRequest(flags, kThen, output), IsOk());
  for (const char* header : {"jiebang-key-id: jiangsu-2023\n", "jiebang-timestamp: 1693000000\n", "jiebang-nonce: ",
                             "content-digest: sha-256=:RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=:\n",
                             "jiebang-on-behalf-of: applicants/91320594MA1MYA2Q2J\n", "jiebang-signature: "}) {
    EXPECT_THAT(output.str(), HasSubstr(header));
  }
  SigningFlags explained = flags;
  explained.explain = true;
  std::ostringstream text;
  ASSERT_THAT(SignRequest(explained, kThen, text), IsOk());
  EXPECT_THAT(text.str(), HasSubstr("JIEBANG1-HMAC-SHA256\nPOST\n/v1/units\na=2&b=1\nsha-256=:"));
}

}  // namespace
}  // namespace jiebang::ctl
