// Deadlines through a gateway, and services and callers that keep it waiting.
#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/time/clock.h"
#include "common/clock/clock.h"
#include "common/errors/error_details.h"
#include "common/rpc/channel.h"
#include "common/rpc/metadata.h"
#include "common/rpc/server.h"
#include "common/rpc/status_conversion.h"
#include "common/testing/error_matchers.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temporary_directory.h"
#include "gmock/gmock.h"
#include "google/rpc/error_details.pb.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/grpcpp.h"
#include "grpcpp/impl/codegen/client_unary_call.h"
#include "gtest/gtest.h"
#include "health/v1/health.pb.h"
#include "jiebang/rehearsal/v1/rehearsal_service.pb.h"
#include "services/gateway/gateway.h"

namespace jiebang::gateway {
namespace {

namespace pb = rehearsal::v1;

constexpr char kSlowIssuer[] = "https://issuer.test";
constexpr char kSlowService[] = "jiebang.rehearsal.v1.RehearsalService";

// Never says what time it is, and answers who moves the clock with the deadline that reached it.
class SlowService {
 public:
  rpc::ServiceMethods Methods() {
    rpc::ServiceMethods methods(kSlowService);
    methods.Add("GetClock", this, &SlowService::GetClock);
    methods.Add("AdvanceClock", this, &SlowService::AdvanceClock);
    return methods;
  }
  int begun() const { return begun_; }

 private:
  Task<absl::StatusOr<pb::GetClockResponse>> GetClock(const rpc::Call& /*call*/, const pb::GetClockRequest& /*no*/) {
    ++begun_;
    co_await Sleep(absl::Minutes(10));  // or until the server stops
    co_return pb::GetClockResponse();
  }
  Task<absl::StatusOr<pb::AdvanceClockResponse>> AdvanceClock(const rpc::Call& call,
                                                              const pb::AdvanceClockRequest& /*no*/) {
    pb::AdvanceClockResponse response;
    const absl::Duration deadline = call.deadline() - absl::UnixEpoch();
    response.mutable_now()->set_seconds(absl::ToInt64Seconds(deadline));
    response.mutable_now()->set_nanos(static_cast<int>(deadline % absl::Seconds(1) / absl::Nanoseconds(1)));
    co_return response;
  }

  std::atomic<int> begun_ = 0;
};

class SlowServiceTest : public testing::Test {
 protected:
  ~SlowServiceTest() override {
    gateway_->Shutdown(absl::ZeroDuration());
    service_->Shutdown(absl::ZeroDuration());
  }

  template <class Request, class Response>
  absl::Status Call(const char* path, absl::Duration patience, const Request& request, Response& response) {
    grpc::ClientContext context;
    if (patience != absl::InfiniteDuration()) context.set_deadline(absl::ToChronoTime(absl::Now() + patience));
    context.AddMetadata(rpc::kAuthorizationMetadata, authorization_);
    const grpc::internal::RpcMethod method(path, grpc::internal::RpcMethod::NORMAL_RPC);
    return rpc::FromGrpc(grpc::internal::BlockingUnaryCall<Request, Response, google::protobuf::MessageLite,
                                                           google::protobuf::MessageLite>(
        channel_.get(), method, &context, request, &response));
  }
  absl::Status Hang(absl::Duration patience) {
    pb::GetClockResponse response;
    return Call("/jiebang.rehearsal.v1.RehearsalService/GetClock", patience, pb::GetClockRequest(), response);
  }
  absl::Status Advance(absl::Duration patience, pb::AdvanceClockResponse& response) {
    pb::AdvanceClockRequest request;
    request.mutable_to()->set_seconds(1'693'000'000);
    return Call("/jiebang.rehearsal.v1.RehearsalService/AdvanceClock", patience, request, response);
  }
  absl::Status Advance() {
    pb::AdvanceClockResponse response;
    return Advance(absl::Seconds(20), response);
  }
  // The time that the service was given.
  absl::Duration TimeOfService(absl::Duration patience) {
    pb::AdvanceClockResponse response;
    const absl::Time begun = absl::Now();
    EXPECT_THAT(Advance(patience, response), IsOk());
    return absl::FromUnixSeconds(response.now().seconds()) + absl::Nanoseconds(response.now().nanos()) - begun;
  }
  bool IsServing() {
    grpc::health::v1::HealthCheckResponse response;
    const absl::Status status =
        Call("/grpc.health.v1.Health/Check", absl::Seconds(5), grpc::health::v1::HealthCheckRequest(), response);
    return status.ok() && response.status() == grpc::health::v1::HealthCheckResponse::SERVING;
  }
  void WaitUntilBegun(int calls) const {
    while (service_methods_.begun() < calls) std::this_thread::yield();
  }

  std::string Token() const {
    identity::v1::Claims claims;
    claims.set_iss(kSlowIssuer);
    claims.set_sub("operator");
    claims.set_aud(token::kAudience);
    claims.set_iat(absl::ToUnixSeconds(absl::Now()));
    claims.set_exp(absl::ToUnixSeconds(absl::Now() + absl::Hours(1)));
    claims.add_roles("operator");
    return *token::SignBearer(claims, key_);
  }
  std::string AddressOf(const std::string& name) const { return "unix:" + (directory_.path() / name).string(); }

  std::unique_ptr<Gateway> StartGateway() {
    GatewayOptions options{.addresses = {AddressOf("gateway")}, .seal = &seal_};
    options.admission.of_one = {.least = 4, .most = 4};
    options.connections.message_patience = absl::Milliseconds(100);
    EXPECT_THAT(options.admission.rates.Set("operator=0.001:20"), IsOk());
    options.backends.push_back({.service = kSlowService, .channel = rpc::ChannelTo(AddressOf("service"))});
    std::vector<token::VerifyingKey> keys{key_.verifying_key()};
    return *Gateway::Start(std::move(options), token::BearerVerifier(std::move(keys), kSlowIssuer));
  }

  const TemporaryDirectory directory_;
  const token::SigningKey key_ = token::SigningKey::Generate();
  std::string authorization_ = "Bearer " + Token();
  token::PrincipalSeal seal_ = *token::PrincipalSeal::FromKey(std::string(32, 'k'));
  FixedClock clock_{absl::FromUnixSeconds(1'693'000'000)};
  SlowService service_methods_;
  std::unique_ptr<rpc::Server> service_ = *rpc::Server::Start(
      {.addresses = {AddressOf("service")}, .clock = &clock_, .seal = &seal_}, {service_methods_.Methods()});
  std::unique_ptr<Gateway> gateway_ = StartGateway();
  std::shared_ptr<grpc::Channel> channel_ = rpc::ChannelTo(AddressOf("gateway"));
};

TEST_F(SlowServiceTest, TheServiceHasALittleLessTimeThanTheCaller) {
  // Longer times go over the wire in steps of a tenth of a second.
  const absl::Duration time = TimeOfService(absl::Seconds(5));
  EXPECT_LT(time, absl::Milliseconds(4'985));
  EXPECT_GT(time, absl::Seconds(4));
}

TEST_F(SlowServiceTest, ACallHasAMinuteAtMost) {
  for (const absl::Duration patience : {absl::InfiniteDuration(), absl::Hours(1)}) {
    const absl::Duration time = TimeOfService(patience);
    EXPECT_LE(time, absl::Seconds(65)) << patience;
    EXPECT_GT(time, absl::Seconds(59)) << patience;
  }
}

TEST_F(SlowServiceTest, TheCallerHearsFromTheGatewayThatTheServiceDidNotAnswer) {
  // The client's own words for a deadline have no details.
  EXPECT_THAT(Hang(absl::Seconds(2)), IsRefusal(absl::StatusCode::kDeadlineExceeded, "DEADLINE_EXCEEDED"));
}

TEST_F(SlowServiceTest, CallsToAServiceThatHangsAreRefusedAtOnceAndTheGatewayStaysWell) {
  std::vector<std::jthread> hanging;
  for (int i = 0; i < 2; ++i) hanging.emplace_back([this] { (void)Hang(absl::Seconds(5)); });
  WaitUntilBegun(2);  // of four places, of which reads may have half
  const absl::Status refused = Hang(absl::Seconds(5));
  EXPECT_THAT(refused, IsRefusal(absl::StatusCode::kUnavailable, "SUITE_OVERLOADED"));
  EXPECT_TRUE(DetailOf<google::rpc::RetryInfo>(*DetailsOf(refused)).has_value());
  EXPECT_TRUE(IsServing());
  EXPECT_EQ(service_methods_.begun(), 2);
}

TEST_F(SlowServiceTest, ACallerThatIsTooFastIsToldWhenToComeAgain) {
  for (int i = 0; i < 20; ++i) ASSERT_THAT(Advance(), IsOk()) << i;
  const absl::Status refused = Advance();
  EXPECT_THAT(refused, IsRefusal(absl::StatusCode::kResourceExhausted, "RATE_EXCEEDED"));
  EXPECT_TRUE(DetailOf<google::rpc::RetryInfo>(*DetailsOf(refused)).has_value());
  EXPECT_TRUE(DetailOf<google::rpc::QuotaFailure>(*DetailsOf(refused)).has_value());
}

TEST_F(SlowServiceTest, CredentialsThatDoNotHoldAreNotLookedAtForEver) {
  authorization_ = "Bearer nonsense";
  for (int i = 0; i < 100; ++i) ASSERT_THAT(Advance(), StatusIs(absl::StatusCode::kUnauthenticated)) << i;
  absl::Status refused = Advance();
  while (absl::IsUnauthenticated(refused)) refused = Advance();
  EXPECT_THAT(refused, IsRefusal(absl::StatusCode::kResourceExhausted, "CREDENTIALS_FAILED_TOO_OFTEN"));
}

TEST_F(SlowServiceTest, ACallerThatSendsNoMessageLosesItsPlace) {
  grpc::CompletionQueue queue;
  grpc::GenericStub stub(channel_);
  grpc::ClientContext context;
  context.AddMetadata(rpc::kAuthorizationMetadata, "Bearer " + Token());
  const auto call = stub.PrepareCall(&context, "/jiebang.rehearsal.v1.RehearsalService/GetClock", &queue);
  const auto next = [&queue] {
    void* tag = nullptr;
    bool ok = false;
    return queue.AsyncNext(&tag, &ok, absl::ToChronoTime(absl::Now() + absl::Seconds(20))) ==
           grpc::CompletionQueue::GOT_EVENT;
  };
  int tag = 0;
  call->StartCall(&tag);
  EXPECT_TRUE(next());
  grpc::Status status;
  call->Finish(&status, &tag);
  EXPECT_TRUE(next()) << "the call is still open";
  EXPECT_FALSE(status.ok());
  queue.Shutdown();
}

}  // namespace
}  // namespace jiebang::gateway
