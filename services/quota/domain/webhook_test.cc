#include "services/quota/domain/webhook.h"

#include "common/errors/error.h"
#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/quota/domain/cloud_event.h"

namespace jiebang::quota {
namespace {

using testing::ElementsAre;

const WebhookName kMain{"320000", "main"};
const absl::Time kThen = absl::FromUnixSeconds(1'700'000'000);

v1::Webhook To(const std::string& url) {
  v1::Webhook webhook;
  webhook.set_url(url);
  return webhook;
}

TEST(WebhookTest, WantsTypesAndWhatBeginsSo) {
  v1::Webhook webhook = To("https://example.cn/");
  EXPECT_TRUE(Wants(webhook, "application.submitted"));
  webhook.add_event_types("application.submitted");
  webhook.add_event_types("recommendation_list.");
  EXPECT_TRUE(Wants(webhook, "application.submitted"));
  EXPECT_TRUE(Wants(webhook, "recommendation_list.submitted"));
  EXPECT_FALSE(Wants(webhook, "application.submitted_twice"));
  EXPECT_FALSE(Wants(webhook, "application.withdrawn"));
}

TEST(WebhookTest, FollowsBothServicesUnlessItNamesOne) {
  v1::Webhook webhook = To("https://example.cn/");
  EXPECT_THAT(ServicesOf(webhook), ElementsAre("application", "quota"));
  webhook.add_services("quota");
  webhook.add_services("quota");
  EXPECT_THAT(ServicesOf(webhook), ElementsAre("quota"));
}

TEST(WebhookTest, TakesHttpsOnItsPortsAloneUnlessTheOperatorNamedNetworks) {
  for (const char* const url : {"http://example.cn/", "https://example.cn:22/", "ftp://example.cn/", ""}) {
    EXPECT_EQ(ReasonOf(NewWebhook(kMain, To(url), false, kThen).status()), "WEBHOOK_URL_REFUSED") << url;
  }
  EXPECT_THAT(NewWebhook(kMain, To("https://example.cn:8443/x"), false, kThen), IsOk());
  EXPECT_THAT(NewWebhook(kMain, To("http://127.0.0.1:8080/x"), true, kThen), IsOk());
  EXPECT_EQ(ReasonOf(NewWebhook(kMain, To("ftp://example.cn/"), true, kThen).status()), "WEBHOOK_URL_REFUSED");
}

TEST(WebhookTest, ItsOwnerPausesItAndCannotSayThatItFails) {
  const auto made = NewWebhook(kMain, To("https://example.cn/"), false, kThen);
  ASSERT_THAT(made, IsOk());
  EXPECT_EQ(made->state(), v1::Webhook::STATE_ACTIVE);
  google::protobuf::FieldMask mask;
  mask.add_paths("state");
  v1::Webhook wanted;
  wanted.set_state(v1::Webhook::STATE_FAILING);
  EXPECT_EQ(ReasonOf(ChangedWebhook(*made, wanted, mask, false, kThen).status()), "WEBHOOK_STATE_REFUSED");
  wanted.set_state(v1::Webhook::STATE_PAUSED);
  EXPECT_EQ(ChangedWebhook(*made, wanted, mask, false, kThen)->state(), v1::Webhook::STATE_PAUSED);
}

TEST(WebhookTest, IsActiveAgainWithoutTheReasonForWhichItWasPaused) {
  const auto made = NewWebhook(kMain, To("https://example.cn/"), false, kThen);
  ASSERT_THAT(made, IsOk());
  const v1::Webhook gone = PausedAsGone(*made);
  EXPECT_EQ(gone.pause_reason(), "GONE");
  google::protobuf::FieldMask mask;
  mask.add_paths("state");
  v1::Webhook wanted;
  wanted.set_state(v1::Webhook::STATE_ACTIVE);
  const auto again = ChangedWebhook(gone, wanted, mask, false, kThen);
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->state(), v1::Webhook::STATE_ACTIVE);
  EXPECT_EQ(again->pause_reason(), "");
}

TEST(CloudEventTest, IsStructuredJsonWithAnIdForEver) {
  journal::v1::Entry entry;
  entry.set_shard(3);
  entry.set_sequence(42);
  entry.mutable_event()->set_type("application.submitted");
  entry.mutable_event()->set_resource("programmes/p");
  entry.mutable_event()->mutable_time()->set_seconds(1'700'000'000);
  const auto json = ToJson(ToCloudEvent("application", entry));
  ASSERT_THAT(json, IsOk());
  EXPECT_EQ(*json, R"({"specversion":"1.0","id":"application-03-000000000042","source":"/services/application",)"
                   R"("type":"application.submitted","subject":"programmes/p","time":"2023-11-14T22:13:20Z",)"
                   R"("datacontenttype":"application/json","data":{"type":"application.submitted",)"
                   R"("resource":"programmes/p","time":"2023-11-14T22:13:20Z"}})");
}

TEST(CloudEventTest, TheSameLossHasTheSameId) {
  const auto lost = [](const std::string& token) {
    return EventsLost("units/320000/webhooks/main", "quota", token, "RESUME_TOKEN_EXPIRED", kThen).id();
  };
  EXPECT_EQ(lost("a"), lost("a"));
  EXPECT_NE(lost("a"), lost("b"));
}

}  // namespace
}  // namespace jiebang::quota
