// Starting from an earlier assessment, and what stands beside answers.
#include "common/testing/error_matchers.h"
#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "services/maturity/domain/answers.h"
#include "services/maturity/domain/assessment.h"
#include "services/maturity/testing/models.h"

namespace jiebang::maturity {
namespace {

constexpr char kPlantName[] = "applicants/91320000000000000X/objects/plant";
const Act kAct{.by = "me", .at = absl::FromUnixSeconds(1'790'000'000)};

AssessmentName NamedAssessment(const std::string& id) {
  return {.applicant = {.uscc = "91320000000000000X"}, .id = id};
}

v1::Assessment AskingToStart() {
  v1::Assessment asked;
  asked.set_manufacturing_type(v1::MANUFACTURING_TYPE_DISCRETE);
  asked.set_object(kPlantName);
  return asked;
}

v1::Assessment EarlierOne() {
  v1::Assessment asked = AskingToStart();
  *asked.mutable_answers() =
      AnswerAll(*ShippedModel(), v1::MANUFACTURING_TYPE_DISCRETE, [](auto&, auto&) { return v1::DEGREE_MOSTLY; });
  v1::Answer& first = *asked.mutable_answers(0);
  first.set_note("见附件");
  v1::Evidence& link = *first.add_evidence();
  link.set_title("平台");
  link.set_link("https://example.org/plan");
  v1::Evidence& file = *first.add_evidence();
  file.set_title("规划");
  file.set_attachment(NamedAssessment("old").ToString() + "/attachments/plan");
  *asked.mutable_tailored_subdomains() = Without({"sales"});
  const v1::Assessment draft = *NewDraft(ShippedModel(), NamedAssessment("old"), asked, nullptr, kAct);
  return *Submitted(ShippedModel(), draft, {}, kAct.at);
}

TEST(EarlierTest, ItsAnswersTailoringNotesAndLinksAreTakenOverAndItsFilesAreNot) {
  const v1::Assessment earlier = EarlierOne();

  ASSERT_OK_AND_ASSIGN(const v1::Assessment draft,
                       NewDraft(ShippedModel(), NamedAssessment("new"), AskingToStart(), &earlier, kAct));

  EXPECT_EQ(draft.started_from(), earlier.name());
  EXPECT_EQ(draft.state(), v1::Assessment::STATE_DRAFT);
  EXPECT_EQ(draft.answers_size(), earlier.answers_size());
  EXPECT_EQ(draft.answers(0).note(), "见附件");
  ASSERT_EQ(draft.answers(0).evidence_size(), 1);
  EXPECT_EQ(draft.answers(0).evidence(0).link(), "https://example.org/plan");
  EXPECT_EQ(draft.tailored_subdomains(0).subdomain(), "sales");
  EXPECT_FALSE(draft.has_submit_time());
}

TEST(EarlierTest, WhatIsAskedGoesBeforeWhatIsTakenOver) {
  const v1::Assessment earlier = EarlierOne();
  v1::Assessment asked = AskingToStart();
  *asked.add_answers() = AnswerTo("strategy-1-a", v1::DEGREE_FULLY);

  ASSERT_OK_AND_ASSIGN(const v1::Assessment draft,
                       NewDraft(ShippedModel(), NamedAssessment("new"), asked, &earlier, kAct));

  EXPECT_EQ(draft.answers(0).degree(), v1::DEGREE_FULLY);
  EXPECT_EQ(draft.answers(1).degree(), v1::DEGREE_MOSTLY);
}

TEST(EarlierTest, OneOfAnotherModelTypeOrObjectOrADraftIsRefused) {
  const auto start = [](const v1::Assessment& earlier) {
    return NewDraft(ShippedModel(), NamedAssessment("new"), AskingToStart(), &earlier, kAct);
  };
  v1::Assessment other = EarlierOne();
  other.set_model("models/quick-check-2026");
  EXPECT_THAT(start(other), IsRefusal(absl::StatusCode::kFailedPrecondition, "MODELS_MIXED"));
  other = EarlierOne();
  other.set_manufacturing_type(v1::MANUFACTURING_TYPE_PROCESS);
  EXPECT_THAT(start(other), IsRefusal(absl::StatusCode::kFailedPrecondition, "TYPES_MIXED"));
  other = EarlierOne();
  other.set_object("applicants/91320000000000000X/objects/workshop");
  EXPECT_THAT(start(other), IsRefusal(absl::StatusCode::kFailedPrecondition, "OBJECTS_MIXED"));
  other = EarlierOne();
  other.set_state(v1::Assessment::STATE_DRAFT);
  EXPECT_THAT(start(other), IsRefusal(absl::StatusCode::kFailedPrecondition, "ASSESSMENT_NOT_SUBMITTED"));
}

TEST(EvidenceTest, IsSomewhereAndOfThisAssessment) {
  Answers answers;
  *answers.Add() = AnswerTo("data-1-a", v1::DEGREE_FULLY);
  answers[0].add_evidence()->set_title("没有去处");
  answers[0].add_evidence()->set_attachment(NamedAssessment("other").ToString() + "/attachments/plan");
  answers[0].add_evidence()->set_attachment(NamedAssessment("own").ToString() + "/attachments/plan");

  const absl::Status status = CheckEvidence(NamedAssessment("own").ToString(), answers, "assessment");

  EXPECT_THAT(status, IsRefusal(absl::StatusCode::kInvalidArgument, "ANSWERS_INVALID"));
  EXPECT_THAT(status, HasViolation("assessment.answers[0].evidence[0]", "attachment or a link"));
  EXPECT_THAT(status, HasViolation("assessment.answers[0].evidence[1].attachment", "not an attachment of this"));
  EXPECT_THAT(status, testing::Not(HasViolation("assessment.answers[0].evidence[2].attachment", "")));
}

// 214 notes of a thousand characters fit; a megabyte and more of further evidence does not.
TEST(EvidenceTest, AnAssessmentHasALargestSize) {
  v1::Assessment change;
  *change.mutable_answers() =
      AnswerAll(*ShippedModel(), v1::MANUFACTURING_TYPE_DISCRETE, [](auto&, auto&) { return v1::DEGREE_FULLY; });
  std::string note;
  for (int i = 0; i < 1000; ++i) note += "说";
  for (v1::Answer& answer : *change.mutable_answers()) answer.set_note(note);
  const v1::Assessment draft = *NewDraft(ShippedModel(), NamedAssessment("own"), AskingToStart(), nullptr, kAct);
  EXPECT_THAT(Changed(ShippedModel(), draft, change, {}, kAct), IsOk());

  for (v1::Answer& answer : *change.mutable_answers()) answer.set_note(note + note + note + note + note);

  EXPECT_THAT(Changed(ShippedModel(), draft, change, {}, kAct),
              IsRefusal(absl::StatusCode::kResourceExhausted, "ASSESSMENT_TOO_LARGE"));
}

}  // namespace
}  // namespace jiebang::maturity
