// What the pipeline tells those who audit. Its checks are tested with a server around it (server_test.cc).
#include "common/rpc/pipeline.h"

#include <string>
#include <vector>

#include "common/clock/clock.h"
#include "common/errors/error.h"
#include "common/rpc/refusal_log.h"
#include "common/testing/error_matchers.h"
#include "common/testing/method_caller.h"
#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "jiebang/quota/v1/quota_service.pb.h"

namespace jiebang::rpc {
namespace {

namespace toy = quota::v1;
using absl::StatusCode;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

absl::Status Refused(StatusCode code, const std::string& reason) {
  return Refusal{.code = code, .reason = reason, .en = "no", .zh = "否"}.ToStatus();
}

class KeptRefusals final : public RefusalLog {
 public:
  void Add(const RefusedCall& call) override { calls.push_back(call); }
  Task<void> Drain() override { co_return; }

  std::vector<RefusedCall> calls;
};

// Answers as it is told to.
class ToyQuota {
 public:
  Task<absl::StatusOr<toy::GetQuotaResponse>> GetQuota(const Call& call, const toy::GetQuotaRequest& /*request*/) {
    roles = {call.principal().roles().begin(), call.principal().roles().end()};
    if (!outcome.ok()) co_return outcome;
    co_return toy::GetQuotaResponse();
  }
  Task<absl::StatusOr<toy::SubmitRecommendationListResponse>> Submit(
      const Call& /*call*/, const toy::SubmitRecommendationListRequest& /*request*/) {
    if (!outcome.ok()) co_return outcome;
    co_return toy::SubmitRecommendationListResponse();
  }
  Task<absl::Status> Watch(const Call& /*call*/, const toy::WatchEventsRequest& /*request*/,
                           Writer<toy::WatchEventsResponse> /*writer*/) {
    co_return outcome;
  }
  ServiceMethods Methods(RefusalLog& refusals) {
    ServiceMethods methods("jiebang.quota.v1.QuotaService", {}, &refusals);
    methods.Add("GetQuota", this, &ToyQuota::GetQuota);
    methods.Add("SubmitRecommendationList", this, &ToyQuota::Submit);
    methods.AddStream("WatchEvents", this, &ToyQuota::Watch);
    return methods;
  }

  absl::Status outcome;
  std::vector<int> roles;  // of who read last, as the handler sees them
};

class PipelineTest : public testing::Test {
 protected:
  static identity::v1::Principal Unit() {
    identity::v1::Principal principal;
    principal.set_subject("platform-jiangsu");
    principal.add_roles(options::v1::ROLE_UNIT);
    principal.set_unit("320000");
    principal.set_source_address("192.0.2.7");
    return principal;
  }
  static std::string ListOf(const std::string& unit) {
    return "programmes/p-2023/units/" + unit + "/tracks/t/recommendationList";
  }

  absl::Status Read(const identity::v1::Principal& caller, const std::string& unit = "320000") {
    toy::GetQuotaRequest request;
    request.set_name("programmes/p-2023/units/" + unit + "/tracks/t/quota");
    return caller_.Ask<toy::GetQuotaResponse>("GetQuota", caller, request).status();
  }
  absl::Status Write(const identity::v1::Principal& caller, const std::string& unit = "320000",
                     const std::string& request_id = "") {
    toy::SubmitRecommendationListRequest request;
    request.set_name(ListOf(unit));
    request.set_request_id(request_id);
    return caller_.Ask<toy::SubmitRecommendationListResponse>("SubmitRecommendationList", caller, request).status();
  }
  // The codes of what was recorded of a write, or a reading, that ends so.
  std::vector<StatusCode> RecordedOf(absl::Status outcome, bool is_write) {
    quota_.outcome = std::move(outcome);
    refusals_.calls.clear();
    const absl::Status status = is_write ? Write(Unit()) : Read(Unit());
    EXPECT_EQ(status, quota_.outcome);
    std::vector<StatusCode> codes;
    for (const RefusedCall& call : refusals_.calls) codes.push_back(call.status.code());
    return codes;
  }

  FixedClock clock_{absl::FromUnixSeconds(1'693'000'000)};
  token::PrincipalSeal seal_ = *token::PrincipalSeal::FromKey(std::string(32, 'k'));
  KeptRefusals refusals_;
  ToyQuota quota_;
  MethodCaller caller_{quota_.Methods(refusals_), clock_, seal_};
};

TEST_F(PipelineTest, TellsNothingOfWhatIsAnswered) {
  EXPECT_THAT(Read(Unit()), IsOk());
  EXPECT_THAT(Write(Unit()), IsOk());
  EXPECT_THAT(refusals_.calls, IsEmpty());
}

TEST_F(PipelineTest, TellsWhoWasRefusedWhatAndWhen) {
  EXPECT_THAT(Write(Unit(), "330000", "r-1"), IsRefusal(StatusCode::kPermissionDenied, "NOT_OWNER"));
  ASSERT_THAT(refusals_.calls, SizeIs(1));
  const RefusedCall& call = refusals_.calls.front();
  EXPECT_EQ(call.principal.subject(), "platform-jiangsu");
  EXPECT_EQ(call.principal.source_address(), "192.0.2.7");
  EXPECT_EQ(call.method, "jiebang.quota.v1.QuotaService.SubmitRecommendationList");
  EXPECT_EQ(call.resource, ListOf("330000"));
  EXPECT_EQ(call.request_id, "r-1");
  EXPECT_EQ(call.time, clock_.Now());
  EXPECT_THAT(call.status, IsRefusal(StatusCode::kPermissionDenied, "NOT_OWNER"));
}

TEST_F(PipelineTest, TellsOfReadingsWhoMayNotReadWhat) {
  EXPECT_THAT(Read(Unit(), "330000"), IsRefusal(StatusCode::kPermissionDenied, "NOT_OWNER"));
  identity::v1::Principal expert;
  expert.set_subject("expert-1");
  expert.add_roles(options::v1::ROLE_EXPERT);
  EXPECT_THAT(Read(expert), IsRefusal(StatusCode::kPermissionDenied, "ROLE_NOT_ALLOWED"));
  EXPECT_THAT(Read({}), IsRefusal(StatusCode::kUnauthenticated, "CREDENTIALS_MISSING"));
  ASSERT_THAT(refusals_.calls, SizeIs(3));
  EXPECT_EQ(refusals_.calls[1].principal.subject(), "expert-1");
  EXPECT_EQ(refusals_.calls[2].principal.subject(), "");
}

TEST_F(PipelineTest, ShowsHandlersOnlyRolesThatMayCall) {
  identity::v1::Principal caller = Unit();
  caller.add_roles(options::v1::ROLE_OPERATOR);
  caller.add_roles(options::v1::ROLE_MINISTRY);
  EXPECT_THAT(Read(caller), IsOk());
  EXPECT_THAT(quota_.roles, ElementsAre(options::v1::ROLE_UNIT, options::v1::ROLE_MINISTRY));
}

TEST_F(PipelineTest, BelievesNoPrincipalThatHasExpired) {
  identity::v1::Principal unit = Unit();
  unit.set_expire_seconds(1);
  EXPECT_THAT(Read(unit), IsRefusal(StatusCode::kUnauthenticated, "PRINCIPAL_EXPIRED"));
  ASSERT_THAT(refusals_.calls, SizeIs(1));
  EXPECT_EQ(refusals_.calls[0].principal.subject(), "");
}

TEST_F(PipelineTest, TellsOfWritesWhichRuleWasAgainstThem) {
  for (const StatusCode code :
       {StatusCode::kInvalidArgument, StatusCode::kFailedPrecondition, StatusCode::kAlreadyExists, StatusCode::kAborted,
        StatusCode::kResourceExhausted, StatusCode::kOutOfRange, StatusCode::kNotFound}) {
    EXPECT_THAT(RecordedOf(Refused(code, "SOME_RULE"), true), ElementsAre(code));
    EXPECT_THAT(RecordedOf(Refused(code, "SOME_RULE"), false), IsEmpty()) << "a reading changes nothing";
    EXPECT_THAT(RecordedOf(absl::Status(code, "of the engine"), true), IsEmpty()) << "a fault is no rule";
  }
  EXPECT_THAT(RecordedOf(Refused(StatusCode::kPermissionDenied, "SOME_RULE"), false),
              ElementsAre(StatusCode::kPermissionDenied));
}

TEST_F(PipelineTest, TellsNothingOfWhatDecidesNothing) {
  for (const StatusCode code : {StatusCode::kCancelled, StatusCode::kUnavailable, StatusCode::kDeadlineExceeded,
                                StatusCode::kInternal, StatusCode::kDataLoss, StatusCode::kUnknown}) {
    EXPECT_THAT(RecordedOf(Refused(code, "SOME_FAULT"), true), IsEmpty());
  }
  EXPECT_THAT(RecordedOf(Refused(StatusCode::kAborted, "CONCURRENT_CHANGE"), true), IsEmpty());
}

TEST_F(PipelineTest, TellsOfStreamsThatAreRefused) {
  class Nowhere final : public MessageWriter {
    Task<bool> Write(const google::protobuf::Message& /*message*/) override { co_return false; }
    bool ended() const override { return true; }
  } nowhere;
  EXPECT_THAT(caller_.Stream("WatchEvents", {}, toy::WatchEventsRequest(), nowhere),
              StatusIs(StatusCode::kUnauthenticated));
  ASSERT_THAT(refusals_.calls, SizeIs(1));
  EXPECT_EQ(refusals_.calls[0].method, "jiebang.quota.v1.QuotaService.WatchEvents");
}

}  // namespace
}  // namespace jiebang::rpc
