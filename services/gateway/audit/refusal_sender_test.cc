// What a gateway tells the journals of the services, over a service that keeps what it is told.
#include "services/gateway/audit/refusal_sender.h"

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "common/clock/clock.h"
#include "common/rpc/channel.h"
#include "common/rpc/metadata.h"
#include "common/rpc/server.h"
#include "common/testing/temporary_directory.h"
#include "gmock/gmock.h"
#include "grpcpp/grpcpp.h"
#include "grpcpp/impl/client_unary_call.h"
#include "grpcpp/impl/codegen/proto_utils.h"
#include "gtest/gtest.h"
#include "jiebang/quota/v1/journal_service.pb.h"
#include "jiebang/quota/v1/quota_service.pb.h"
#include "services/gateway/gateway.h"

namespace jiebang::gateway {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr char kTokenIssuer[] = "https://issuer.test";
constexpr char kGetQuota[] = "/jiebang.quota.v1.QuotaService/GetQuota";
constexpr char kRecordRefusals[] = "/jiebang.quota.v1.JournalService/RecordRefusals";

class ToyJournal {
 public:
  Task<absl::StatusOr<quota::v1::RecordRefusalsResponse>> Record(const rpc::Call& call,
                                                                 const quota::v1::RecordRefusalsRequest& request) {
    ++asked;
    if (is_full) co_return absl::ResourceExhaustedError("full");
    const absl::MutexLock lock(&mutex_);
    for (const journal::v1::Event& refusal : request.refusals()) kept_.push_back(refusal);
    caller_ = call.principal();
    co_return quota::v1::RecordRefusalsResponse();
  }
  template <class Request, class Response>
  Task<absl::StatusOr<Response>> NotAsked(const rpc::Call& /*call*/, const Request& /*request*/) {
    co_return absl::InternalError("nobody asks for this here");
  }
  rpc::ServiceMethods Methods() {
    rpc::ServiceMethods methods("jiebang.quota.v1.JournalService");
    using quota::v1::GetJournalHeadRequest, quota::v1::GetJournalHeadResponse;
    using quota::v1::ListJournalEntriesRequest, quota::v1::ListJournalEntriesResponse;
    using quota::v1::ProveConsistencyRequest, quota::v1::ProveConsistencyResponse;
    using quota::v1::ProveInclusionRequest, quota::v1::ProveInclusionResponse;
    methods.Add("RecordRefusals", this, &ToyJournal::Record);
    methods.Add("GetJournalHead", this, &ToyJournal::NotAsked<GetJournalHeadRequest, GetJournalHeadResponse>);
    methods.Add("ListJournalEntries", this,
                &ToyJournal::NotAsked<ListJournalEntriesRequest, ListJournalEntriesResponse>);
    methods.Add("ProveConsistency", this, &ToyJournal::NotAsked<ProveConsistencyRequest, ProveConsistencyResponse>);
    methods.Add("ProveInclusion", this, &ToyJournal::NotAsked<ProveInclusionRequest, ProveInclusionResponse>);
    return methods;
  }

  std::vector<journal::v1::Event> kept() const {
    const absl::MutexLock lock(&mutex_);
    return kept_;
  }
  identity::v1::Principal caller() const {
    const absl::MutexLock lock(&mutex_);
    return caller_;
  }

  std::atomic<bool> is_full = false;
  std::atomic<int> asked = 0;

 private:
  mutable absl::Mutex mutex_;
  std::vector<journal::v1::Event> kept_ ABSL_GUARDED_BY(mutex_);
  identity::v1::Principal caller_ ABSL_GUARDED_BY(mutex_);
};

class RefusalSenderTest : public testing::Test {
 protected:
  ~RefusalSenderTest() override {
    StopGateway();
    service_->Shutdown(absl::Seconds(5));
  }

  void StopGateway() {
    if (gateway_ != nullptr) gateway_->Shutdown(absl::Seconds(5));
    gateway_.reset();
  }

  std::string Token(const std::string& role) const {
    identity::v1::Claims claims;
    claims.set_iss(kTokenIssuer);
    claims.set_sub("the-" + role);
    claims.set_aud(token::kAudience);
    claims.set_iat(absl::ToUnixSeconds(absl::Now()));
    claims.set_exp(absl::ToUnixSeconds(absl::Now() + absl::Hours(1)));
    claims.add_roles(role);
    return "Bearer " + *token::SignBearer(claims, key_);
  }

  grpc::StatusCode Ask(const char* method, const std::string& authorization) {
    grpc::ClientContext context;
    context.set_deadline(absl::ToChronoTime(absl::Now() + absl::Seconds(10)));
    if (!authorization.empty()) context.AddMetadata(rpc::kAuthorizationMetadata, authorization);
    context.AddMetadata(rpc::kTraceParentMetadata, "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
    const quota::v1::GetQuotaRequest request;
    quota::v1::GetQuotaResponse response;
    const grpc::internal::RpcMethod rpc_method(method, grpc::internal::RpcMethod::NORMAL_RPC);
    using google::protobuf::MessageLite;
    return grpc::internal::BlockingUnaryCall<MessageLite, MessageLite, MessageLite, MessageLite>(
               rpc::ChannelTo(AddressOf("gateway")).get(), rpc_method, &context, request, &response)
        .error_code();
  }

  static bool Eventually(const std::function<bool()>& condition) {
    const absl::Time last_moment = absl::Now() + absl::Seconds(10);
    while (!condition()) {
      if (absl::Now() > last_moment) return false;
      absl::SleepFor(absl::Milliseconds(5));
    }
    return true;
  }
  // Once there are so many.
  std::vector<journal::v1::Event> Told(std::size_t count) {
    EXPECT_TRUE(Eventually([&] { return journal_.kept().size() >= count; }));
    return journal_.kept();
  }

  std::string AddressOf(const std::string& name) const { return "unix:" + (directory_.path() / name).string(); }

  std::unique_ptr<Gateway> StartGateway() {
    GatewayOptions options{.addresses = {AddressOf("gateway")}, .seal = &seal_};
    const std::shared_ptr<grpc::Channel> channel = rpc::ChannelTo(AddressOf("service"));
    options.backends.push_back({.service = "jiebang.quota.v1.QuotaService", .channel = channel});
    options.backends.push_back({.service = "jiebang.quota.v1.JournalService", .channel = channel});
    options.backends.push_back({.service = "jiebang.rehearsal.v1.RehearsalService", .channel = channel});
    std::vector<token::VerifyingKey> keys{key_.verifying_key()};
    return *Gateway::Start(std::move(options), token::BearerVerifier(std::move(keys), kTokenIssuer));
  }

  const TemporaryDirectory directory_;
  const token::SigningKey key_ = token::SigningKey::Generate();
  token::PrincipalSeal seal_ = *token::PrincipalSeal::FromKey(std::string(32, 'k'));
  FixedClock clock_{absl::FromUnixSeconds(1'693'000'000)};
  ToyJournal journal_;
  std::unique_ptr<rpc::Server> service_ = *rpc::Server::Start(
      {.addresses = {AddressOf("service")}, .clock = &clock_, .seal = &seal_}, {journal_.Methods()});
  std::unique_ptr<Gateway> gateway_ = StartGateway();
};

TEST_F(RefusalSenderTest, TellsOfATokenThatIsNotBelieved) {
  EXPECT_EQ(Ask(kGetQuota, "Bearer x"), grpc::UNAUTHENTICATED);
  const std::vector<journal::v1::Event> told = Told(1);
  ASSERT_THAT(told, SizeIs(1));
  EXPECT_EQ(told[0].type(), "call.refused");
  EXPECT_EQ(told[0].method(), "jiebang.quota.v1.QuotaService.GetQuota");
  EXPECT_EQ(told[0].actor(), "");
  EXPECT_EQ(told[0].source_address(), "unix");
  EXPECT_EQ(told[0].result(), grpc::UNAUTHENTICATED);
  EXPECT_EQ(told[0].reason(), "TOKEN_MALFORMED");
  EXPECT_EQ(told[0].trace_id(), "4bf92f3577b34da6a3ce929d0e0e4736");
  EXPECT_LT(absl::Now() - absl::FromUnixSeconds(told[0].time().seconds()), absl::Minutes(1));
}

TEST_F(RefusalSenderTest, TellsWhoseRoleMayNotCall) {
  EXPECT_EQ(Ask(kGetQuota, Token("operator")), grpc::PERMISSION_DENIED);
  const std::vector<journal::v1::Event> told = Told(1);
  ASSERT_THAT(told, SizeIs(1));
  EXPECT_EQ(told[0].actor(), "the-operator");
  EXPECT_EQ(told[0].reason(), "ROLE_NOT_ALLOWED");
}

TEST_F(RefusalSenderTest, TellsItAsAService) {
  EXPECT_EQ(Ask(kGetQuota, ""), grpc::UNAUTHENTICATED);
  Told(1);
  EXPECT_EQ(journal_.caller().subject(), "gateway");
  EXPECT_THAT(journal_.caller().roles(), ElementsAre(options::v1::ROLE_SERVICE));
}

TEST_F(RefusalSenderTest, LetsNobodyFromOutsideTell) {
  for (const char* const role : {"ministry", "operator", "auditor"}) {
    EXPECT_EQ(Ask(kRecordRefusals, Token(role)), grpc::PERMISSION_DENIED);
  }
  EXPECT_EQ(Ask(kRecordRefusals, Token("service")), grpc::UNAUTHENTICATED);
  EXPECT_THAT(Told(4), SizeIs(4));
}

TEST_F(RefusalSenderTest, TellsNothingOfWhatIsNoMethodOrHasNoJournal) {
  EXPECT_EQ(Ask("/jiebang.quota.v1.QuotaService/Bribe", "Bearer x"), grpc::UNIMPLEMENTED);
  EXPECT_EQ(Ask("/jiebang.rehearsal.v1.RehearsalService/GetClock", "Bearer x"), grpc::UNAUTHENTICATED);
  StopGateway();
  EXPECT_THAT(journal_.kept(), IsEmpty());
}

TEST_F(RefusalSenderTest, TellsWhatIsLeftWhenTheGatewayStops) {
  EXPECT_EQ(Ask(kGetQuota, ""), grpc::UNAUTHENTICATED);
  StopGateway();
  EXPECT_THAT(journal_.kept(), SizeIs(1));
}

TEST_F(RefusalSenderTest, CountsWhatAServiceDidNotTake) {
  journal_.is_full = true;
  for (int i = 0; i < 3; ++i) EXPECT_EQ(Ask(kGetQuota, ""), grpc::UNAUTHENTICATED);
  EXPECT_TRUE(Eventually([this] { return journal_.asked > 0; }));
  journal_.is_full = false;
  StopGateway();
  int count = 0;
  for (const journal::v1::Event& event : journal_.kept()) {
    count += event.type() == "calls.refused" ? std::stoi(event.details().at("count")) : 1;
  }
  EXPECT_EQ(count, 3);
}

}  // namespace
}  // namespace jiebang::gateway
