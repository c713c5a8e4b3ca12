#include "services/maturity/domain/verification.h"

#include "common/testing/error_matchers.h"
#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "services/maturity/domain/assessment.h"
#include "services/maturity/testing/models.h"

namespace jiebang::maturity {
namespace {

const absl::Time kVerified = absl::FromUnixSeconds(1'790'000'000);

v1::Assessment SubmittedOne() {
  v1::Assessment asked;
  asked.set_manufacturing_type(v1::MANUFACTURING_TYPE_DISCRETE);
  *asked.mutable_answers() = AnswerAll(*ShippedModel(), asked.manufacturing_type(), [](auto&, const v1::Item& item) {
    return item.level() <= 3 ? v1::DEGREE_MOSTLY : v1::DEGREE_NOT;
  });
  *asked.mutable_tailored_subdomains() = Without({"sales"});
  const AssessmentName name{.applicant = {.uscc = "91320000000000000X"}, .id = "a"};
  return *Submitted(ShippedModel(), *NewDraft(ShippedModel(), name, asked, nullptr, {.by = "me", .at = kVerified}), {},
                    kVerified);
}

v1::Verification OpenOne() { return *Opened(SubmittedOne(), nullptr, "experts/e1", kVerified); }

Findings OneFinding(const std::string& item, v1::Degree verified, const std::string& note = "") {
  Findings findings;
  v1::Finding& finding = *findings.Add();
  finding.set_item(item);
  finding.set_verified(verified);
  finding.set_note(note);
  return findings;
}

TEST(VerificationTest, BeginsWithWhatWasClaimed) {
  const v1::Verification verification = OpenOne();

  EXPECT_EQ(verification.claimed().level(), 3);
  EXPECT_EQ(verification.verified().SerializeAsString(), verification.claimed().SerializeAsString());
  EXPECT_EQ(verification.state(), v1::Verification::STATE_OPEN);
}

TEST(VerificationTest, WhatWasFoundStandsBesideWhatWasClaimed) {
  const v1::Assessment assessment = SubmittedOne();

  ASSERT_OK_AND_ASSIGN(const v1::Verification verification,
                       Recorded(ShippedModel(), assessment, OpenOne(),
                                OneFinding("data-2-a", v1::DEGREE_NOT, "未见系统"), false, kVerified));

  EXPECT_EQ(verification.claimed().level(), 3);
  EXPECT_EQ(verification.verified().level(), 1) << "level 2 was at 0.8 exactly";
  EXPECT_EQ(verification.findings(0).claimed(), v1::DEGREE_MOSTLY);
  EXPECT_EQ(SubmittedOne().SerializeAsString(), assessment.SerializeAsString());
}

TEST(VerificationTest, ALaterFindingTakesThePlaceOfAnEarlierOne) {
  const v1::Assessment assessment = SubmittedOne();
  v1::Verification verification = *Recorded(ShippedModel(), assessment, OpenOne(),
                                            OneFinding("data-2-a", v1::DEGREE_NOT, "未见系统"), false, kVerified);
  verification = *Recorded(ShippedModel(), assessment, verification, OneFinding("strategy-1-a", v1::DEGREE_MOSTLY),
                           false, kVerified);

  verification =
      *Recorded(ShippedModel(), assessment, verification, OneFinding("data-2-a", v1::DEGREE_MOSTLY), true, kVerified);

  ASSERT_EQ(verification.findings_size(), 2);
  EXPECT_EQ(verification.findings(0).item(), "strategy-1-a");
  EXPECT_EQ(verification.verified().level(), 3);
  EXPECT_EQ(verification.state(), v1::Verification::STATE_COMPLETED);
  EXPECT_THAT(Recorded(ShippedModel(), assessment, verification, {}, true, kVerified),
              IsRefusal(absl::StatusCode::kFailedPrecondition, "VERIFICATION_COMPLETED"));
}

TEST(VerificationTest, NamesEveryFindingThatIsWrong) {
  Findings findings = OneFinding("data-2-a", v1::DEGREE_NOT);
  findings.MergeFrom(OneFinding("sales-1-a", v1::DEGREE_MOSTLY));
  findings.MergeFrom(OneFinding("moon-1-a", v1::DEGREE_MOSTLY));
  findings.MergeFrom(OneFinding("data-2-b", v1::DEGREE_UNSPECIFIED, "?"));
  findings.MergeFrom(OneFinding("data-2-b", v1::DEGREE_MOSTLY));

  const auto recorded = Recorded(ShippedModel(), SubmittedOne(), OpenOne(), findings, false, kVerified);

  EXPECT_THAT(recorded, IsRefusal(absl::StatusCode::kInvalidArgument, "FINDINGS_INVALID"));
  EXPECT_THAT(recorded, HasViolation("findings[0].note", "why it differs"));
  EXPECT_THAT(recorded, HasViolation("findings[1].item", "does not count"));
  EXPECT_THAT(recorded, HasViolation("findings[2].item", "moon-1-a"));
  EXPECT_THAT(recorded, HasViolation("findings[3].verified", "degree"));
  EXPECT_THAT(recorded, HasViolation("findings[4].item", "twice"));
}

TEST(VerificationTest, AnAssessorIsReplacedBeforeTheFirstFindingOnly) {
  const v1::Assessment assessment = SubmittedOne();
  const v1::Verification open = OpenOne();
  EXPECT_EQ(Opened(assessment, &open, "experts/e2", kVerified)->assessor(), "experts/e2");

  const v1::Verification started =
      *Recorded(ShippedModel(), assessment, open, OneFinding("data-2-a", v1::DEGREE_MOSTLY), false, kVerified);

  EXPECT_THAT(Opened(assessment, &started, "experts/e2", kVerified),
              IsRefusal(absl::StatusCode::kFailedPrecondition, "VERIFICATION_STARTED"));
}

TEST(VerificationTest, ADraftIsNotVerified) {
  v1::Assessment draft = SubmittedOne();
  draft.set_state(v1::Assessment::STATE_DRAFT);

  EXPECT_THAT(Opened(draft, nullptr, "experts/e1", kVerified),
              IsRefusal(absl::StatusCode::kFailedPrecondition, "ASSESSMENT_NOT_SUBMITTED"));
}

}  // namespace
}  // namespace jiebang::maturity
