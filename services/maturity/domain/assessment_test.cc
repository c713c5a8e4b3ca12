#include "services/maturity/domain/assessment.h"

#include "common/testing/error_matchers.h"
#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "services/maturity/testing/models.h"

namespace jiebang::maturity {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1'690'000'000);
const Act kMe{.by = "me", .at = kNow};

AssessmentName Name() { return {.applicant = {.uscc = "91320000000000000X"}, .id = "plant-1"}; }

v1::Assessment Asked() {
  v1::Assessment asked;
  asked.set_manufacturing_type(v1::MANUFACTURING_TYPE_DISCRETE);
  asked.set_object("applicants/91320000000000000X/objects/plant");
  return asked;
}

v1::Assessment Draft() {
  const absl::StatusOr<v1::Assessment> draft = NewDraft(ShippedModel(), Name(), Asked(), nullptr, kMe);
  EXPECT_THAT(draft, IsOk());
  return *draft;
}

v1::Assessment Answered() {
  v1::Assessment draft = Draft();
  *draft.mutable_answers() =
      AnswerAll(*ShippedModel(), v1::MANUFACTURING_TYPE_DISCRETE, [](auto&, auto&) { return v1::DEGREE_FULLY; });
  return draft;
}

google::protobuf::FieldMask Mask(std::initializer_list<std::string> paths) {
  google::protobuf::FieldMask mask;
  for (const std::string& path : paths) mask.add_paths(path);
  return mask;
}

TEST(AssessmentTest, StartsAsADraftWithWhatCallersMaySay) {
  v1::Assessment asked = Asked();
  asked.set_name("applicants/x/assessments/y");
  asked.set_state(v1::Assessment::STATE_SUBMITTED);
  asked.mutable_result()->set_level(5);
  asked.mutable_submit_time()->set_seconds(1);

  ASSERT_OK_AND_ASSIGN(const v1::Assessment draft, NewDraft(ShippedModel(), Name(), asked, nullptr, kMe));

  EXPECT_EQ(draft.name(), "applicants/91320000000000000X/assessments/plant-1");
  EXPECT_EQ(draft.state(), v1::Assessment::STATE_DRAFT);
  EXPECT_EQ(draft.result().level(), 0);
  EXPECT_FALSE(draft.has_submit_time());
  EXPECT_EQ(draft.create_time().seconds(), 1'690'000'000);
}

TEST(AssessmentTest, WithoutAMaskWhatIsSetIsChanged) {
  v1::Assessment change;
  *change.add_answers() = AnswerTo("data-1-a", v1::DEGREE_FULLY);

  ASSERT_OK_AND_ASSIGN(const v1::Assessment changed, Changed(ShippedModel(), Draft(), change, {}, kMe));

  EXPECT_EQ(changed.answers_size(), 1);
  EXPECT_EQ(changed.object(), Asked().object());
  EXPECT_EQ(changed.result().answered_count(), 1);
}

TEST(AssessmentTest, AnswersAreMergedAndOthersReplaced) {
  v1::Assessment draft = Answered();
  *draft.mutable_tailored_subdomains() = Without({"sales"});
  v1::Assessment change;
  *change.add_answers() = AnswerTo("data-1-a", v1::DEGREE_NOT);
  *change.mutable_tailored_subdomains() = Without({"logistics"});

  ASSERT_OK_AND_ASSIGN(const v1::Assessment changed,
                       Changed(ShippedModel(), draft, change, Mask({"answers", "tailored_subdomains"}), kMe));

  EXPECT_EQ(changed.answers_size(), draft.answers_size());
  ASSERT_EQ(changed.tailored_subdomains_size(), 1);
  EXPECT_EQ(changed.tailored_subdomains(0).subdomain(), "logistics");
}

TEST(AssessmentTest, AMaskThatNamesNoMoreAnswersKeepsThem) {
  ASSERT_OK_AND_ASSIGN(const v1::Assessment changed, Changed(ShippedModel(), Answered(), v1::Assessment(),
                                                             Mask({"answers", "tailored_subdomains"}), kMe));

  EXPECT_EQ(changed.answers_size(), Answered().answers_size());
}

TEST(AssessmentTest, NothingElseCanBeChanged) {
  for (const std::string path :
       {"model", "manufacturing_type", "object", "state", "result", "submit_time", "name", "etag", "?"}) {
    EXPECT_THAT(Changed(ShippedModel(), Draft(), Asked(), Mask({path}), kMe),
                StatusIs(absl::StatusCode::kInvalidArgument))
        << path;
  }
}

TEST(AssessmentTest, SubmitsWhenEveryItemThatCountsIsAnswered) {
  ASSERT_OK_AND_ASSIGN(const v1::Assessment submitted, Submitted(ShippedModel(), Answered(), {}, kNow));

  EXPECT_EQ(submitted.state(), v1::Assessment::STATE_SUBMITTED);
  EXPECT_EQ(submitted.result().level(), 5);
  EXPECT_EQ(submitted.submit_time().seconds(), 1'690'000'000);
}

TEST(AssessmentTest, NamesTheItemsThatAreMissing) {
  v1::Assessment draft = Answered();
  draft.mutable_answers()->RemoveLast();  // product-service-5-a

  const auto submitted = Submitted(ShippedModel(), draft, {}, kNow);

  EXPECT_THAT(submitted, IsRefusal(absl::StatusCode::kFailedPrecondition, "ANSWERS_MISSING"));
  EXPECT_THAT(submitted, HasViolation("product-service-5-a", "没有作答"));
}

TEST(AssessmentTest, WhatIsTailoredOutNeedsNoAnswer) {
  v1::Assessment draft = Answered();
  draft.mutable_answers()->RemoveLast();
  *draft.mutable_tailored_subdomains() = Without({"product-service"});

  EXPECT_THAT(Submitted(ShippedModel(), draft, {}, kNow), IsOk());
}

TEST(AssessmentTest, NothingChangesWhatIsSubmitted) {
  ASSERT_OK_AND_ASSIGN(const v1::Assessment submitted, Submitted(ShippedModel(), Answered(), {}, kNow));

  EXPECT_THAT(Changed(ShippedModel(), submitted, Asked(), {}, kMe),
              IsRefusal(absl::StatusCode::kFailedPrecondition, "ASSESSMENT_SUBMITTED"));
  EXPECT_THAT(Submitted(ShippedModel(), submitted, {}, kNow),
              IsRefusal(absl::StatusCode::kFailedPrecondition, "ASSESSMENT_SUBMITTED"));
}

}  // namespace
}  // namespace jiebang::maturity
