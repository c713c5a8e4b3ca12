#include "services/gateway/admission/admission.h"

#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "common/errors/error.h"
#include "common/errors/error_details.h"
#include "common/rpc/channel.h"
#include "common/testing/error_matchers.h"
#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "google/rpc/error_details.pb.h"
#include "gtest/gtest.h"

namespace jiebang::gateway {
namespace {

constexpr char kSubmit[] = "/jiebang.application.v1.ApplicationService/SubmitApplication";
constexpr char kUpdate[] = "/jiebang.application.v1.ApplicationService/UpdateApplication";
constexpr char kGet[] = "/jiebang.application.v1.ApplicationService/GetApplication";
constexpr char kWatch[] = "/jiebang.application.v1.ApplicationService/WatchEvents";
constexpr char kQuota[] = "/jiebang.quota.v1.QuotaService/GetQuota";
constexpr char kAddress[] = "192.0.2.7";

// What everybody who was refused for load must be told: a reason, both languages, and when to come again.
MATCHER_P(IsLoadRefusal, reason, "is a refusal for load with a retry hint") {
  const std::optional<google::rpc::Status> details = DetailsOf(arg);
  if (!details || jiebang::ReasonOf(arg) != reason) {
    *result_listener << "which is " << arg.ToString();
    return false;
  }
  const auto retry = DetailOf<google::rpc::RetryInfo>(*details);
  const auto text = DetailOf<google::rpc::LocalizedMessage>(*details);
  const bool has_quota = DetailOf<google::rpc::QuotaFailure>(*details).has_value();
  return retry && (retry->retry_delay().seconds() > 0 || retry->retry_delay().nanos() > 0) && text &&
         text->locale() == "zh-CN" && has_quota == absl::IsResourceExhausted(arg);
}

class AdmissionTest : public testing::Test {
 protected:
  static AdmissionOptions Small() {
    AdmissionOptions options{.most_calls = 24,
                             .of_one = {.least = 8, .most = 8},
                             .most_calls_of_caller = 6,
                             .most_streams = 5,
                             .most_streams_of_caller = 3,
                             .most_bytes = 1'000};
    EXPECT_THAT(options.rates.Set("applicant=10:20"), IsOk());
    return options;
  }

  absl::StatusOr<Ticket> Enter(const char* path) {
    return admission_.Enter(*routes_.Find(path), absl::InfiniteFuture(), now_);
  }
  // How many calls come in until one is refused, and stay.
  int Fill(const char* path) {
    int entered = 0;
    while (true) {
      absl::StatusOr<Ticket> ticket = Enter(path);
      if (!ticket.ok()) return entered;
      tickets_.push_back(*std::move(ticket));
      ++entered;
    }
  }
  // A call of somebody, from its first to its last step.
  absl::Status Call(const char* path, const std::string& subject) {
    absl::StatusOr<Ticket> ticket = Enter(path);
    if (!ticket.ok()) return ticket.status();
    return admission_.Charge(*ticket, Principal(subject), kAddress, now_);
  }
  absl::Status CallAndStay(const char* path, const std::string& subject) {
    absl::StatusOr<Ticket> ticket = Enter(path);
    if (!ticket.ok()) return ticket.status();
    const absl::Status charged = admission_.Charge(*ticket, Principal(subject), kAddress, now_);
    if (charged.ok()) tickets_.push_back(*std::move(ticket));
    return charged;
  }

  static identity::v1::Principal Principal(const std::string& subject) {
    identity::v1::Principal principal;
    principal.set_subject(subject);
    if (!subject.empty()) principal.add_roles(options::v1::ROLE_APPLICANT);
    return principal;
  }

  const Routes routes_ = *Routes::To({{"jiebang.application.v1.ApplicationService", rpc::ChannelTo("unix:/nowhere/1")},
                                      {"jiebang.quota.v1.QuotaService", rpc::ChannelTo("unix:/nowhere/2")}});
  absl::Time now_ = absl::FromUnixSeconds(1'693'000'000);
  Admission admission_{Small()};
  std::vector<Ticket> tickets_;  // after what they belong to
};

TEST_F(AdmissionTest, RefusesReadsFirstThenDraftsThenSubmissions) {
  EXPECT_EQ(Fill(kGet), 4);
  EXPECT_THAT(Enter(kGet).status(), IsLoadRefusal("SUITE_OVERLOADED"));
  EXPECT_EQ(Fill(kUpdate), 2);
  EXPECT_THAT(Enter(kUpdate).status(), IsLoadRefusal("SUITE_OVERLOADED"));
  EXPECT_EQ(Fill(kSubmit), 2);
  EXPECT_THAT(Enter(kSubmit).status(), IsLoadRefusal("SUITE_OVERLOADED"));
  tickets_.clear();
  EXPECT_EQ(admission_.calls_under_way(), 0);
  EXPECT_EQ(Fill(kSubmit), 8) << "each ticket gave its place back once";
}

TEST_F(AdmissionTest, AServiceThatHangsLeavesRoomForTheOthers) {
  EXPECT_EQ(Fill(kSubmit), 8);
  EXPECT_THAT(Enter(kQuota), IsOk()) << "a third of all is under way, and reads may have a half";
}

TEST_F(AdmissionTest, SpreadsTheRetriesOfThoseWhoAreRefusedTogether) {
  Fill(kSubmit);
  std::set<std::int64_t> waits;
  for (int i = 0; i < 100; ++i) {
    const auto retry = DetailOf<google::rpc::RetryInfo>(*DetailsOf(Enter(kSubmit).status()));
    waits.insert(retry->retry_delay().seconds() * 1'000'000'000 + retry->retry_delay().nanos());
  }
  EXPECT_GT(waits.size(), 20u);
  EXPECT_GE(*waits.begin(), 400'000'000);
  EXPECT_LE(*waits.rbegin(), 1'600'000'000);
}

TEST_F(AdmissionTest, OneCallersSpeedIsItsOwnMatter) {
  for (int i = 0; i < 20; ++i) EXPECT_THAT(Call(kSubmit, "a"), IsOk()) << i;
  EXPECT_THAT(Call(kSubmit, "a"), IsLoadRefusal("RATE_EXCEEDED"));
  EXPECT_THAT(Call(kSubmit, "b"), IsOk());
  EXPECT_EQ(admission_.counts().too_fast, 1u);
}

TEST_F(AdmissionTest, WhoReadsTooMuchCanStillFile) {
  for (int i = 0; i < 100; ++i) (void)Call(kGet, "a");
  EXPECT_THAT(Call(kGet, "a"), IsLoadRefusal("RATE_EXCEEDED"));
  EXPECT_THAT(Call(kUpdate, "a"), IsOk());
  EXPECT_THAT(Call(kSubmit, "a"), IsOk());
}

TEST_F(AdmissionTest, CountsThoseWithoutCredentialsByTheirAddress) {
  for (int i = 0; i < 400; ++i) EXPECT_THAT(Call(kGet, ""), IsOk()) << i;
  const absl::Status refused = Call(kGet, "");
  EXPECT_THAT(refused, IsLoadRefusal("RATE_EXCEEDED"));
  EXPECT_THAT(refused.message(), testing::HasSubstr(kAddress));
  EXPECT_THAT(Call(kGet, kAddress), IsOk()) << "somebody who is called like the address is somebody else";
}

TEST_F(AdmissionTest, OneCallerDoesNotTakeAllPlaces) {
  for (int i = 0; i < 6; ++i) EXPECT_THAT(CallAndStay(kSubmit, "a"), IsOk());
  EXPECT_THAT(CallAndStay(kSubmit, "a"), IsLoadRefusal("CALLS_UNDER_WAY_EXCEEDED"));
  EXPECT_THAT(CallAndStay(kSubmit, "b"), IsOk());
  tickets_.clear();
  EXPECT_THAT(CallAndStay(kSubmit, "a"), IsOk());
}

TEST_F(AdmissionTest, CountsStreamsApart) {
  for (int i = 0; i < 3; ++i) EXPECT_THAT(CallAndStay(kWatch, "a"), IsOk());
  EXPECT_THAT(CallAndStay(kWatch, "a"), IsLoadRefusal("STREAMS_OPEN_EXCEEDED"));
  EXPECT_THAT(CallAndStay(kSubmit, "a"), IsOk());
  for (int i = 0; i < 2; ++i) EXPECT_THAT(CallAndStay(kWatch, "b"), IsOk());
  EXPECT_THAT(CallAndStay(kWatch, "c"), IsLoadRefusal("SUITE_OVERLOADED"));
  EXPECT_EQ(admission_.calls_under_way(), 1);
  tickets_.clear();
  EXPECT_THAT(CallAndStay(kWatch, "a"), IsOk());
}

TEST_F(AdmissionTest, HoldsNoMoreBytesThanItsMost) {
  absl::StatusOr<Ticket> first = Enter(kSubmit);
  absl::StatusOr<Ticket> second = Enter(kSubmit);
  EXPECT_THAT(first->Send(700), IsOk());
  EXPECT_THAT(second->Send(700), IsLoadRefusal("SUITE_OVERLOADED"));
  { const Ticket ended = *std::move(first); }
  EXPECT_THAT(second->Send(700), IsOk());
}

TEST_F(AdmissionTest, RefusesADeadlineThatHasPassedOrCannotBeMet) {
  const Route& submit = *routes_.Find(kSubmit);
  EXPECT_THAT(admission_.Enter(submit, now_ - absl::Seconds(1), now_).status(), IsLoadRefusal("DEADLINE_TOO_SHORT"));
  EXPECT_THAT(admission_.Enter(submit, now_ + absl::Milliseconds(1), now_), IsOk());
}

TEST_F(AdmissionTest, LooksAtNoMoreCredentialsFromAnAddressWhoseDoNotHold) {
  for (int i = 0; i < 200; ++i) {
    EXPECT_THAT(admission_.CheckFailures(kAddress, now_), IsOk());
    admission_.CountFailure(kAddress, now_);
  }
  EXPECT_THAT(admission_.CheckFailures(kAddress, now_), IsLoadRefusal("CREDENTIALS_FAILED_TOO_OFTEN"));
  EXPECT_THAT(admission_.CheckFailures("192.0.2.8", now_), IsOk());
  EXPECT_THAT(admission_.CheckFailures(kAddress, now_ + absl::Seconds(1)), IsOk());
}

}  // namespace
}  // namespace jiebang::gateway
