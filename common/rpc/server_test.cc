#include "common/rpc/server.h"

#include <atomic>
#include <future>
#include <memory>
#include <thread>

#include "common/clock/clock.h"
#include "common/errors/error.h"
#include "common/rpc/channel.h"
#include "common/rpc/client.h"
#include "common/rpc/loop.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temporary_directory.h"
#include "gmock/gmock.h"
#include "grpcpp/grpcpp.h"
#include "grpcpp/impl/client_unary_call.h"
#include "grpcpp/impl/codegen/proto_utils.h"
#include "gtest/gtest.h"
#include "health/v1/health.pb.h"
#include "jiebang/rehearsal/v1/rehearsal_service.pb.h"

namespace jiebang::rpc {
namespace {

namespace pb = rehearsal::v1;
using testing::AllOf;
using testing::HasSubstr;

constexpr char kGetClock[] = "/jiebang.rehearsal.v1.RehearsalService/GetClock";
constexpr char kAdvanceClock[] = "/jiebang.rehearsal.v1.RehearsalService/AdvanceClock";

// The smallest service there is, with what a handler may do: answer, refuse, wait.
class ToyClock {
 public:
  Task<absl::StatusOr<pb::GetClockResponse>> GetClock(const Call& call, const pb::GetClockRequest& /*request*/) {
    ++begun_;
    co_await Sleep(pause_);
    pb::GetClockResponse response;
    response.mutable_now()->set_seconds(absl::ToUnixSeconds(call.now()));
    co_return response;
  }
  Task<absl::StatusOr<pb::AdvanceClockResponse>> AdvanceClock(const Call&, const pb::AdvanceClockRequest& /*request*/) {
    co_return absl::InternalError("out of order");
  }
  ServiceMethods Methods() {
    ServiceMethods methods("jiebang.rehearsal.v1.RehearsalService");
    methods.Add("GetClock", this, &ToyClock::GetClock);
    methods.Add("AdvanceClock", this, &ToyClock::AdvanceClock);
    return methods;
  }
  void set_pause(absl::Duration pause) { pause_ = pause; }
  int begun() const { return begun_; }

 private:
  absl::Duration pause_;
  std::atomic<int> begun_ = 0;
};

class ServerTest : public testing::Test {
 protected:
  ServerTest() {
    loop_.Run();
    server_ = *Server::Start({.addresses = {address_}, .clock = &clock_, .seal = &seal_}, {toy_.Methods()});
  }
  ~ServerTest() override {
    if (server_) server_->Shutdown(absl::Seconds(5));
    loop_.Stop();
    loop_.Join();
  }

  // Runs a task on the loop and waits for it.
  template <class T>
  T Await(Task<T> task) {
    std::promise<T> promise;
    const auto fulfil = [](Task<T> inner, std::promise<T>& result) -> Task<void> {
      result.set_value(co_await std::move(inner));
    };
    loop_.Start(fulfil(std::move(task), promise));
    return promise.get_future().get();
  }

  absl::StatusOr<pb::GetClockResponse> GetClock(identity::v1::Principal principal,
                                                absl::Duration timeout = absl::Seconds(5)) {
    return Await(Raw<pb::GetClockResponse>(kGetClock, pb::GetClockRequest(), principal, timeout));
  }

  // As the gateway calls: with a principal of its choosing.
  template <class Response>
  Task<absl::StatusOr<Response>> Raw(std::string method, const google::protobuf::Message& request,
                                     identity::v1::Principal principal, absl::Duration timeout) {
    Client client("test", seal_);
    client.Connect(server_->InProcessChannel());
    const Call call({.principal = principal, .deadline = absl::Now() + timeout});
    co_return co_await client.Ask<Response>(call, method, request);
  }

  static absl::StatusOr<token::PrincipalSeal> Seal() { return token::PrincipalSeal::FromKey(std::string(32, 'k')); }

  const TemporaryDirectory directory_;
  const std::string address_ = "unix:" + (directory_.path() / "server").string();
  token::PrincipalSeal seal_ = *Seal();
  FixedClock clock_{absl::FromUnixSeconds(1'693'000'000)};
  ToyClock toy_;
  Loop loop_{std::make_unique<grpc::CompletionQueue>()};
  std::unique_ptr<Server> server_;
};

TEST_F(ServerTest, SaysWhichServicesServe) {
  using grpc::health::v1::HealthCheckResponse;
  const auto check = [this](const std::string& service) {
    grpc::health::v1::HealthCheckRequest request;
    request.set_service(service);
    return Await(
        Raw<HealthCheckResponse>("/grpc.health.v1.Health/Check", request, identity::v1::Principal(), absl::Seconds(5)));
  };
  for (const std::string service : {"", "jiebang.rehearsal.v1.RehearsalService"}) {
    const auto answer = check(service);
    ASSERT_THAT(answer, IsOk()) << service;
    EXPECT_EQ(answer->status(), HealthCheckResponse::SERVING) << service;
  }
  EXPECT_THAT(check("jiebang.rehearsal.v1.Nobody"), StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(ServerTest, DoesNotStartWhenAMethodHasNoHandler) {
  ServiceMethods methods("jiebang.rehearsal.v1.RehearsalService");
  methods.Add("GetClock", &toy_, &ToyClock::GetClock);
  methods.Add("GetClocks", &toy_, &ToyClock::GetClock);
  EXPECT_THAT(Server::Start({.clock = &clock_, .seal = &seal_}, {methods}),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       AllOf(HasSubstr("AdvanceClock: no handler"), HasSubstr("no method GetClocks"))));
}

TEST_F(ServerTest, DoesNotStartOnAnAddressThatIsNotThere) {
  EXPECT_THAT(
      Server::Start({.addresses = {"unix:/no/such/folder/socket"}, .clock = &clock_, .seal = &seal_}, {toy_.Methods()}),
      StatusIs(absl::StatusCode::kUnavailable));
}

// rpc::Client always calls as a service, which the rehearsal's policy does not name.
TEST_F(ServerTest, RefusesARoleThatThePolicyDoesNotName) {
  EXPECT_THAT(GetClock({}), StatusIs(absl::StatusCode::kPermissionDenied));
}

class DrainedLog final : public RefusalLog {
 public:
  void Add(const RefusedCall& /*call*/) override { ++waiting; }
  Task<void> Drain() override {
    drained += waiting.exchange(0);
    co_return;
  }

  std::atomic<int> waiting = 0;
  std::atomic<int> drained = 0;
};

TEST_F(ServerTest, DrainsRefusalsAfterItsLastCall) {
  DrainedLog refusals;
  ServiceMethods methods("jiebang.rehearsal.v1.RehearsalService", {}, &refusals);
  methods.Add("GetClock", &toy_, &ToyClock::GetClock);
  methods.Add("AdvanceClock", &toy_, &ToyClock::AdvanceClock);
  server_->Shutdown(absl::ZeroDuration());
  server_ = *Server::Start({.clock = &clock_, .seal = &seal_}, {methods});
  EXPECT_THAT(GetClock({}), StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_EQ(refusals.waiting, 1);
  EXPECT_EQ(refusals.drained, 0);
  server_->Shutdown(absl::Seconds(5));
  server_.reset();
  EXPECT_EQ(refusals.drained, 1);
}

class RawCallTest : public ServerTest {
 protected:
  struct Answer {
    grpc::Status status;
    pb::GetClockResponse response;
  };

  std::string Sealed(options::v1::Role role, absl::Time expires = absl::Now() + absl::Minutes(1)) {
    identity::v1::Principal principal;
    principal.set_subject("somebody");
    principal.add_roles(role);
    principal.set_expire_seconds(absl::ToUnixSeconds(expires));
    return seal_.Seal(principal);
  }

  Answer Ask(const char* method, const google::protobuf::Message& request, const std::string& sealed,
             absl::Duration timeout = absl::Seconds(5)) {
    grpc::ClientContext context;
    context.set_deadline(absl::ToChronoTime(absl::Now() + timeout));
    if (!sealed.empty()) context.AddMetadata("jiebang-principal-bin", sealed);
    Answer answer;
    grpc::internal::RpcMethod rpc_method(method, grpc::internal::RpcMethod::NORMAL_RPC);
    answer.status = grpc::internal::BlockingUnaryCall<google::protobuf::MessageLite, google::protobuf::MessageLite,
                                                      google::protobuf::MessageLite, google::protobuf::MessageLite>(
        channel_.get(), rpc_method, &context, request, &answer.response);
    return answer;
  }

 private:
  // Over a socket, as from another process.
  const std::shared_ptr<grpc::Channel> channel_ = ChannelTo(address_);
};

TEST_F(RawCallTest, AnswersWithTheCallsTime) {
  const Answer answer = Ask(kGetClock, pb::GetClockRequest(), Sealed(options::v1::ROLE_OPERATOR));
  ASSERT_TRUE(answer.status.ok()) << answer.status.error_message();
  EXPECT_EQ(answer.response.now().seconds(), 1'693'000'000);
}

TEST_F(RawCallTest, RefusesWhoHasNoCredentials) {
  EXPECT_EQ(Ask(kGetClock, pb::GetClockRequest(), "").status.error_code(), grpc::UNAUTHENTICATED);
}

TEST_F(RawCallTest, RefusesAForgedPrincipal) {
  std::string sealed = Sealed(options::v1::ROLE_OPERATOR);
  sealed[sealed.size() / 2] ^= 1;
  EXPECT_EQ(Ask(kGetClock, pb::GetClockRequest(), sealed).status.error_code(), grpc::UNAUTHENTICATED);
}

TEST_F(RawCallTest, RefusesAnExpiredPrincipal) {
  const std::string sealed = Sealed(options::v1::ROLE_OPERATOR, absl::Now() - absl::Minutes(1));
  EXPECT_EQ(Ask(kGetClock, pb::GetClockRequest(), sealed).status.error_code(), grpc::UNAUTHENTICATED);
}

TEST_F(RawCallTest, NamesTheFieldThatBreaksItsLimit) {
  const Answer answer = Ask(kAdvanceClock, pb::AdvanceClockRequest(), Sealed(options::v1::ROLE_OPERATOR));
  EXPECT_EQ(answer.status.error_code(), grpc::INVALID_ARGUMENT);
  EXPECT_THAT(answer.status.error_details(), HasSubstr("to"));
}

TEST_F(RawCallTest, GivesEveryErrorDetails) {
  pb::AdvanceClockRequest request;
  request.mutable_to()->set_seconds(1);
  const Answer answer = Ask(kAdvanceClock, request, Sealed(options::v1::ROLE_OPERATOR));
  EXPECT_EQ(answer.status.error_code(), grpc::INTERNAL);
  EXPECT_THAT(answer.status.error_details(), AllOf(HasSubstr("INTERNAL"), HasSubstr("内部错误")));
}

TEST_F(RawCallTest, KnowsNoOtherMethods) {
  EXPECT_EQ(Ask("/jiebang.rehearsal.v1.RehearsalService/Destroy", pb::GetClockRequest(), "").status.error_code(),
            grpc::UNIMPLEMENTED);
}

TEST_F(RawCallTest, SurvivesCallersThatGiveUp) {
  toy_.set_pause(absl::Milliseconds(50));
  for (int i = 0; i < 50; ++i) {
    EXPECT_EQ(Ask(kGetClock, pb::GetClockRequest(), Sealed(options::v1::ROLE_OPERATOR), absl::Milliseconds(5))
                  .status.error_code(),
              grpc::DEADLINE_EXCEEDED);
  }
  toy_.set_pause(absl::ZeroDuration());
  EXPECT_TRUE(Ask(kGetClock, pb::GetClockRequest(), Sealed(options::v1::ROLE_OPERATOR)).status.ok());
}

TEST_F(RawCallTest, AnswersTheRunningCallsWhenItShutsDown) {
  toy_.set_pause(absl::Milliseconds(100));
  std::atomic<int> asked = 0;
  std::atomic<int> answered = 0;
  std::vector<std::thread> callers;
  for (int i = 0; i < 8; ++i) {
    callers.emplace_back([&] {
      ++asked;
      const std::string sealed = Sealed(options::v1::ROLE_OPERATOR);
      if (Ask(kGetClock, pb::GetClockRequest(), sealed, absl::Seconds(2)).status.ok()) ++answered;
    });
  }
  while (asked < 8 || toy_.begun() == 0) std::this_thread::yield();
  server_->Shutdown(absl::Seconds(5));
  for (std::thread& caller : callers) caller.join();
  server_.reset();
  EXPECT_EQ(answered, toy_.begun()) << "what was begun is answered; what came too late was not begun";
}

}  // namespace
}  // namespace jiebang::rpc
