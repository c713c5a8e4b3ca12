#include "services/quota/domain/webhook_signature.h"

#include "absl/strings/escaping.h"
#include "common/clock/timestamp.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace jiebang::quota {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

const WebhookName kSigning{"320000", "main"};
const absl::Time kSignedAt = absl::FromUnixSeconds(1'700'000'000);

// The example of the Standard Webhooks' own libraries (standard-webhooks/standard-webhooks, libraries/*/test).
TEST(WebhookSignatureTest, SignsAsTheStandardsExample) {
  std::string secret;
  ASSERT_TRUE(absl::Base64Unescape("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", &secret));
  EXPECT_EQ(SignatureHeader({secret}, "msg_p5jXN8AQM9LWM0D4loKWxJek", absl::FromUnixSeconds(1'614'265'330),
                            R"({"test": 2432232314})"),
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

TEST(WebhookSignatureTest, SignsWithBothSecretsForADayAfterARotation) {
  v1::KeptWebhook kept;
  Rotate(NewWebhookKey(), kSignedAt, kept);
  const std::string first = SecretOf("suite", kSigning, kept.keys(0));
  EXPECT_THAT(SigningSecrets("suite", kSigning, kept, kSignedAt), ElementsAre(first));
  EXPECT_FALSE(kept.webhook().has_previous_secret_expire_time());

  Rotate(NewWebhookKey(), kSignedAt, kept);
  const std::string second = SecretOf("suite", kSigning, kept.keys(0));
  EXPECT_NE(first, second);
  EXPECT_THAT(SigningSecrets("suite", kSigning, kept, kSignedAt), ElementsAre(second, first));
  EXPECT_THAT(SigningSecrets("suite", kSigning, kept, kSignedAt + kOldSecretSigns), ElementsAre(second));
  EXPECT_EQ(FromTimestamp(kept.webhook().previous_secret_expire_time()), kSignedAt + kOldSecretSigns);

  Rotate(NewWebhookKey(), kSignedAt, kept);
  EXPECT_THAT(SigningSecrets("suite", kSigning, kept, kSignedAt), SizeIs(2));
}

TEST(WebhookSignatureTest, ASecretIsOfOneWebhookOfOneSuite) {
  const v1::WebhookKey key = NewWebhookKey();
  const std::string secret = SecretOf("suite", kSigning, key);
  EXPECT_THAT(secret, SizeIs(32));
  EXPECT_NE(secret, SecretOf("another suite", kSigning, key));
  EXPECT_NE(secret, SecretOf("suite", {"330000", "main"}, key));
  EXPECT_NE(secret, SecretOf("suite", kSigning, NewWebhookKey()));
}

}  // namespace
}  // namespace jiebang::quota
