#include <deque>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "common/async/thread_executor.h"
#include "common/clock/timestamp.h"
#include "common/errors/error.h"
#include "common/store/sqlite/sqlite_store.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temporary_directory.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/quota/domain/webhook_signature.h"
#include "services/quota/webhooks/dispatcher.h"

namespace jiebang::quota {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const WebhookName kHook{"320000", "main"};
const absl::Time kStart = absl::FromUnixSeconds(1'700'000'000);

// A service's events, numbered from 1; the token is the number of the last one.
class FakeFeed final : public Feed {
 public:
  void Happen(const std::string& type) {
    absl::MutexLock lock(&mutex_);
    types.push_back(type);
  }

  Task<absl::StatusOr<FeedPage>> Read(WebhookName /*webhook*/, FeedQuery query) override {
    absl::MutexLock lock(&mutex_);
    FeedPage page{.resume_token = absl::StrCat(types.size())};
    if (query.from_now) co_return page;
    const std::size_t read = query.resume_token.empty() ? 0 : std::stoul(query.resume_token);
    if (read < compacted) {
      co_return Refusal{.code = absl::StatusCode::kOutOfRange, .reason = "RESUME_TOKEN_EXPIRED", .en = "", .zh = ""}
          .ToStatus();
    }
    for (std::size_t i = read; i < types.size(); ++i) {
      journal::v1::Entry entry;
      entry.set_sequence(static_cast<std::int64_t>(i + 1));
      entry.set_resume_token(absl::StrCat(i + 1));
      entry.mutable_event()->set_type(types[i]);
      page.entries.push_back(std::move(entry));
    }
    co_return page;
  }

  std::vector<std::string> types;
  std::size_t compacted = 0;

 private:
  absl::Mutex mutex_;
};

// A receiver that answers as it is told, and then 204.
class FakeReceiver final : public http::Client {
 public:
  // Until so many have arrived.
  void WaitFor(std::size_t count) {
    const auto enough = [&] { return ids.size() >= count; };
    absl::MutexLock lock(&mutex_, absl::Condition(&enough));
  }

  std::string LastHost() {
    absl::MutexLock lock(&mutex_);
    return last_host_;
  }

  Task<http::Outcome> Send(http::Post post) override {
    absl::MutexLock lock(&mutex_);
    last_host_ = post.url.host;
    for (const auto& [name, value] : post.headers) {
      if (name == "webhook-id") ids.push_back(value);
    }
    http::Answer answer{.status = 204};
    if (!answers.empty()) {
      answer = answers.front();
      answers.pop_front();
    }
    co_return http::Outcome{.result = answer, .detail = ""};
  }

  std::deque<http::Answer> answers;
  std::vector<std::string> ids;  // as they arrived

 private:
  absl::Mutex mutex_;
  std::string last_host_;
};

class DeliveryTest : public testing::Test {
 protected:
  DeliveryTest() {
    v1::KeptWebhook webhook;
    webhook.mutable_webhook()->set_name(kHook.ToString());
    webhook.mutable_webhook()->set_url("https://example.cn/");
    webhook.mutable_webhook()->set_state(v1::Webhook::STATE_ACTIVE);
    webhook.mutable_webhook()->add_services("quota");
    Rotate(NewWebhookKey(), kStart, webhook);
    WebhookChange change{.after = webhook, .event = {"webhook.created", kHook.ToString(), ""}};
    v1::WebhookPlace place;
    place.mutable_status()->set_service("quota");
    place.set_resume_token("0");
    change.places["quota"] = place;
    EXPECT_THAT(executor_.RunUntilDone(webhooks_.Save(change)), IsOk());
  }

  // A follower as a process that has just started has it.
  std::unique_ptr<Follower> NewFollower(bool was_changed = false) {
    auto subscription = std::make_shared<Subscription>();
    subscription->name = kHook;
    subscription->webhook = *executor_.RunUntilDone(webhooks_.Get(kHook));
    subscription->was_changed = was_changed;
    return std::make_unique<Follower>(means_, std::move(subscription), "quota", [] { return true; });
  }

  absl::Status Look(Follower& follower) { return executor_.RunUntilDone(follower.Round()).status(); }

  v1::DeliveryStatus StatusNow() {
    return executor_.RunUntilDone(deliveries_.FindPlace(kHook, "quota"))->value.status();
  }

  std::vector<std::string> DeadLettersNow() {
    std::vector<std::string> ids;
    const auto page = executor_.RunUntilDone(deliveries_.DeadLetters(kHook, "", 100));
    EXPECT_THAT(page, IsOk());
    for (const v1::DeadLetter& letter : page->dead_letters) {
      ids.push_back(letter.event().id());
    }
    return ids;
  }

  static std::string Id(int sequence) { return absl::StrCat("quota-00-00000000000", sequence); }

  const TemporaryDirectory directory_;
  std::unique_ptr<store::Store> store_ = *store::OpenSqliteStore(directory_.path() / "quota.db");
  FixedClock clock_{kStart};
  FakeFeed feed_;
  FakeReceiver receiver_;
  Sender sender_{receiver_, clock_, "suite"};
  WebhookRepository webhooks_{*store_};
  DeliveryRepository deliveries_{*store_};
  DeliveryMeans means_{.feed = feed_,
                       .sender = sender_,
                       .webhooks = webhooks_,
                       .deliveries = deliveries_,
                       .clock = clock_,
                       .wall = clock_,
                       .retries = RetrySchedule({absl::Seconds(10), absl::Seconds(100)}),
                       .pause = absl::Milliseconds(1)};
  ThreadExecutor executor_;
};

TEST_F(DeliveryTest, DeliversInOrderAndEachOnce) {
  feed_.types = {"a.b", "a.c"};
  const auto follower = NewFollower();
  ASSERT_THAT(Look(*follower), IsOk());
  feed_.types.push_back("a.d");
  ASSERT_THAT(Look(*follower), IsOk());
  ASSERT_THAT(Look(*NewFollower()), IsOk());
  EXPECT_THAT(receiver_.ids, ElementsAre(Id(1), Id(2), Id(3)));
  EXPECT_EQ(StatusNow().delivered_count(), 3);
}

TEST_F(DeliveryTest, ThoseBehindOneThatFailsWaitForIt) {
  feed_.types = {"a.b", "a.c"};
  receiver_.answers = {{.status = 500}};
  const auto follower = NewFollower();
  ASSERT_THAT(Look(*follower), IsOk());
  EXPECT_THAT(receiver_.ids, ElementsAre(Id(1)));
  EXPECT_EQ(StatusNow().failed_attempts(), 1);
  EXPECT_EQ(StatusNow().last_failure().http_status(), 500);
  EXPECT_EQ(StatusNow().waiting_event_id(), Id(1));

  ASSERT_THAT(Look(*follower), IsOk());  // too early
  EXPECT_THAT(receiver_.ids, ElementsAre(Id(1)));
  clock_.Advance(absl::Seconds(13));
  ASSERT_THAT(Look(*follower), IsOk());
  EXPECT_THAT(receiver_.ids, ElementsAre(Id(1), Id(1), Id(2)));
  EXPECT_EQ(StatusNow().failed_attempts(), 0);
  EXPECT_EQ(StatusNow().waiting_event_id(), "");
}

TEST_F(DeliveryTest, AfterTheLastAttemptItIsADeadLetterAndTheNextGoesOn) {
  feed_.types = {"a.b", "a.c"};
  receiver_.answers = {{.status = 500}, {.status = 302}, {.status = 404}};
  const auto follower = NewFollower();
  for (int i = 0; i < 3; ++i) {
    ASSERT_THAT(Look(*follower), IsOk());
    clock_.Advance(absl::Minutes(5));
  }
  EXPECT_THAT(receiver_.ids, ElementsAre(Id(1), Id(1), Id(1), Id(2)));
  EXPECT_THAT(DeadLettersNow(), ElementsAre(Id(1)));
}

TEST_F(DeliveryTest, AProcessThatDiedCountsOnWhereItWas) {
  feed_.types = {"a.b"};
  receiver_.answers = {{.status = 500}, {.status = 500}, {.status = 500}};
  for (int i = 0; i < 3; ++i) {
    ASSERT_THAT(Look(*NewFollower()), IsOk());
    ASSERT_THAT(Look(*NewFollower()), IsOk());  // too early, for a new process as well
    clock_.Advance(absl::Minutes(5));
  }
  EXPECT_THAT(receiver_.ids, ElementsAre(Id(1), Id(1), Id(1)));
  EXPECT_THAT(DeadLettersNow(), ElementsAre(Id(1)));
}

TEST_F(DeliveryTest, WhatItsOwnerChangedIsTriedAtOnce) {
  feed_.types = {"a.b"};
  receiver_.answers = {{.status = 500}};
  ASSERT_THAT(Look(*NewFollower()), IsOk());
  ASSERT_THAT(Look(*NewFollower(true)), IsOk());
  EXPECT_THAT(receiver_.ids, ElementsAre(Id(1), Id(1)));
}

TEST_F(DeliveryTest, WaitsAsLongAsTheReceiverAsks) {
  feed_.types = {"a.b"};
  receiver_.answers = {{.status = 429, .retry_after = "3600"}};
  const auto follower = NewFollower();
  ASSERT_THAT(Look(*follower), IsOk());
  EXPECT_EQ(FromTimestamp(StatusNow().next_attempt_time()), kStart + absl::Hours(1));
}

TEST_F(DeliveryTest, AReceiverThatIsGoneIsPausedAndNothingIsLost) {
  feed_.types = {"a.b"};
  receiver_.answers = {{.status = 410}};
  ASSERT_THAT(Look(*NewFollower()), IsOk());
  const v1::Webhook paused = executor_.RunUntilDone(webhooks_.Get(kHook))->value.webhook();
  EXPECT_EQ(paused.state(), v1::Webhook::STATE_PAUSED);
  EXPECT_EQ(paused.pause_reason(), "GONE");
  EXPECT_THAT(DeadLettersNow(), IsEmpty());
  ASSERT_THAT(Look(*NewFollower(true)), IsOk());
  EXPECT_THAT(receiver_.ids, ElementsAre(Id(1), Id(1)));
}

TEST_F(DeliveryTest, DeliversOnlyWhatIsWanted) {
  KeptWebhook present = *executor_.RunUntilDone(webhooks_.Get(kHook));
  WebhookChange change{.before = present, .after = present.value, .event = {"webhook.updated", kHook.ToString(), ""}};
  change.after.mutable_webhook()->add_event_types("list.");
  ASSERT_THAT(executor_.RunUntilDone(webhooks_.Save(change)), IsOk());
  feed_.types = {"a.b", "list.locked", "a.c"};
  ASSERT_THAT(Look(*NewFollower()), IsOk());
  EXPECT_THAT(receiver_.ids, ElementsAre(Id(2)));
}

TEST_F(DeliveryTest, TellsOfALossAndGoesOnWithWhatHappensThen) {
  feed_.types = {"a.b", "a.c", "a.d"};
  feed_.compacted = 2;
  const auto follower = NewFollower();
  ASSERT_THAT(Look(*follower), IsOk());
  feed_.types.push_back("a.e");
  ASSERT_THAT(Look(*follower), IsOk());
  ASSERT_EQ(receiver_.ids.size(), 2);
  EXPECT_TRUE(receiver_.ids[0].starts_with("quota-lost-")) << receiver_.ids[0];
  EXPECT_EQ(receiver_.ids[1], Id(4));
  EXPECT_TRUE(StatusNow().has_lost_time());
}

TEST_F(DeliveryTest, OfTwoProcessesOneGoesOn) {
  feed_.types = {"a.b"};
  const auto first = NewFollower();
  const auto second = NewFollower();
  ASSERT_THAT(Look(*first), IsOk());
  feed_.types.push_back("a.c");
  ASSERT_THAT(Look(*second), IsOk());
  // Both believed that they may; the first one's place is not the kept one any more.
  feed_.types.push_back("a.d");
  EXPECT_EQ(Look(*first).code(), absl::StatusCode::kAborted);
}

TEST_F(DeliveryTest, TheLeaseIsOnes) {
  const absl::Time until = kStart + absl::Seconds(15);
  EXPECT_EQ(*executor_.RunUntilDone(deliveries_.TakeLease("one", kStart, until)), true);
  EXPECT_EQ(*executor_.RunUntilDone(deliveries_.TakeLease("other", kStart, until)), false);
  EXPECT_EQ(*executor_.RunUntilDone(deliveries_.TakeLease("one", kStart, until)), true);
  EXPECT_EQ(*executor_.RunUntilDone(deliveries_.TakeLease("other", until, until + absl::Seconds(15))), true);
  EXPECT_EQ(*executor_.RunUntilDone(deliveries_.TakeLease("one", until, until + absl::Seconds(15))), false);
}

TEST_F(DeliveryTest, OfTwoReplicasOneDeliversAndTheOtherGoesOnWhenItEnds) {
  Dispatcher one(means_);
  Dispatcher other(means_);
  auto first = std::make_unique<ThreadExecutor>();
  auto second = std::make_unique<ThreadExecutor>();
  const auto start = [](ThreadExecutor& executor, Dispatcher& dispatcher) {
    executor.Post([&] { Spawn(executor, dispatcher.Run()); });
  };
  start(*first, one);
  feed_.Happen("a.b");
  receiver_.WaitFor(1);
  start(*second, other);
  feed_.Happen("a.c");
  receiver_.WaitFor(2);
  first.reset();  // it ends in order
  feed_.Happen("a.d");
  receiver_.WaitFor(3);
  second.reset();
  EXPECT_THAT(receiver_.ids, ElementsAre(Id(1), Id(2), Id(3)));
}

TEST_F(DeliveryTest, AChangedWebhookIsFollowedAsItIsThen) {
  Dispatcher dispatcher(means_);
  auto executor = std::make_unique<ThreadExecutor>();
  executor->Post([&] { Spawn(*executor, dispatcher.Run()); });
  feed_.Happen("a.b");
  receiver_.WaitFor(1);
  KeptWebhook present = *executor_.RunUntilDone(webhooks_.Get(kHook));
  WebhookChange change{.before = present, .after = present.value, .event = {"webhook.updated", kHook.ToString(), ""}};
  change.after.mutable_webhook()->set_url("https://elsewhere.cn/");
  ASSERT_THAT(executor_.RunUntilDone(webhooks_.Save(change)), IsOk());
  // Whoever takes an event has the old url or the new one; soon it is the new one.
  int count = 1;
  while (receiver_.LastHost() != "elsewhere.cn") {
    feed_.Happen("a.c");
    receiver_.WaitFor(++count);
  }
  executor.reset();
}

TEST_F(DeliveryTest, KeepsADeadLetterForThirtyDays) {
  const auto die = [&](int sequence) {
    KeptPlace place = *executor_.RunUntilDone(deliveries_.FindPlace(kHook, "quota"));
    v1::DeadLetter letter;
    letter.set_name(DeadLetterName{kHook, Id(sequence)}.ToString());
    letter.mutable_event()->set_id(Id(sequence));
    *letter.mutable_create_time() = ToTimestamp(clock_.Now());
    EXPECT_THAT(executor_.RunUntilDone(deliveries_.SavePlace(kHook, place, letter)), IsOk());
  };
  die(1);
  clock_.Advance(absl::Hours(24 * 29));
  die(2);
  EXPECT_THAT(DeadLettersNow(), ElementsAre(Id(1), Id(2)));
  clock_.Advance(absl::Hours(24 * 2));
  die(3);
  EXPECT_THAT(DeadLettersNow(), ElementsAre(Id(2), Id(3)));
}

TEST_F(DeliveryTest, NothingOfAWebhookThatIsTakenAwayStays) {
  feed_.types = {"a.b"};
  receiver_.answers = {{.status = 500}, {.status = 500}, {.status = 500}};
  const auto follower = NewFollower();
  for (int i = 0; i < 3; ++i) {
    ASSERT_THAT(Look(*follower), IsOk());
    clock_.Advance(absl::Minutes(5));
  }
  ASSERT_THAT(executor_.RunUntilDone(deliveries_.AskRedelivery({{kHook, Id(1)}})), IsOk());
  const KeptWebhook present = *executor_.RunUntilDone(webhooks_.Get(kHook));
  store::Event event{"webhook.deleted", kHook.ToString(), ""};
  ASSERT_THAT(executor_.RunUntilDone(webhooks_.Remove(present, event, std::nullopt)), IsOk());
  EXPECT_THAT(DeadLettersNow(), IsEmpty());
  EXPECT_THAT(*executor_.RunUntilDone(deliveries_.AskedRedeliveries()), IsEmpty());
  EXPECT_THAT(*executor_.RunUntilDone(deliveries_.Places(kHook)), IsEmpty());
  // The follower that has not heard of it yet leaves nothing behind either.
  feed_.types.push_back("a.c");
  EXPECT_EQ(Look(*follower).code(), absl::StatusCode::kAborted);
}

}  // namespace
}  // namespace jiebang::quota
