// What an import makes of its items, through every check and over a real store.
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/errors/error_details.h"
#include "common/store/open.h"
#include "common/testing/error_matchers.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temporary_directory.h"
#include "gmock/gmock.h"
#include "google/rpc/error_details.pb.h"
#include "gtest/gtest.h"
#include "services/application/testing/bench.h"

namespace jiebang::application {
namespace {

using absl::StatusCode;
using Item = v1::ImportApplicationsRequest;
using Outcome = v1::ImportApplicationsResponse;
using testing::ElementsAre;
using testing::UnorderedElementsAre;

std::string ReasonIn(const Outcome& outcome) {
  if (!outcome.has_error()) return "";
  const auto info = DetailOf<google::rpc::ErrorInfo>(outcome.error());
  return info.has_value() ? info->reason() : "no reason";
}

class ImportsTest : public testing::Test {
 protected:
  static Item ItemOf(const std::string& id, bool submit = true) {
    Item item;
    item.set_item_id(id);
    item.set_parent(absl::StrCat("programmes/pilot-2023/units/320000/applicants/", kTestUscc));
    item.set_application_id(absl::StrCat("a-", id));
    *item.mutable_applicant() = TestApplicant();
    *item.mutable_application() = TestApplication();
    item.mutable_application()->set_track("factory");
    item.set_submit(submit);
    return item;
  }

  std::vector<Outcome> Import(const std::vector<Item>& items, options::v1::Role role = options::v1::ROLE_UNIT) {
    const auto exchanged = bench_.Exchange<Outcome>("ImportApplications", Caller(role), items);
    EXPECT_THAT(exchanged.status, IsOk());
    EXPECT_EQ(exchanged.responses.size(), items.size());
    return exchanged.responses;
  }
  std::vector<std::string> Reasons(const std::vector<Item>& items, options::v1::Role role = options::v1::ROLE_UNIT) {
    std::vector<std::string> reasons;
    for (const Outcome& outcome : Import(items, role)) reasons.push_back(ReasonIn(outcome));
    return reasons;
  }

  absl::StatusOr<v1::GetApplicationResponse> Get(const std::string& name) {
    v1::GetApplicationRequest request;
    request.set_name(name);
    return bench_.Ask<v1::GetApplicationResponse>("GetApplication", Caller(options::v1::ROLE_APPLICANT), request);
  }
  static std::string NameOf(const std::string& id) { return absl::StrCat(ItemOf(id).parent(), "/applications/a-", id); }

  TemporaryDirectory directory_;
  std::unique_ptr<store::Store> store_ = *store::Open(absl::StrCat("sqlite:", (directory_.path() / "a.db").string()));
  Bench bench_{*store_};
};

TEST_F(ImportsTest, CreatesADraftOrFilesAtOnce) {
  const std::vector<Outcome> outcomes = Import({ItemOf("draft", false)});
  EXPECT_EQ(ReasonIn(outcomes[0]), "");
  EXPECT_EQ(outcomes[0].item_id(), "draft");
  EXPECT_EQ(outcomes[0].name(), NameOf("draft"));
  EXPECT_FALSE(outcomes[0].has_receipt());
  EXPECT_EQ(Get(NameOf("draft"))->application().state(), v1::Application::STATE_DRAFT);
  EXPECT_EQ(Get(NameOf("draft"))->application().etag(), outcomes[0].etag());

  const std::vector<Outcome> filed = Import({ItemOf("filed")});
  EXPECT_EQ(ReasonIn(filed[0]), "");
  EXPECT_EQ(filed[0].receipt().revision(), 1);
  const v1::Application application = Get(NameOf("filed"))->application();
  EXPECT_EQ(application.state(), v1::Application::STATE_SUBMITTED);
  EXPECT_EQ(application.etag(), filed[0].etag());
  EXPECT_EQ(application.content_digest(), filed[0].receipt().content_digest());
  EXPECT_THAT(
      bench_.Watch(Caller(options::v1::ROLE_AUDITOR), 4),
      UnorderedElementsAre("applicant.created", "application.created", "application.created", "application.submitted"));
}

TEST_F(ImportsTest, AnswersAFinishedItemWithItsFirstResult) {
  const Outcome first = Import({ItemOf("x")}).front();
  bench_.clock.Set(absl::FromCivil(absl::CivilMinute(2023, 12, 1, 9, 0), programme::Shanghai()));
  Outcome again = Import({ItemOf("x")}).front();
  EXPECT_TRUE(again.repeated());
  again.clear_repeated();
  EXPECT_EQ(again.SerializeAsString(), first.SerializeAsString());
}

TEST_F(ImportsTest, TakesNoOtherItemForTheFirst) {
  Import({ItemOf("x")});
  Item other = ItemOf("x");
  other.mutable_application()->set_title("another");
  EXPECT_THAT(Reasons({other}), ElementsAre("REQUEST_ID_REUSED"));
}

TEST_F(ImportsTest, GoesOnAfterWhatItRefuses) {
  Item malformed = ItemOf("b");
  malformed.set_application_id("NOT AN ID");
  Item foreign = ItemOf("c");
  foreign.set_parent(absl::StrCat("programmes/pilot-2023/units/330000/applicants/", kTestUscc));
  Item unknown = ItemOf("d");
  unknown.set_parent(absl::StrCat("programmes/nothing/units/320000/applicants/", kTestUscc));
  EXPECT_THAT(Reasons({ItemOf("a"), malformed, foreign, unknown, ItemOf("e", false)}),
              ElementsAre("", "FIELDS_INVALID", "NOT_OWNER", "PROGRAMME_NOT_FOUND", ""));
}

TEST_F(ImportsTest, CreatesNothingWhereARuleRefusesTheFiling) {
  Item item = ItemOf("x");
  item.mutable_application()->clear_declarations();
  const Outcome refused = Import({item}).front();
  EXPECT_EQ(ReasonIn(refused), "RULES_VIOLATED");
  EXPECT_GT(refused.violations_size(), 0);
  EXPECT_THAT(Get(NameOf("x")), IsRefusal(StatusCode::kNotFound, "APPLICATION_NOT_FOUND"));
  EXPECT_THAT(Reasons({ItemOf("x")}), ElementsAre("")) << "what was refused may be sent again, corrected";
}

TEST_F(ImportsTest, ChangesNothingWhereItOnlyValidates) {
  Item good = ItemOf("good");
  good.set_validate_only(true);
  Item bad = ItemOf("bad");
  bad.set_validate_only(true);
  bad.mutable_application()->clear_declarations();
  EXPECT_THAT(Reasons({good, bad}), ElementsAre("", "RULES_VIOLATED"));
  v1::GetApplicantRequest request;
  request.set_name(TestApplicant().name());
  EXPECT_THAT(bench_.Ask<v1::GetApplicantResponse>("GetApplicant", Caller(options::v1::ROLE_MINISTRY), request),
              IsRefusal(StatusCode::kNotFound, "APPLICANT_NOT_FOUND"));
  EXPECT_THAT(Get(NameOf("good")), StatusIs(StatusCode::kNotFound));
}

TEST_F(ImportsTest, LetsAUnitActForEnterprisesOfItsOwnRegionAlone) {
  bench_.peers.unit = RoutedUnit{.id = "330000", .name_zh = "浙江省"};
  EXPECT_THAT(Reasons({ItemOf("x", false)}), ElementsAre("NOT_OF_THIS_UNIT"));
  EXPECT_THAT(Reasons({ItemOf("x", false)}, options::v1::ROLE_MINISTRY), ElementsAre(""));
}

TEST_F(ImportsTest, LetsAnApplicantImportItsOwnAlone) {
  EXPECT_THAT(Reasons({ItemOf("x")}, options::v1::ROLE_APPLICANT), ElementsAre(""));
  Item foreign = ItemOf("y");
  foreign.set_parent("programmes/pilot-2023/units/320000/applicants/91320594MA1MYUJ42X");
  EXPECT_THAT(Reasons({foreign}, options::v1::ROLE_APPLICANT), ElementsAre("NOT_OWNER"));
}

TEST_F(ImportsTest, DecidesEachItemAtItsOwnTime) {
  bench_.clock.Set(absl::FromCivil(absl::CivilMinute(2023, 8, 31, 23, 59), programme::Shanghai()));
  bench_.peers.before_answer = [this]() -> Task<void> {
    bench_.clock.Set(absl::FromCivil(absl::CivilMinute(2023, 9, 1, 0, 0), programme::Shanghai()));
    co_return;
  };
  EXPECT_THAT(Reasons({ItemOf("in-time"), ItemOf("late")}), ElementsAre("", "DEADLINE_PASSED"));
}

TEST_F(ImportsTest, WantsTheApplicantThatTheParentNames) {
  Item item = ItemOf("x");
  item.mutable_applicant()->set_name("applicants/91320594MA1MYUJ42X");
  EXPECT_THAT(Reasons({item}), ElementsAre("APPLICANT_MISMATCH"));
  item.clear_applicant();
  EXPECT_THAT(Reasons({item}), ElementsAre("APPLICANT_NOT_FOUND"));
}

}  // namespace
}  // namespace jiebang::application
