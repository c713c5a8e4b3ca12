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
#include "common/rpc/pipeline.h"
#include "common/rpc/server.h"
#include "common/rpc/testing/echo.h"
#include "common/testing/error_matchers.h"
#include "common/testing/method_caller.h"
#include "common/testing/proto_source.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temporary_directory.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace jiebang::rpc {
namespace {

using echo::v1::EchoRequest;
using echo::v1::EchoResponse;
using testing::ElementsAre;
using testing::HasSubstr;

identity::v1::Principal Unit() {
  identity::v1::Principal principal;
  principal.set_subject("platform");
  principal.add_roles(options::v1::ROLE_UNIT);
  principal.set_expire_seconds(absl::ToUnixSeconds(absl::Now() + absl::Minutes(1)));
  return principal;
}

template <class Condition>
bool Eventually(const Condition& condition) {
  const absl::Time last_moment = absl::Now() + absl::Seconds(10);
  while (!condition()) {
    if (absl::Now() > last_moment) return false;
    std::this_thread::yield();
  }
  return true;
}

enum class Way { kSocket, kInProcess };

class BidirectionalTest : public testing::TestWithParam<Way> {
 protected:
  ~BidirectionalTest() override {
    if (server_) server_->Shutdown(absl::Seconds(5));
    EXPECT_EQ(echo_.begun(), echo_.ended());
  }

  std::unique_ptr<EchoCall> Begin(const identity::v1::Principal& principal = Unit()) {
    return std::make_unique<EchoCall>(channel_, Metadata{{kPrincipalMetadata, seal_.Seal(principal)}});
  }
  std::unique_ptr<EchoCall> BeginToCollect() {
    return std::make_unique<EchoCall>(channel_, Metadata{{kPrincipalMetadata, seal_.Seal(Unit())}}, "Collect");
  }
  // A call of somebody whom no gateway has sent.
  std::unique_ptr<EchoCall> BeginAsNobody() { return std::make_unique<EchoCall>(channel_, Metadata()); }

  // The server works and has not been hurt by what happened before.
  void ExpectAnswers() {
    const auto call = Begin();
    ASSERT_TRUE(call->Send("still there"));
    EXPECT_EQ(call->ReceiveText(), "still there");
    call->SendNoMore();
    EXPECT_THAT(call->End(), IsOk());
  }

  static absl::StatusOr<token::PrincipalSeal> Seal() { return token::PrincipalSeal::FromKey(std::string(32, 'k')); }

  using Metadata = std::map<std::string, std::string>;

  const TemporaryDirectory directory_;
  const std::string address_ = "unix:" + (directory_.path() / "server").string();
  token::PrincipalSeal seal_ = *Seal();
  FixedClock clock_{absl::FromUnixSeconds(1'693'000'000)};
  Echo echo_;
  std::unique_ptr<Server> server_ =
      *Server::Start({.addresses = {address_}, .clock = &clock_, .seal = &seal_}, {echo_.Methods()});
  std::shared_ptr<grpc::Channel> channel_ =
      GetParam() == Way::kSocket ? ChannelTo(address_) : server_->InProcessChannel();
};

INSTANTIATE_TEST_SUITE_P(Over, BidirectionalTest, testing::Values(Way::kSocket, Way::kInProcess),
                         [](const auto& info) { return info.param == Way::kSocket ? "Socket" : "InProcess"; });

TEST_P(BidirectionalTest, AnswersInTheOrderOfTheRequests) {
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

TEST_P(BidirectionalTest, AnswersEachRequestBeforeTheNextIsSent) {
  const auto call = Begin();
  for (const char* text : {"a", "b", "c"}) {
    ASSERT_TRUE(call->Send(text));
    ASSERT_EQ(call->ReceiveText(), text);
  }
}

TEST_P(BidirectionalTest, EndsWithACallerThatSendsNothing) {
  const auto call = Begin();
  call->SendNoMore();
  EXPECT_EQ(call->Receive(), std::nullopt);
  EXPECT_THAT(call->End(), IsOk());
}

TEST_P(BidirectionalTest, AnswersWhatBreaksAFieldLimitAndGoesOn) {
  const auto call = Begin();
  std::jthread sender = call->SendAll({"good", "BAD", "good again"});
  std::vector<std::string> refusals;
  for (int i = 0; i < 3; ++i) refusals.push_back(call->Receive().value_or(EchoResponse()).refusal());
  EXPECT_THAT(refusals, ElementsAre("", HasSubstr("text"), ""));
  sender.join();
  call->SendNoMore();
  EXPECT_THAT(call->End(), IsOk());
}

TEST_P(BidirectionalTest, EndsWithBytesThatAreNoRequest) {
  const auto call = Begin();
  ASSERT_TRUE(call->Send("good"));
  EXPECT_EQ(call->ReceiveText(), "good");
  ASSERT_TRUE(call->SendBytes("\x0a\x7f"));
  EXPECT_EQ(call->Receive(), std::nullopt);
  EXPECT_THAT(call->End(), IsRefusal(absl::StatusCode::kInvalidArgument, "INVALID_ARGUMENT"));
}

TEST_P(BidirectionalTest, SendsTheAnswersThatCameBeforeARefusal) {
  const auto call = Begin();
  const std::jthread sender = call->SendAll({"pause", "a", "b", "fail", "c"});
  for (const char* text : {"pause", "a", "b"}) EXPECT_EQ(call->ReceiveText(), text);
  EXPECT_EQ(call->Receive(), std::nullopt);
  EXPECT_THAT(call->End(), IsRefusal(absl::StatusCode::kFailedPrecondition, "ECHO_REFUSED"));
}

// "skip" is there when "pause" is answered, and nothing follows it that would take the answer along.
TEST_P(BidirectionalTest, KeepsNoAnswerBackForOneThatDoesNotCome) {
  const auto call = Begin();
  ASSERT_TRUE(call->Send("first"));
  ASSERT_EQ(call->ReceiveText(), "first");
  for (const char* text : {"pause", "skip"}) ASSERT_TRUE(call->Send(text));
  EXPECT_EQ(call->ReceiveText(), "pause");
}

TEST_P(BidirectionalTest, RefusesWhoHasNoCredentialsBeforeAnyRequest) {
  const auto call = BeginAsNobody();
  EXPECT_THAT(call->End(), IsRefusal(absl::StatusCode::kUnauthenticated, "CREDENTIALS_MISSING"));
  EXPECT_EQ(echo_.begun(), 0);
}

TEST_P(BidirectionalTest, RefusesARoleThatThePolicyDoesNotName) {
  identity::v1::Principal expert = Unit();
  expert.set_roles(0, options::v1::ROLE_EXPERT);
  EXPECT_THAT(Begin(expert)->End(), IsRefusal(absl::StatusCode::kPermissionDenied, "ROLE_NOT_ALLOWED"));
  EXPECT_EQ(echo_.begun(), 0);
}

TEST_P(BidirectionalTest, EndsWithACallerThatGivesUp) {
  for (int i = 0; i < 20; ++i) {
    const auto call = Begin();
    const std::jthread sender = call->SendAll(std::vector<std::string>(i, "pause"));
    if (i % 2 == 1) call->ReceiveText();
    call->Cancel();
    EXPECT_THAT(call->End(), StatusIs(absl::StatusCode::kCancelled));
  }
  EXPECT_TRUE(Eventually([this] { return echo_.ended() == 20; })) << echo_.ended();
  ExpectAnswers();
}

TEST_P(BidirectionalTest, EndsWithACallerThatIsGone) {
  for (int i = 0; i < 20; ++i) {
    const auto call = Begin();
    ASSERT_TRUE(call->Send("a"));
  }
  EXPECT_TRUE(Eventually([this] { return echo_.ended() == echo_.begun(); }));
  ExpectAnswers();
}

TEST_P(BidirectionalTest, SlowsDownACallerThatDoesNotReceive) {
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

TEST_P(BidirectionalTest, EndsTheStreamsThatWaitWhenItShutsDown) {
  std::vector<std::unique_ptr<EchoCall>> calls;
  for (int i = 0; i < 5; ++i) {
    calls.push_back(Begin());
    ASSERT_TRUE(calls.back()->Send("a"));
    ASSERT_EQ(calls.back()->ReceiveText(), "a");
  }
  const absl::Time begun = absl::Now();
  auto ends = std::async(std::launch::async, [&calls] {
    std::vector<absl::Status> ends;
    for (const auto& call : calls) ends.push_back(call->End());
    return ends;
  });
  server_->Shutdown(absl::Seconds(10));
  server_.reset();
  for (const absl::Status& end : ends.get()) {
    // Within a process gRPC cuts the connection when it is told to shut down.
    if (GetParam() == Way::kInProcess) {
      EXPECT_THAT(end, StatusIs(absl::StatusCode::kUnavailable));
    } else {
      EXPECT_THAT(end, IsRefusal(absl::StatusCode::kUnavailable, "SERVICE_UNAVAILABLE"));
    }
  }
  EXPECT_LT(absl::Now() - begun, absl::Seconds(5)) << "the grace is for those who need it";
}

TEST_P(BidirectionalTest, EndsTheStreamsThatAreBusyWhenItShutsDown) {
  const auto call = Begin();
  std::thread sender([&call] {
    while (call->Send("a")) {
    }
  });
  std::thread receiver([&call] { EXPECT_THAT(call->End(), StatusIs(absl::StatusCode::kUnavailable)); });
  EXPECT_TRUE(Eventually([this] { return echo_.answered() > 100; }));
  server_->Shutdown(absl::Seconds(10));
  server_.reset();
  sender.join();
  receiver.join();
}

// The handler learns of it when it writes, and ends as if all were well.
TEST_P(BidirectionalTest, DoesNotCallAnAnswerSentThatTheShutdownKeptBack) {
  const auto call = Begin();
  ASSERT_TRUE(call->Send("wait"));
  EXPECT_TRUE(Eventually([this] { return echo_.received() == 1; }));
  std::jthread receiver([&call] { EXPECT_THAT(call->End(), StatusIs(absl::StatusCode::kUnavailable)); });
  server_->Shutdown(absl::Seconds(10));
  server_.reset();
}

TEST_P(BidirectionalTest, RefusesARequestThatIsTooLong) {
  const auto call = Begin();
  call->Send(std::string(kMaxMessageBytes + 1, 'a'));
  EXPECT_THAT(call->End(), StatusIs(absl::StatusCode::kResourceExhausted));
  ExpectAnswers();
}

TEST_P(BidirectionalTest, GivesOneAnswerToAllRequests) {
  const auto call = BeginToCollect();
  for (const char* text : {"a", "b", "c"}) ASSERT_TRUE(call->Send(text));
  call->SendNoMore();
  EXPECT_EQ(call->ReceiveText(), "abc");
  EXPECT_EQ(call->Receive(), std::nullopt);
  EXPECT_THAT(call->End(), IsOk());
}

TEST_P(BidirectionalTest, GivesTheOneAnswerBeforeAllRequestsHaveCome) {
  const auto call = BeginToCollect();
  for (const char* text : {"a", "enough"}) ASSERT_TRUE(call->Send(text));
  EXPECT_EQ(call->ReceiveText(), "a");
  EXPECT_THAT(call->End(), IsOk());
}

TEST_P(BidirectionalTest, GivesNoAnswerWhereItRefuses) {
  const auto call = BeginToCollect();
  for (const char* text : {"a", "fail"}) ASSERT_TRUE(call->Send(text));
  EXPECT_EQ(call->Receive(), std::nullopt);
  EXPECT_THAT(call->End(), IsRefusal(absl::StatusCode::kFailedPrecondition, "ECHO_REFUSED"));
}

// To a handler a cut may look as if the caller had sent all.
TEST_P(BidirectionalTest, GivesNoAnswerToACallerThatGaveUp) {
  const auto call = BeginToCollect();
  ASSERT_TRUE(call->Send("a"));
  EXPECT_TRUE(Eventually([this] { return echo_.received() == 1; }));
  call->Cancel();
  EXPECT_THAT(call->End(), StatusIs(absl::StatusCode::kCancelled));
  EXPECT_TRUE(Eventually([this] { return echo_.ended() == 1; }));
}

TEST_P(BidirectionalTest, AnswersNoCollectorWhenItShutsDown) {
  const auto call = BeginToCollect();
  for (const char* text : {"a", "wait"}) ASSERT_TRUE(call->Send(text));
  EXPECT_TRUE(Eventually([this] { return echo_.received() == 2; }));
  std::jthread receiver([&call] {
    EXPECT_EQ(call->Receive(), std::nullopt);
    EXPECT_THAT(call->End(), StatusIs(absl::StatusCode::kUnavailable));
  });
  server_->Shutdown(absl::Seconds(10));
  server_.reset();
}

// Which handlers fit which methods.
class ShapesTest : public testing::Test {
 protected:
  absl::Status Check(const std::string& method, const ServiceMethods::Method& handler) {
    return Pipeline::For(source_.Method("Shapes." + method), handler, {}, nullptr, clock_, seal_).status();
  }

  struct Handlers {
    Task<absl::StatusOr<EchoResponse>> Unary(const Call&, const EchoRequest&) { co_return EchoResponse(); }
    Task<absl::Status> Stream(const Call&, const EchoRequest&, Writer<EchoResponse>) { co_return absl::OkStatus(); }
    Task<absl::StatusOr<EchoResponse>> Upload(const Call&, Reader<EchoRequest>) { co_return EchoResponse(); }
    Task<absl::Status> Both(const Call&, Reader<EchoRequest>, Writer<EchoResponse>) { co_return absl::OkStatus(); }
  };

  ServiceMethods MethodsOf(Handlers& handlers) {
    ServiceMethods methods("test.Shapes");
    methods.Add("unary", &handlers, &Handlers::Unary);
    methods.AddStream("stream", &handlers, &Handlers::Stream);
    methods.AddClientStream("upload", &handlers, &Handlers::Upload);
    methods.AddBidirectional("both", &handlers, &Handlers::Both);
    return methods;
  }

  static absl::StatusOr<token::PrincipalSeal> Seal() { return token::PrincipalSeal::FromKey(std::string(32, 'k')); }

  const ProtoSource source_{R"(
    message M { string name = 1; }
    service Shapes {
      rpc Unary(M) returns (M) { option (jiebang.options.v1.policy) = { roles: ROLE_UNIT resource_free: true }; }
      rpc Stream(M) returns (stream M) { option (jiebang.options.v1.policy) = { roles: ROLE_UNIT resource_free: true }; }
      rpc Both(stream M) returns (stream M) { option (jiebang.options.v1.policy) = { roles: ROLE_UNIT resource_free: true }; }
      rpc Upload(stream M) returns (M) { option (jiebang.options.v1.policy) = { roles: ROLE_UNIT resource_free: true }; }
      rpc Owned(stream M) returns (stream M) { option (jiebang.options.v1.policy) = { roles: ROLE_UNIT resource: "name" }; }
      rpc OwnedUpload(stream M) returns (M) { option (jiebang.options.v1.policy) = { roles: ROLE_UNIT resource: "name" }; }
    })"};
  FixedClock clock_{absl::FromUnixSeconds(1'693'000'000)};
  token::PrincipalSeal seal_ = *Seal();
  Handlers handlers_;
  const ServiceMethods methods_ = MethodsOf(handlers_);
  const ServiceMethods::Method& unary_ = methods_.methods().at("unary");
  const ServiceMethods::Method& stream_ = methods_.methods().at("stream");
  const ServiceMethods::Method& upload_ = methods_.methods().at("upload");
  const ServiceMethods::Method& both_ = methods_.methods().at("both");
};

TEST_F(ShapesTest, TakesAHandlerOfTheMethodsShape) {
  EXPECT_THAT(Check("Unary", unary_), IsOk());
  EXPECT_THAT(Check("Stream", stream_), IsOk());
  EXPECT_THAT(Check("Upload", upload_), IsOk());
  EXPECT_THAT(Check("Both", both_), IsOk());
}

TEST_F(ShapesTest, RefusesAHandlerOfAnotherShape) {
  const auto is_refused = [](const std::string& words) {
    return StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr(words));
  };
  EXPECT_THAT(Check("Unary", both_), is_refused("test.Shapes.Unary: the contract's method is unary"));
  EXPECT_THAT(Check("Stream", unary_), is_refused("a stream of answers, its handler unary"));
  EXPECT_THAT(Check("Both", unary_), is_refused("bidirectional, its handler unary"));
  EXPECT_THAT(Check("Both", stream_), is_refused("bidirectional, its handler a stream of answers"));
  EXPECT_THAT(Check("Both", upload_), is_refused("bidirectional, its handler a stream of requests with one answer"));
  EXPECT_THAT(Check("Upload", both_), is_refused("a stream of requests with one answer, its handler bidirectional"));
}

TEST_F(ShapesTest, RefusesAStreamWhoseRequestsNameAResource) {
  for (const auto& [method, handler] : {std::pair("Owned", both_), std::pair("OwnedUpload", upload_)}) {
    EXPECT_THAT(Check(method, handler),
                StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("must be resource_free")));
  }
}

TEST(MethodCaller, ExchangesAListOfRequestsForAListOfAnswers) {
  const auto seal = token::PrincipalSeal::FromKey(std::string(32, 'k'));
  const FixedClock clock(absl::FromUnixSeconds(1'693'000'000));
  Echo echo;
  MethodCaller caller(echo.Methods(), clock, *seal);
  std::vector<EchoRequest> requests(3);
  requests[0].set_text("a");
  requests[1].set_text("B");

  const auto exchanged = caller.Exchange<EchoResponse>("Echo", Unit(), requests);
  EXPECT_THAT(exchanged.status, IsOk());
  ASSERT_EQ(exchanged.responses.size(), 3);
  EXPECT_EQ(exchanged.responses[0].text(), "a");
  EXPECT_THAT(exchanged.responses[1].refusal(), HasSubstr("text"));
  EXPECT_EQ(exchanged.responses[2].text(), "");

  EXPECT_THAT(caller.Exchange<EchoResponse>("Echo", {}, requests).status, StatusIs(absl::StatusCode::kUnauthenticated));
}

}  // namespace
}  // namespace jiebang::rpc
