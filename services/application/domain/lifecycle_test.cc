#include "services/application/domain/lifecycle.h"

#include "common/programme/calendar.h"
#include "common/testing/error_matchers.h"
#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/application/domain/content.h"
#include "services/application/testing/samples.h"

namespace jiebang::application {
namespace {

using absl::StatusCode;
using testing::HasSubstr;

const absl::Time kInAugust = absl::FromCivil(absl::CivilMinute(2023, 8, 1, 9, 0), programme::Shanghai());

v1::Application In(v1::Application::State state, const std::string& held_by = "") {
  v1::Application application = TestApplication();
  application.set_state(state);
  application.set_revision(state == v1::Application::STATE_DRAFT ? 0 : 1);
  application.set_held_by(held_by);
  return application;
}

// The state machine as a table: what may be done in which state.
struct Step {
  v1::Application::State state;
  std::string held_by;
  std::string edit, file, withdraw, give_back;  // the reason of the refusal; "" where it is done
};

class LifecycleTest : public testing::TestWithParam<Step> {};

void ExpectOutcome(const absl::Status& status, const std::string& reason) {
  if (reason.empty()) {
    EXPECT_THAT(status, IsOk());
  } else {
    EXPECT_THAT(status, IsRefusal(StatusCode::kFailedPrecondition, reason));
  }
}

TEST_P(LifecycleTest, AllowsAndRefuses) {
  const Step& step = GetParam();
  const v1::Application application = In(step.state, step.held_by);
  ExpectOutcome(Edit(application, application, {}, kInAugust).status(), step.edit);
  ExpectOutcome(CheckCanBeFiled(application), step.file);
  ExpectOutcome(Withdraw(application, kInAugust).status(), step.withdraw);
  ExpectOutcome(Return(application, "补充材料", kInAugust).status(), step.give_back);
}

constexpr char kNotEditable[] = "APPLICATION_NOT_EDITABLE";
constexpr char kNotSubmitted[] = "APPLICATION_NOT_SUBMITTED";
constexpr char kHeld[] = "APPLICATION_HELD";
INSTANTIATE_TEST_SUITE_P(
    States, LifecycleTest,
    testing::Values(Step{v1::Application::STATE_DRAFT, "", "", "", kNotSubmitted, kNotSubmitted},
                    Step{v1::Application::STATE_SUBMITTED, "", kNotEditable, kNotEditable, "", ""},
                    Step{v1::Application::STATE_SUBMITTED, "list", kHeld, kHeld, kHeld, kHeld},
                    Step{v1::Application::STATE_RETURNED, "", "", "", kNotSubmitted, kNotSubmitted},
                    Step{v1::Application::STATE_WITHDRAWN, "", "", "", kNotSubmitted, kNotSubmitted}));

// 三（一）：于2023年8月31日前完成线上申报: the whole of that day.
TEST(FilingIsOpen, UntilTheLastSecondOfTheLastDay) {
  const programme::Programme programme(TestProgramme());
  const absl::Time end = absl::FromCivil(absl::CivilDay(2023, 9, 1), programme::Shanghai());
  EXPECT_THAT(CheckFilingIsOpen(programme, "factory", end - absl::Seconds(1)), IsOk());
  EXPECT_THAT(CheckFilingIsOpen(programme, "factory", end - absl::Nanoseconds(1)), IsOk());
  const absl::Status late = CheckFilingIsOpen(programme, "factory", end);
  EXPECT_THAT(late, IsRefusal(StatusCode::kFailedPrecondition, "DEADLINE_PASSED"));
  EXPECT_THAT(std::string(late.message()), HasSubstr("before 2023-09-01 00:00 Beijing time"));
  EXPECT_THAT(std::string(late.message()), HasSubstr("工信厅联通装函〔2023〕212号 三（一）"));
}

TEST(FilingIsOpen, OnlyInTracksThatTakeApplications) {
  const programme::Programme programme(TestProgramme());
  EXPECT_THAT(CheckFilingIsOpen(programme, "zone", kInAugust), IsRefusal(StatusCode::kNotFound, "TRACK_NOT_FOUND"));
  EXPECT_THAT(CheckFilingIsOpen(programme, "moon", kInAugust), IsRefusal(StatusCode::kNotFound, "TRACK_NOT_FOUND"));
}

TEST(Draft, TakesTheContentAndNothingElse) {
  ASSERT_OK_AND_ASSIGN(const ApplicationName name, ApplicationName::Parse(TestApplication().name()));
  v1::Application asked = TestApplication();
  asked.set_name("something/else");
  asked.set_state(v1::Application::STATE_SUBMITTED);
  asked.set_held_by("list");
  asked.set_revision(7);
  asked.set_content_digest("00");

  ASSERT_OK_AND_ASSIGN(const v1::Application draft, Draft(name, asked, TestApplicant(), kInAugust));

  EXPECT_EQ(draft.name(), TestApplication().name());
  EXPECT_EQ(draft.state(), v1::Application::STATE_DRAFT);
  EXPECT_EQ(draft.held_by() + draft.content_digest(), "");
  EXPECT_EQ(draft.revision(), 0);
  EXPECT_EQ(draft.title(), asked.title());
  EXPECT_EQ(draft.applicant().display_name(), "苏州某厂");
}

TEST(Edit, ChangesContentOnly) {
  v1::Application asked = TestApplication();
  asked.set_title("新名称");
  asked.set_state(v1::Application::STATE_SUBMITTED);
  ASSERT_OK_AND_ASSIGN(const v1::Application edited, Edit(In(v1::Application::STATE_DRAFT), asked, {}, kInAugust));
  EXPECT_EQ(edited.title(), "新名称");
  EXPECT_EQ(edited.state(), v1::Application::STATE_DRAFT);

  google::protobuf::FieldMask mask;
  mask.add_paths("state");
  EXPECT_THAT(Edit(In(v1::Application::STATE_DRAFT), asked, mask, kInAugust),
              IsRefusal(StatusCode::kInvalidArgument, "FIELD_MASK_MALFORMED"));
  asked.set_track("scenario");
  EXPECT_THAT(Edit(In(v1::Application::STATE_DRAFT), asked, {}, kInAugust),
              IsRefusal(StatusCode::kInvalidArgument, "TRACK_IMMUTABLE"));
}

TEST(Edit, RefusesWhatCannotBeKept) {
  v1::Application asked = TestApplication();
  for (int i = 0; i < 60; ++i) asked.add_sections()->set_text(std::string(60'000, 'a'));
  EXPECT_THAT(Edit(In(v1::Application::STATE_DRAFT), asked, {}, kInAugust),
              IsRefusal(StatusCode::kInvalidArgument, "APPLICATION_TOO_LARGE"));
}

TEST(File, FreezesTheNextRevisionWithTheApplicantOfToday) {
  v1::Application returned = In(v1::Application::STATE_RETURNED);
  returned.set_return_reason("补充材料");
  v1::Applicant applicant = TestApplicant();
  applicant.set_display_name("改名后的厂");

  const Filing filing = File(returned, applicant, kInAugust);

  EXPECT_EQ(filing.application.state(), v1::Application::STATE_SUBMITTED);
  EXPECT_EQ(filing.application.revision(), 2);
  EXPECT_EQ(filing.application.return_reason(), "");
  EXPECT_EQ(filing.revision.name(), returned.name() + "/revisions/2");
  EXPECT_EQ(filing.revision.application().applicant().display_name(), "改名后的厂");
  EXPECT_EQ(filing.revision.content_digest(), filing.application.content_digest());
  EXPECT_EQ(ReceiptOf(filing).content_digest(), filing.application.content_digest());
}

TEST(ContentDigest, IsOfTheContentAlone) {
  const std::string first =
      File(In(v1::Application::STATE_DRAFT), TestApplicant(), kInAugust).application.content_digest();
  v1::Application again = In(v1::Application::STATE_WITHDRAWN);
  again.set_etag("17");
  again.set_return_reason("x");
  v1::Applicant touched = TestApplicant();
  touched.set_etag("3");
  touched.mutable_update_time()->set_seconds(1);
  EXPECT_EQ(File(again, touched, kInAugust + absl::Hours(1)).application.content_digest(), first);

  again.set_title("另一名称");
  EXPECT_NE(File(again, touched, kInAugust).application.content_digest(), first);
  touched.set_display_name("另一厂");
  EXPECT_NE(File(In(v1::Application::STATE_DRAFT), touched, kInAugust).application.content_digest(), first);
}

TEST(Hold, IsOfOneRevisionByOneList) {
  const v1::Application submitted = In(v1::Application::STATE_SUBMITTED);
  const HoldStep step{.holder = "list-a", .number = 7};
  ASSERT_OK_AND_ASSIGN(const v1::Application held, Hold(submitted, 1, step, kInAugust));
  EXPECT_TRUE(HasHeld(held, 1, step));
  EXPECT_FALSE(HasHeld(held, 2, step));
  EXPECT_FALSE(HasHeld(held, 1, {.holder = "list-b", .number = 7}));
  EXPECT_THAT(Hold(held, 1, {.holder = "list-b", .number = 8}, kInAugust),
              IsRefusal(StatusCode::kFailedPrecondition, kHeld));
  EXPECT_THAT(Hold(submitted, 2, step, kInAugust), IsRefusal(StatusCode::kFailedPrecondition, "REVISION_CHANGED"));
  EXPECT_THAT(Hold(In(v1::Application::STATE_RETURNED), 1, step, kInAugust),
              IsRefusal(StatusCode::kFailedPrecondition, kNotSubmitted));
}

TEST(Hold, IsNotUndoneByWhatWasSentBefore) {
  const HoldStep first{.holder = "list-a", .number = 7};
  const HoldStep second{.holder = "list-a", .number = 9};
  const HoldStep third{.holder = "list-a", .number = 12};
  ASSERT_OK_AND_ASSIGN(const v1::Application held, Hold(In(v1::Application::STATE_SUBMITTED), 1, first, kInAugust));
  ASSERT_OK_AND_ASSIGN(const v1::Application released, Release(held, second, kInAugust));
  EXPECT_EQ(released.held_by(), "");
  EXPECT_TRUE(HasReleased(released, second));
  EXPECT_THAT(Hold(released, 1, first, kInAugust), IsRefusal(StatusCode::kFailedPrecondition, "HOLD_STEP_SUPERSEDED"));

  ASSERT_OK_AND_ASSIGN(const v1::Application again, Hold(released, 1, third, kInAugust));
  EXPECT_FALSE(HasReleased(again, second));
  EXPECT_THAT(Release(again, second, kInAugust), IsRefusal(StatusCode::kFailedPrecondition, "HOLD_STEP_SUPERSEDED"));
}

TEST(Release, IsRememberedWhereNothingWasHeld) {
  const HoldStep hold{.holder = "list-a", .number = 7};
  const HoldStep release{.holder = "list-a", .number = 9};
  ASSERT_OK_AND_ASSIGN(const v1::Application released,
                       Release(In(v1::Application::STATE_SUBMITTED), release, kInAugust));
  EXPECT_THAT(Hold(released, 1, hold, kInAugust), IsRefusal(StatusCode::kFailedPrecondition, "HOLD_STEP_SUPERSEDED"));
}

}  // namespace
}  // namespace jiebang::application
