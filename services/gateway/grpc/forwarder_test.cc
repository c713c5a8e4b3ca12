// Streams of requests through a gateway. Unary calls and streams of answers are tested end to end (tests/e2e).
#include <atomic>
#include <future>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/clock/clock.h"
#include "common/rpc/channel.h"
#include "common/rpc/metadata.h"
#include "common/rpc/server.h"
#include "common/rpc/testing/echo.h"
#include "common/testing/error_matchers.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temporary_directory.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/gateway/gateway.h"

namespace jiebang::gateway {
namespace {

using testing::HasSubstr;

constexpr char kIssuer[] = "https://issuer.test";

template <class Condition>
bool Eventually(const Condition& condition) {
  const absl::Time last_moment = absl::Now() + absl::Seconds(10);
  while (!condition()) {
    if (absl::Now() > last_moment) return false;
    std::this_thread::yield();
  }
  return true;
}

class ForwarderTest : public testing::Test {
 protected:
  ~ForwarderTest() override {
    if (gateway_) gateway_->Shutdown(absl::Seconds(5));
    if (service_) service_->Shutdown(absl::Seconds(5));
    EXPECT_EQ(echo_.begun(), echo_.ended());
  }

  std::string Token() const {
    identity::v1::Claims claims;
    claims.set_iss(kIssuer);
    claims.set_sub("platform-jiangsu");
    claims.set_aud(token::kAudience);
    claims.set_iat(absl::ToUnixSeconds(absl::Now()));
    claims.set_exp(absl::ToUnixSeconds(absl::Now() + absl::Hours(1)));
    claims.add_roles("unit");
    claims.set_unit("320000");
    return *token::SignBearer(claims, key_);
  }

  std::unique_ptr<rpc::EchoCall> Begin() { return BeginWith({{rpc::kAuthorizationMetadata, "Bearer " + Token()}}); }
  std::unique_ptr<rpc::EchoCall> BeginWith(const std::map<std::string, std::string>& metadata) {
    return std::make_unique<rpc::EchoCall>(rpc::ChannelTo(AddressOf("gateway")), metadata);
  }
  std::unique_ptr<rpc::EchoCall> BeginToCollect() {
    return std::make_unique<rpc::EchoCall>(
        rpc::ChannelTo(AddressOf("gateway")),
        std::map<std::string, std::string>{{rpc::kAuthorizationMetadata, "Bearer " + Token()}}, "Collect");
  }
  // A call that is under way in the service.
  std::unique_ptr<rpc::EchoCall> BeginAndExchange() {
    auto call = Begin();
    EXPECT_TRUE(call->Send("hello"));
    EXPECT_EQ(call->ReceiveText(), "hello");
    return call;
  }
  void ExpectAnswers() {
    const auto call = BeginAndExchange();
    call->SendNoMore();
    EXPECT_THAT(call->End(), IsOk());
  }

  std::string AddressOf(const std::string& name) const { return "unix:" + (directory_.path() / name).string(); }

  std::unique_ptr<Gateway> StartGateway() {
    GatewayOptions options{.addresses = {AddressOf("gateway")}, .seal = &seal_};
    options.backends.push_back({.service = rpc::kEchoService, .channel = rpc::ChannelTo(AddressOf("service"))});
    std::vector<token::VerifyingKey> keys{key_.verifying_key()};
    return *Gateway::Start(std::move(options), token::BearerVerifier(std::move(keys), kIssuer));
  }

  static absl::StatusOr<token::PrincipalSeal> Seal() { return token::PrincipalSeal::FromKey(std::string(32, 'k')); }

  const TemporaryDirectory directory_;
  const token::SigningKey key_ = token::SigningKey::Generate();
  token::PrincipalSeal seal_ = *Seal();
  FixedClock clock_{absl::FromUnixSeconds(1'693'000'000)};
  rpc::Echo echo_;
  std::unique_ptr<rpc::Server> service_ =
      *rpc::Server::Start({.addresses = {AddressOf("service")}, .clock = &clock_, .seal = &seal_}, {echo_.Methods()});
  std::unique_ptr<Gateway> gateway_ = StartGateway();
};

TEST_F(ForwarderTest, PassesOnRequestsAndAnswersInTheirOrder) {
  std::vector<std::string> texts;
  for (int i = 0; i < 5'000; ++i) texts.push_back(absl::StrCat(i));
  const auto call = Begin();
  std::jthread sender = call->SendAll(texts);
  for (const std::string& text : texts) ASSERT_EQ(call->ReceiveText(), text);
  sender.join();
  call->SendNoMore();
  EXPECT_EQ(call->Receive(), std::nullopt);
  EXPECT_THAT(call->End(), IsOk());
}

TEST_F(ForwarderTest, PassesOnEachMessageAtOnce) {
  const auto call = Begin();
  for (const char* text : {"a", "b", "c"}) {
    ASSERT_TRUE(call->Send(text));
    ASSERT_EQ(call->ReceiveText(), text);
  }
}

TEST_F(ForwarderTest, PassesOnTheEndOfACallerThatSendsNothing) {
  const auto call = Begin();
  call->SendNoMore();
  EXPECT_THAT(call->End(), IsOk());
  EXPECT_EQ(echo_.ended(), 1);
}

TEST_F(ForwarderTest, PassesOnWhatTheServiceSaysToOneRequest) {
  const auto call = Begin();
  ASSERT_TRUE(call->Send("BAD"));
  EXPECT_THAT(call->Receive().value_or(echo::v1::EchoResponse()).refusal(), HasSubstr("text"));
}

TEST_F(ForwarderTest, PassesOnTheServicesRefusalWithItsDetails) {
  const auto call = BeginAndExchange();
  const std::jthread sender = call->SendAll({"a", "fail", "b", "c", "d", "e"});
  EXPECT_EQ(call->ReceiveText(), "a");
  EXPECT_EQ(call->Receive(), std::nullopt);
  EXPECT_THAT(call->End(), IsRefusal(absl::StatusCode::kFailedPrecondition, "ECHO_REFUSED"));
}

TEST_F(ForwarderTest, RefusesWhoHasNoCredentialsItself) {
  EXPECT_THAT(BeginWith({})->End(), IsRefusal(absl::StatusCode::kUnauthenticated, "CREDENTIALS_MISSING"));
  EXPECT_EQ(echo_.begun(), 0);
}

TEST_F(ForwarderTest, EndsTheServicesSideWhenTheCallerGivesUp) {
  for (int i = 0; i < 20; ++i) {
    const auto call = BeginAndExchange();
    const std::jthread sender = call->SendAll(std::vector<std::string>(i, "pause"));
    if (i % 2 == 1) call->ReceiveText();
    call->Cancel();
    EXPECT_THAT(call->End(), StatusIs(absl::StatusCode::kCancelled));
  }
  EXPECT_TRUE(Eventually([this] { return echo_.ended() == 20; })) << echo_.ended();
  ExpectAnswers();
}

TEST_F(ForwarderTest, LetsASlowCallerSlowTheServiceDown) {
  constexpr int kRequests = 400;
  const std::string text(100'000, 'a');
  const auto call = Begin();
  std::jthread sender = call->SendAll(std::vector<std::string>(kRequests, text));
  // Until the answers have filled whatever lies between.
  int answered = -1;
  while (answered != echo_.answered()) {
    answered = echo_.answered();
    absl::SleepFor(absl::Milliseconds(200));
  }
  EXPECT_LT(answered, kRequests);
  for (int i = 0; i < kRequests; ++i) ASSERT_EQ(call->ReceiveText(), text) << i;
  sender.join();
  call->SendNoMore();
  EXPECT_THAT(call->End(), IsOk());
}

TEST_F(ForwarderTest, EndsASlowCallersCallWhenTheCallerGivesUp) {
  const auto call = Begin();
  const std::jthread sender = call->SendAll(std::vector<std::string>(400, std::string(100'000, 'a')));
  EXPECT_TRUE(Eventually([this] { return echo_.answered() > 5; }));
  call->Cancel();
  EXPECT_TRUE(Eventually([this] { return echo_.ended() == 1; }));
  ExpectAnswers();
}

TEST_F(ForwarderTest, TellsTheCallerThatTheServiceStops) {
  const auto call = BeginAndExchange();
  service_->Shutdown(absl::Seconds(10));
  EXPECT_THAT(call->End(), IsRefusal(absl::StatusCode::kUnavailable, "SERVICE_UNAVAILABLE"));
  service_.reset();
}

TEST_F(ForwarderTest, TellsTheCallerThatTheServiceIsNotThere) {
  service_->Shutdown(absl::ZeroDuration());
  service_.reset();
  const auto call = Begin();
  const std::jthread sender = call->SendAll({"a", "b", "c"});
  EXPECT_THAT(call->End(), IsRefusal(absl::StatusCode::kUnavailable, "SERVICE_UNAVAILABLE"));
}

TEST_F(ForwarderTest, EndsTheStreamsThatAreOpenWhenTheGatewayStops) {
  std::vector<std::unique_ptr<rpc::EchoCall>> calls;
  for (int i = 0; i < 10; ++i) calls.push_back(BeginAndExchange());
  const absl::Time begun = absl::Now();
  std::jthread receiver([&calls] {
    for (const auto& call : calls) {
      EXPECT_THAT(call->End(), IsRefusal(absl::StatusCode::kUnavailable, "SERVICE_UNAVAILABLE"));
    }
  });
  gateway_->Shutdown(absl::Seconds(10));
  gateway_.reset();
  receiver.join();
  EXPECT_LT(absl::Now() - begun, absl::Seconds(5)) << "the grace is for those who need it";
  EXPECT_TRUE(Eventually([this] { return echo_.ended() == 10; })) << "the service learns of it";
}

TEST_F(ForwarderTest, EndsTheStreamsThatAreBusyWhenTheGatewayStops) {
  const auto call = BeginAndExchange();
  const std::jthread sender([&call] {
    while (call->Send("a")) {
    }
  });
  std::jthread receiver([&call] { EXPECT_THAT(call->End(), StatusIs(absl::StatusCode::kUnavailable)); });
  EXPECT_TRUE(Eventually([this] { return echo_.answered() > 100; }));
  gateway_->Shutdown(absl::Seconds(10));
  gateway_.reset();
}

TEST_F(ForwarderTest, PassesOnTheOneAnswerToAllRequests) {
  const auto call = BeginToCollect();
  std::string all;
  for (int i = 0; i < 1'000; ++i) {
    ASSERT_TRUE(call->Send(absl::StrCat(i)));
    absl::StrAppend(&all, i);
  }
  call->SendNoMore();
  EXPECT_EQ(call->ReceiveText(), all);
  EXPECT_THAT(call->End(), IsOk());
}

TEST_F(ForwarderTest, PassesOnTheOneAnswerThatComesEarly) {
  const auto call = BeginToCollect();
  const std::jthread sender = call->SendAll(std::vector<std::string>(1'000, "enough"));
  EXPECT_EQ(call->ReceiveText(), "");
  EXPECT_THAT(call->End(), IsOk());
}

TEST_F(ForwarderTest, PassesOnARefusalInPlaceOfTheOneAnswer) {
  const auto call = BeginToCollect();
  const std::jthread sender = call->SendAll({"a", "fail", "b", "c"});
  EXPECT_EQ(call->Receive(), std::nullopt);
  EXPECT_THAT(call->End(), IsRefusal(absl::StatusCode::kFailedPrecondition, "ECHO_REFUSED"));
}

// What lies between is bounded, so that a sender stops, however much it has.
TEST_F(ForwarderTest, LetsASlowServiceSlowTheCallerDown) {
  constexpr int kRequests = 1'000;  // 100 MB
  const auto call = BeginToCollect();
  ASSERT_TRUE(call->Send("stall"));
  std::atomic<int> sent = 0;
  std::jthread sender([&call, &sent] {
    const std::string text(100'000, 'a');
    while (sent < kRequests && call->Send(text)) ++sent;
  });
  int seen = -1;
  while (seen != sent) {
    seen = sent;
    absl::SleepFor(absl::Milliseconds(200));
  }
  EXPECT_LT(sent, 300) << "gRPC's windows of the two hops take some 13 MB, and nothing else may take any";
  EXPECT_EQ(echo_.received(), 1);
  echo_.Resume();
  sender.join();
  EXPECT_EQ(sent, kRequests);
  call->SendNoMore();
  EXPECT_EQ(call->ReceiveText(), "stall" + std::string(kRequests, '.'));
  EXPECT_THAT(call->End(), IsOk());
}

TEST_F(ForwarderTest, EndsACollectorWhoseCallerGivesUp) {
  for (int i = 0; i < 20; ++i) {
    const auto call = BeginToCollect();
    const std::jthread sender = call->SendAll(std::vector<std::string>(i + 1, "a"));
    EXPECT_TRUE(Eventually([this, i] { return echo_.begun() == i + 1; }));
    call->Cancel();
    EXPECT_THAT(call->End(), StatusIs(absl::StatusCode::kCancelled));
  }
  EXPECT_TRUE(Eventually([this] { return echo_.ended() == 20; })) << echo_.ended();
  ExpectAnswers();
}

TEST_F(ForwarderTest, EndsTheCollectorsWhenTheGatewayStops) {
  const auto call = BeginToCollect();
  ASSERT_TRUE(call->Send("a"));
  EXPECT_TRUE(Eventually([this] { return echo_.received() == 1; }));
  std::jthread receiver([&call] {
    EXPECT_EQ(call->Receive(), std::nullopt);
    EXPECT_THAT(call->End(), IsRefusal(absl::StatusCode::kUnavailable, "SERVICE_UNAVAILABLE"));
  });
  gateway_->Shutdown(absl::Seconds(10));
  gateway_.reset();
  EXPECT_TRUE(Eventually([this] { return echo_.ended() == 1; })) << "the service learns of it";
}

TEST_F(ForwarderTest, RefusesARequestThatIsTooLong) {
  const auto call = BeginAndExchange();
  call->Send(std::string(rpc::kMaxMessageBytes + 1, 'a'));
  EXPECT_THAT(call->End(), StatusIs(absl::StatusCode::kResourceExhausted));
  ExpectAnswers();
}

}  // namespace
}  // namespace jiebang::gateway
