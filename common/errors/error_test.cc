#include "common/errors/error.h"

#include <string>

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "common/errors/error_details.h"
#include "common/testing/error_matchers.h"
#include "gmock/gmock.h"
#include "google/rpc/error_details.pb.h"
#include "gtest/gtest.h"

namespace jiebang {
namespace {

using google::rpc::BadRequest;
using google::rpc::ErrorInfo;
using google::rpc::LocalizedMessage;
using google::rpc::PreconditionFailure;
using google::rpc::QuotaFailure;
using google::rpc::RetryInfo;
using testing::EndsWith;
using testing::Pair;
using testing::SizeIs;
using testing::UnorderedElementsAre;

Refusal QuotaExhausted() {
  return {.code = absl::StatusCode::kResourceExhausted,
          .reason = "QUOTA_EXHAUSTED",
          .en = "No seat is left.",
          .zh = "名额已满"};
}

// Fails the test rather than the process when there is no such detail.
template <class Detail>
Detail Find(const absl::Status& status) {
  const auto details = DetailsOf(status);
  const auto detail = details ? DetailOf<Detail>(*details) : std::nullopt;
  EXPECT_TRUE(detail.has_value()) << Detail::descriptor()->full_name() << " in " << status;
  return detail.value_or(Detail());
}

TEST(Refusal, TellsProgramsTheReasonAndPeopleBothLanguages) {
  Refusal refusal = QuotaExhausted();
  refusal.metadata = {{"unit", "320000"}};

  const absl::Status status = refusal.ToStatus();

  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(status.message(), "No seat is left.");
  EXPECT_EQ(ReasonOf(status), "QUOTA_EXHAUSTED");
  const auto details = DetailsOf(status);
  ASSERT_TRUE(details.has_value());
  EXPECT_EQ(details->code(), 8);  // google.rpc.Code.RESOURCE_EXHAUSTED
  EXPECT_EQ(details->message(), "No seat is left.");
  EXPECT_EQ(details->details_size(), 2) << "what is empty is no detail";
  EXPECT_EQ(Find<ErrorInfo>(status).domain(), "jiebang");
  EXPECT_THAT(Find<ErrorInfo>(status).metadata(), UnorderedElementsAre(Pair("unit", "320000")));
  EXPECT_EQ(Find<LocalizedMessage>(status).locale(), "zh-CN");
  EXPECT_EQ(Find<LocalizedMessage>(status).message(), "名额已满");
}

TEST(Refusal, CarriesEachKindOfViolationInOneDetail) {
  Refusal refusal = QuotaExhausted();
  refusal.fields = {{"a", "first"}, {"b", "second"}};
  refusal.preconditions = {{"第三条", "applicants/x", "third"}};
  refusal.quotas = {{"units/320000", "fourth"}};

  const absl::Status status = refusal.ToStatus();

  ASSERT_EQ(Find<BadRequest>(status).field_violations_size(), 2);
  EXPECT_EQ(Find<BadRequest>(status).field_violations(1).field(), "b");
  EXPECT_EQ(Find<BadRequest>(status).field_violations(1).description(), "second");
  ASSERT_EQ(Find<PreconditionFailure>(status).violations_size(), 1);
  EXPECT_EQ(Find<PreconditionFailure>(status).violations(0).type(), "第三条");
  EXPECT_EQ(Find<PreconditionFailure>(status).violations(0).subject(), "applicants/x");
  ASSERT_EQ(Find<QuotaFailure>(status).violations_size(), 1);
  EXPECT_EQ(Find<QuotaFailure>(status).violations(0).subject(), "units/320000");
}

TEST(Refusal, SaysWhenToComeBack) {
  Refusal refusal = QuotaExhausted();
  refusal.retry_after = absl::Milliseconds(1'500);
  EXPECT_EQ(Find<RetryInfo>(refusal.ToStatus()).retry_delay().seconds(), 1);
  EXPECT_EQ(Find<RetryInfo>(refusal.ToStatus()).retry_delay().nanos(), 500'000'000);

  refusal.retry_after = absl::Seconds(-1);
  EXPECT_EQ(Find<RetryInfo>(refusal.ToStatus()).retry_delay().seconds(), 0);

  refusal.retry_after = absl::InfiniteDuration();
  EXPECT_GT(Find<RetryInfo>(refusal.ToStatus()).retry_delay().seconds(), 0);
}

TEST(Refusal, LeavesOutTheLastViolationsThatDoNotFit) {
  Refusal refusal = QuotaExhausted();
  for (int i = 0; i < 5'000; ++i) refusal.fields.push_back({absl::StrCat("f[", i, "]"), "不能为空 must not be empty"});
  refusal.quotas = {{"units/320000", "the very last"}};

  const absl::Status status = refusal.ToStatus();

  const std::size_t size = status.GetPayload(kDetailsUrl)->size();
  EXPECT_LE(size, kMaxDetailsBytes);
  EXPECT_GT(size, kMaxDetailsBytes - 100) << "as many as fit";
  const int told = Find<BadRequest>(status).field_violations_size();
  EXPECT_EQ(Find<BadRequest>(status).field_violations(told - 1).field(), absl::StrCat("f[", told - 1, "]"));
  EXPECT_THAT(Find<ErrorInfo>(status).metadata(),
              UnorderedElementsAre(Pair("violations_left_out", absl::StrCat(5'001 - told))));
  EXPECT_FALSE(DetailOf<QuotaFailure>(*DetailsOf(status)).has_value());
}

TEST(Refusal, FitsHoweverLongItsTextsAre) {
  std::string zh;
  for (int i = 0; i < 10'000; ++i) zh += "汉";
  Refusal refusal{.code = absl::StatusCode::kInternal, .reason = "LONG", .en = zh, .zh = zh};
  refusal.fields = {{zh, zh}, {zh, zh}};
  for (int i = 0; i < 100; ++i) refusal.metadata[absl::StrCat("key", i)] = zh;
  refusal.retry_after = absl::Seconds(1);

  const absl::Status status = refusal.ToStatus();

  EXPECT_LE(status.GetPayload(kDetailsUrl)->size(), kMaxDetailsBytes);
  EXPECT_LE(status.message().size(), kMaxMessageBytes);
  EXPECT_THAT(std::string(status.message()), EndsWith("汉…")) << "cut between characters";
  EXPECT_EQ(ReasonOf(status), "LONG") << "still parses, so no text was cut within a character";
}

// What grpc-java counts of an answer without a message (Trailers-Only), against its default of 8 KiB.
TEST(Refusal, TravelsInTheTrailingMetadataThatClientsTakeByDefault) {
  constexpr std::size_t kPerEntry = 32;  // RFC 9113, 6.5.2
  const std::size_t status_entry = std::string("grpc-status").size() + 2 + kPerEntry;
  const std::size_t message_entry = std::string("grpc-message").size() + 3 * kMaxMessageBytes + kPerEntry;
  const std::size_t details_entry =
      std::string("grpc-status-details-bin").size() + (kMaxDetailsBytes * 4 + 2) / 3 + kPerEntry;
  const std::size_t other_entries = std::string(":status200content-typeapplication/grpc").size() + 2 * kPerEntry;
  EXPECT_LT(status_entry + message_entry + details_entry + other_entries, 8'192U);
}

TEST(MalformedField, NamesTheFieldInBothLanguages) {
  const absl::Status status = MalformedField("name", "The name is empty.", "名称为空");
  EXPECT_THAT(status, IsRefusal(absl::StatusCode::kInvalidArgument, "FIELD_MALFORMED"));
  EXPECT_THAT(status, HasViolation("name", "The name is empty."));
  EXPECT_THAT(status, HasViolation("name", "名称为空"));
  EXPECT_THAT(MalformedField("name", "", "", "USCC_MALFORMED"),
              IsRefusal(absl::StatusCode::kInvalidArgument, "USCC_MALFORMED"));
}

TEST(ReasonOf, IsEmptyForWhatIsNoRefusal) {
  EXPECT_EQ(ReasonOf(absl::OkStatus()), "");
  EXPECT_EQ(ReasonOf(absl::InternalError("disk")), "");
  EXPECT_FALSE(DetailsOf(absl::InternalError("disk")).has_value());

  absl::Status damaged = absl::InternalError("disk");
  damaged.SetPayload(kDetailsUrl, absl::Cord("\xff\xff"));
  EXPECT_EQ(ReasonOf(damaged), "");
  EXPECT_FALSE(DetailsOf(damaged).has_value());
}

}  // namespace
}  // namespace jiebang
