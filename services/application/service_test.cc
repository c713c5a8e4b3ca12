// What callers of the service see, through every check and over a real store.
#include "services/application/service.h"

#include <algorithm>
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
using options::v1::ROLE_APPLICANT;
using options::v1::ROLE_MINISTRY;
using options::v1::ROLE_SERVICE;
using options::v1::ROLE_UNIT;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr char kList[] = "programmes/pilot-2023/units/320000/tracks/factory/recommendationList";

class ServiceTest : public testing::Test {
 protected:
  ServiceTest() : applicant_(Caller(ROLE_APPLICANT)), unit_(Caller(ROLE_UNIT)), ministry_(Caller(ROLE_MINISTRY)) {
    EXPECT_THAT(CreateApplicant(TestApplicant(), applicant_), IsOk());
  }

  absl::StatusOr<v1::CreateApplicantResponse> CreateApplicant(const v1::Applicant& applicant,
                                                              const identity::v1::Principal& caller) {
    v1::CreateApplicantRequest request;
    *request.mutable_applicant() = applicant;
    return bench_.Ask<v1::CreateApplicantResponse>("CreateApplicant", caller, request);
  }

  static std::string ParentOf(const std::string& unit, const std::string& uscc = kTestUscc) {
    return absl::StrCat("programmes/pilot-2023/units/", unit, "/applicants/", uscc);
  }
  static std::string NameOf(const std::string& id, const std::string& unit = "320000") {
    return absl::StrCat(ParentOf(unit), "/applications/", id);
  }

  absl::StatusOr<v1::CreateApplicationResponse> Create(const std::string& id, const std::string& unit = "320000",
                                                       const std::string& track = "factory") {
    v1::CreateApplicationRequest request;
    request.set_parent(ParentOf(unit));
    request.set_application_id(id);
    *request.mutable_application() = TestApplication();
    request.mutable_application()->set_track(track);
    return bench_.Ask<v1::CreateApplicationResponse>("CreateApplication", applicant_, request);
  }

  static v1::SubmitApplicationRequest SubmitRequest(const std::string& id, const std::string& request_id = "",
                                                    const std::string& etag = "", const std::string& unit = "320000") {
    v1::SubmitApplicationRequest request;
    request.set_name(NameOf(id, unit));
    request.set_request_id(request_id);
    request.set_etag(etag);
    return request;
  }
  absl::StatusOr<v1::SubmitReceipt> Submit(const std::string& id, const std::string& request_id = "",
                                           const std::string& etag = "") {
    const auto response =
        bench_.Ask<v1::SubmitApplicationResponse>("SubmitApplication", applicant_, SubmitRequest(id, request_id, etag));
    if (!response.ok()) return response.status();
    return response->receipt();
  }
  absl::StatusOr<v1::SubmitReceipt> File(const std::string& id) {
    EXPECT_THAT(Create(id), IsOk());
    return Submit(id);
  }

  absl::StatusOr<v1::Application> Get(const std::string& id, const identity::v1::Principal& caller) {
    v1::GetApplicationRequest request;
    request.set_name(NameOf(id));
    const auto response = bench_.Ask<v1::GetApplicationResponse>("GetApplication", caller, request);
    if (!response.ok()) return response.status();
    return response->application();
  }
  absl::StatusOr<v1::Application> Withdraw(const std::string& id) {
    v1::WithdrawApplicationRequest request;
    request.set_name(NameOf(id));
    const auto response = bench_.Ask<v1::WithdrawApplicationResponse>("WithdrawApplication", applicant_, request);
    if (!response.ok()) return response.status();
    return response->application();
  }
  absl::StatusOr<v1::Application> Return(const std::string& id) {
    v1::ReturnApplicationRequest request;
    request.set_name(NameOf(id));
    request.set_reason("请补充附图");
    const auto response = bench_.Ask<v1::ReturnApplicationResponse>("ReturnApplication", unit_, request);
    if (!response.ok()) return response.status();
    return response->application();
  }
  absl::StatusOr<v1::Application> Retitle(const std::string& id, const std::string& title,
                                          const std::string& etag = "") {
    v1::UpdateApplicationRequest request;
    request.mutable_application()->set_name(NameOf(id));
    request.mutable_application()->set_title(title);
    request.mutable_application()->set_etag(etag);
    request.mutable_update_mask()->add_paths("title");
    const auto response = bench_.Ask<v1::UpdateApplicationResponse>("UpdateApplication", applicant_, request);
    if (!response.ok()) return response.status();
    return response->application();
  }
  absl::Status Hold(const std::string& id, int revision, int step, const std::string& holder = kList) {
    v1::HoldApplicationRequest request;
    request.set_name(NameOf(id));
    request.set_revision(revision);
    request.set_holder(holder);
    request.set_step(step);
    return bench_.Ask<v1::HoldApplicationResponse>("HoldApplication", Caller(ROLE_SERVICE), request).status();
  }
  absl::Status Release(const std::string& id, int step, const std::string& holder = kList) {
    v1::ReleaseApplicationRequest request;
    request.set_name(NameOf(id));
    request.set_holder(holder);
    request.set_step(step);
    return bench_.Ask<v1::ReleaseApplicationResponse>("ReleaseApplication", Caller(ROLE_SERVICE), request).status();
  }

  // The ids of all that a list shows, page by page.
  std::vector<std::string> Listed(v1::ListApplicationsRequest request, const identity::v1::Principal& caller) {
    std::vector<std::string> ids;
    for (int pages = 0; pages < 100; ++pages) {
      const auto response = bench_.Ask<v1::ListApplicationsResponse>("ListApplications", caller, request);
      EXPECT_THAT(response, IsOk());
      if (!response.ok()) break;
      for (const auto& application : response->applications()) {
        ids.push_back(application.name().substr(application.name().rfind('/') + 1));
      }
      request.set_page_token(response->next_page_token());
      if (request.page_token().empty()) return ids;
    }
    ADD_FAILURE() << "the list does not end";
    return ids;
  }
  static v1::ListApplicationsRequest ListOf(const std::string& parent) {
    v1::ListApplicationsRequest request;
    request.set_parent(parent);
    return request;
  }

  TemporaryDirectory directory_;
  std::unique_ptr<store::Store> store_ = *store::Open(absl::StrCat("sqlite:", (directory_.path() / "a.db").string()));
  Bench bench_{*store_};
  const identity::v1::Principal applicant_;
  const identity::v1::Principal unit_;
  const identity::v1::Principal ministry_;
};

TEST_F(ServiceTest, GivesManyApplicationsInTheOrderOfTheirNames) {
  ASSERT_THAT(File("a"), IsOk());
  v1::WithdrawApplicationRequest withdraw;
  withdraw.set_name(NameOf("a"));
  ASSERT_THAT(bench_.Ask<v1::WithdrawApplicationResponse>("WithdrawApplication", applicant_, withdraw), IsOk());
  ASSERT_THAT(File("b"), IsOk());
  ASSERT_THAT(Create("draft"), IsOk());
  v1::BatchGetApplicationsRequest request;
  for (const char* id : {"b", "a"}) request.add_names(NameOf(id));
  const auto get = [&](const identity::v1::Principal& caller) {
    return bench_.Ask<v1::BatchGetApplicationsResponse>("BatchGetApplications", caller, request);
  };
  for (const auto& caller : {applicant_, unit_, ministry_}) {
    const auto response = get(caller);
    ASSERT_THAT(response, IsOk());
    ASSERT_EQ(response->applications_size(), 2);
    EXPECT_EQ(response->applications(0).name(), NameOf("b"));
    EXPECT_EQ(response->applications(1).name(), NameOf("a"));
    EXPECT_EQ(response->applications(1).etag(), "3");
  }
  request.add_names(NameOf("draft"));
  EXPECT_THAT(get(applicant_), IsOk());
  EXPECT_THAT(get(unit_), IsRefusal(StatusCode::kNotFound, "BATCH_INCOMPLETE"));
  request.add_names(NameOf("a", "330000"));
  EXPECT_THAT(get(unit_), IsRefusal(StatusCode::kPermissionDenied, "NOT_OWNER"));
  request.set_parent(ParentOf("320000"));
  EXPECT_THAT(get(ministry_), IsRefusal(StatusCode::kInvalidArgument, "NAME_NOT_IN_PARENT"));
}

TEST_F(ServiceTest, GivesManyApplicantsOrNone) {
  v1::BatchGetApplicantsRequest request;
  const auto get = [&] { return bench_.Ask<v1::BatchGetApplicantsResponse>("BatchGetApplicants", ministry_, request); };
  EXPECT_THAT(get(), StatusIs(StatusCode::kInvalidArgument));
  request.add_names(TestApplicant().name());
  ASSERT_THAT(get(), IsOk());
  EXPECT_EQ(get()->applicants(0).display_name(), TestApplicant().display_name());
  request.add_names("applicants/91320594MA1MYUJ42X");
  EXPECT_THAT(get(), IsRefusal(StatusCode::kNotFound, "BATCH_INCOMPLETE"));
}

TEST_F(ServiceTest, HasEveryMethodOfTheContract) {
  v1::ListProgrammesRequest list;
  const auto listed = bench_.Ask<v1::ListProgrammesResponse>("ListProgrammes", unit_, list);
  ASSERT_THAT(listed, IsOk());
  EXPECT_THAT(listed->names(), ElementsAre("programmes/pilot-2023"));
  v1::GetProgrammeRequest get;
  get.set_name("programmes/pilot-2023");
  EXPECT_THAT(bench_.Ask<v1::GetProgrammeResponse>("GetProgramme", unit_, get), IsOk());
  get.set_name("programmes/pilot-2022");
  EXPECT_THAT(bench_.Ask<v1::GetProgrammeResponse>("GetProgramme", unit_, get),
              IsRefusal(StatusCode::kNotFound, "PROGRAMME_NOT_FOUND"));
}

TEST_F(ServiceTest, RegistersAnApplicantOnce) {
  EXPECT_THAT(CreateApplicant(TestApplicant(), applicant_), IsRefusal(StatusCode::kAlreadyExists, "APPLICANT_EXISTS"));
  v1::Applicant wrong = TestApplicant();
  wrong.set_name("applicants/91350203M0001QAY9B");
  EXPECT_THAT(CreateApplicant(wrong, ministry_), IsRefusal(StatusCode::kInvalidArgument, "USCC_MALFORMED"));
  wrong.set_uscc_exception_reason("营业执照原件核对");
  EXPECT_THAT(CreateApplicant(wrong, ministry_), IsOk());
}

TEST_F(ServiceTest, ChangesAnApplicantByItsEtag) {
  v1::UpdateApplicantRequest request;
  request.mutable_applicant()->set_name(TestApplicant().name());
  request.mutable_applicant()->set_contact_name("李四");
  request.mutable_applicant()->set_etag("1");
  const auto changed = bench_.Ask<v1::UpdateApplicantResponse>("UpdateApplicant", applicant_, request);
  ASSERT_THAT(changed, IsOk());
  EXPECT_EQ(changed->applicant().etag(), "2");
  EXPECT_EQ(changed->applicant().display_name(), TestApplicant().display_name());
  EXPECT_THAT(bench_.Ask<v1::UpdateApplicantResponse>("UpdateApplicant", applicant_, request),
              IsRefusal(StatusCode::kAborted, "ETAG_MISMATCH"));
  v1::GetApplicantRequest get;
  get.set_name(TestApplicant().name());
  const auto read = bench_.Ask<v1::GetApplicantResponse>("GetApplicant", applicant_, get);
  ASSERT_THAT(read, IsOk());
  EXPECT_EQ(read->applicant().SerializeAsString(), changed->applicant().SerializeAsString());
}

TEST_F(ServiceTest, DraftIsItsApplicantsAlone) {
  ASSERT_OK_AND_ASSIGN(const auto created, Create("a"));
  EXPECT_EQ(created.application().state(), v1::Application::STATE_DRAFT);
  ASSERT_OK_AND_ASSIGN(const v1::Application read, Get("a", applicant_));
  EXPECT_EQ(read.SerializeAsString(), created.application().SerializeAsString());
  EXPECT_THAT(Create("a"), IsRefusal(StatusCode::kAlreadyExists, "APPLICATION_EXISTS"));

  for (const auto role : {ROLE_UNIT, ROLE_MINISTRY, ROLE_SERVICE}) {
    EXPECT_THAT(Get("a", Caller(role)), IsRefusal(StatusCode::kNotFound, "APPLICATION_NOT_FOUND"));
  }
  EXPECT_THAT(Return("a"), IsRefusal(StatusCode::kNotFound, "APPLICATION_NOT_FOUND"));
  EXPECT_THAT(Listed(ListOf(ParentOf("320000", "-")), unit_), IsEmpty());
  EXPECT_THAT(Listed(ListOf(ParentOf("320000")), applicant_), ElementsAre("a"));
  EXPECT_THAT(Listed(ListOf(ParentOf("-")), applicant_), ElementsAre("a"));

  ASSERT_THAT(Submit("a"), IsOk());
  EXPECT_THAT(Get("a", unit_), IsOk());
  EXPECT_THAT(Listed(ListOf(ParentOf("320000", "-")), unit_), ElementsAre("a"));
  EXPECT_THAT(Listed(ListOf(ParentOf("-", "-")), ministry_), ElementsAre("a"));
}

TEST_F(ServiceTest, CreatesOnlyWhereApplicationsAreTaken) {
  EXPECT_THAT(Create("z", "320000", "zone"), IsRefusal(StatusCode::kNotFound, "TRACK_NOT_FOUND"));
  EXPECT_THAT(Create("z", "320000", ""), IsRefusal(StatusCode::kInvalidArgument, "FIELDS_INVALID"));
  EXPECT_THAT(Create("-"), IsRefusal(StatusCode::kInvalidArgument, "RESOURCE_NAME_MALFORMED"));
  bench_.clock.Set(absl::FromCivil(absl::CivilDay(2023, 9, 1), programme::Shanghai()));
  EXPECT_THAT(Create("a"), IsRefusal(StatusCode::kFailedPrecondition, "DEADLINE_PASSED"));
}

TEST_F(ServiceTest, FreezesWhatIsSubmitted) {
  ASSERT_OK_AND_ASSIGN(const v1::SubmitReceipt receipt, File("a"));
  EXPECT_EQ(receipt.application(), NameOf("a"));
  EXPECT_EQ(receipt.revision(), 1);
  EXPECT_THAT(receipt.content_digest(), SizeIs(64));

  v1::GetRevisionRequest request;
  request.set_name(NameOf("a") + "/revisions/1");
  const auto revision = bench_.Ask<v1::GetRevisionResponse>("GetRevision", unit_, request);
  ASSERT_THAT(revision, IsOk());
  EXPECT_EQ(revision->revision().content_digest(), receipt.content_digest());
  EXPECT_EQ(revision->revision().application().title(), TestApplication().title());
  request.set_name(NameOf("a") + "/revisions/2");
  EXPECT_THAT(bench_.Ask<v1::GetRevisionResponse>("GetRevision", unit_, request),
              IsRefusal(StatusCode::kNotFound, "REVISION_NOT_FOUND"));

  EXPECT_THAT(Retitle("a", "新名称"), IsRefusal(StatusCode::kFailedPrecondition, "APPLICATION_NOT_EDITABLE"));
  EXPECT_THAT(Submit("a"), IsRefusal(StatusCode::kFailedPrecondition, "APPLICATION_NOT_EDITABLE"));
}

TEST_F(ServiceTest, FilesAgainAsTheNextRevision) {
  ASSERT_OK_AND_ASSIGN(const v1::SubmitReceipt first, File("a"));
  ASSERT_THAT(Withdraw("a"), IsOk());
  ASSERT_OK_AND_ASSIGN(const v1::SubmitReceipt second, Submit("a"));
  EXPECT_EQ(second.revision(), 2);
  EXPECT_EQ(second.content_digest(), first.content_digest()) << "the same content";

  ASSERT_OK_AND_ASSIGN(const v1::Application returned, Return("a"));
  EXPECT_EQ(returned.return_reason(), "请补充附图");
  EXPECT_THAT(Withdraw("a"), IsRefusal(StatusCode::kFailedPrecondition, "APPLICATION_NOT_SUBMITTED"));
  ASSERT_THAT(Retitle("a", "新名称", returned.etag()), IsOk());
  ASSERT_OK_AND_ASSIGN(const v1::SubmitReceipt third, Submit("a"));
  EXPECT_EQ(third.revision(), 3);
  EXPECT_NE(third.content_digest(), first.content_digest());

  v1::GetRevisionRequest request;
  request.set_name(NameOf("a") + "/revisions/1");
  const auto frozen = bench_.Ask<v1::GetRevisionResponse>("GetRevision", applicant_, request);
  ASSERT_THAT(frozen, IsOk());
  EXPECT_EQ(frozen->revision().application().title(), TestApplication().title()) << "revisions never change";
}

TEST_F(ServiceTest, TakesFilingsToTheLastSecond) {
  const absl::Time end = absl::FromCivil(absl::CivilDay(2023, 9, 1), programme::Shanghai());
  ASSERT_THAT(Create("a"), IsOk());
  ASSERT_THAT(Create("b", "320000", "scenario"), IsOk());
  bench_.clock.Set(end - absl::Seconds(1));
  EXPECT_THAT(Submit("a"), IsOk());
  bench_.clock.Set(end);
  const auto late = Submit("b");
  EXPECT_THAT(late, IsRefusal(StatusCode::kFailedPrecondition, "DEADLINE_PASSED"));
  const auto info = DetailOf<google::rpc::ErrorInfo>(*DetailsOf(late.status()));
  ASSERT_TRUE(info.has_value());
  EXPECT_EQ(info->metadata().at("clause"), "工信厅联通装函〔2023〕212号 三（一）");
  EXPECT_EQ(info->metadata().at("deadline"), "2023-09-01T00:00:00+08:00");
  EXPECT_EQ(info->metadata().at("server_time"), "2023-09-01T00:00:00+08:00");
  EXPECT_THAT(Withdraw("a"), IsRefusal(StatusCode::kFailedPrecondition, "DEADLINE_PASSED"));
  EXPECT_THAT(Return("a"), IsOk()) << "a unit may still return";
  EXPECT_THAT(Submit("a"), IsRefusal(StatusCode::kFailedPrecondition, "DEADLINE_PASSED"));
}

TEST_F(ServiceTest, AnswersARepetitionWithTheFirstReceipt) {
  ASSERT_THAT(Create("a"), IsOk());
  ASSERT_OK_AND_ASSIGN(const v1::SubmitReceipt first, Submit("a", "r-1"));
  bench_.clock.Advance(absl::Minutes(5));
  ASSERT_OK_AND_ASSIGN(const v1::SubmitReceipt again, Submit("a", "r-1"));
  EXPECT_EQ(again.SerializeAsString(), first.SerializeAsString());
  EXPECT_THAT(Submit("a", "r-1", "1"), IsRefusal(StatusCode::kInvalidArgument, "REQUEST_ID_REUSED"));
  ASSERT_OK_AND_ASSIGN(const v1::Application read, Get("a", applicant_));
  EXPECT_EQ(read.revision(), 1);
}

TEST_F(ServiceTest, RefusesWhatAnOlderEtagAsksFor) {
  ASSERT_THAT(Create("a"), IsOk());
  ASSERT_OK_AND_ASSIGN(const v1::Application changed, Retitle("a", "第二稿", "1"));
  EXPECT_EQ(changed.etag(), "2");
  EXPECT_THAT(Retitle("a", "第三稿", "1"), IsRefusal(StatusCode::kAborted, "ETAG_MISMATCH"));
  EXPECT_THAT(Submit("a", "", "1"), IsRefusal(StatusCode::kAborted, "ETAG_MISMATCH"));
  EXPECT_THAT(Submit("a", "", "2"), IsOk());
}

TEST_F(ServiceTest, TellsEveryViolationWithItsClause) {
  ASSERT_THAT(Create("a"), IsOk());
  v1::UpdateApplicationRequest update;
  update.mutable_application()->set_name(NameOf("a"));
  update.mutable_update_mask()->add_paths("sections");
  update.mutable_update_mask()->add_paths("scenario_instances");
  ASSERT_THAT(bench_.Ask<v1::UpdateApplicationResponse>("UpdateApplication", applicant_, update), IsOk());
  bench_.peers.unit->id = "330000";

  v1::ValidateApplicationRequest validate;
  validate.set_name(NameOf("a"));
  const auto checked = bench_.Ask<v1::ValidateApplicationResponse>("ValidateApplication", applicant_, validate);
  ASSERT_THAT(checked, IsOk());
  std::vector<std::string> rules;
  for (const auto& violation : checked->violations()) rules.push_back(violation.rule());
  EXPECT_THAT(rules, ElementsAre("summary-text", "instances", "place", "links"));
  EXPECT_THAT(bench_.Ask<v1::ValidateApplicationResponse>("ValidateApplication", unit_, validate),
              IsRefusal(StatusCode::kNotFound, "APPLICATION_NOT_FOUND"));

  const auto refused = Submit("a");
  EXPECT_THAT(refused, IsRefusal(StatusCode::kFailedPrecondition, "RULES_VIOLATED"));
  EXPECT_THAT(refused, HasViolation("sections", "工信厅联通装函〔2023〕212号 二: “项目概述”未填写 / "));
  EXPECT_THAT(refused, HasViolation("scenario_instances", "links")) << "in principle, and not explained";
}

TEST_F(ServiceTest, FilesWhatExplainsARuleInPrinciple) {
  ASSERT_THAT(Create("a"), IsOk());
  v1::UpdateApplicationRequest update;
  update.mutable_application()->set_name(NameOf("a"));
  v1::ScenarioInstance* only = update.mutable_application()->add_scenario_instances();
  only->set_scenario("scheduling");
  only->set_title("排产");
  ASSERT_THAT(bench_.Ask<v1::UpdateApplicationResponse>("UpdateApplication", applicant_, update), IsOk());
  EXPECT_THAT(Submit("a"), IsRefusal(StatusCode::kFailedPrecondition, "RULES_VIOLATED"));
  v1::Explanation* explanation = update.mutable_application()->add_explanations();
  explanation->set_rule("links");
  explanation->set_reason("单一环节专精");
  ASSERT_THAT(bench_.Ask<v1::UpdateApplicationResponse>("UpdateApplication", applicant_, update), IsOk());
  EXPECT_THAT(Submit("a"), IsOk());
}

TEST_F(ServiceTest, ChangesNothingWhileAPeerIsAway) {
  ASSERT_THAT(Create("a"), IsOk());
  bench_.peers.are_unavailable = true;
  EXPECT_THAT(Submit("a"), IsRefusal(StatusCode::kUnavailable, "PEER_UNAVAILABLE"));
  ASSERT_OK_AND_ASSIGN(const v1::Application read, Get("a", applicant_));
  EXPECT_EQ(read.state(), v1::Application::STATE_DRAFT);
  EXPECT_EQ(read.etag(), "1");
}

TEST_F(ServiceTest, AsksOnlyWhatTheTrackNeeds) {
  ASSERT_THAT(Create("b", "320000", "scenario"), IsOk());
  ASSERT_THAT(Submit("b"), IsOk());
  EXPECT_EQ(bench_.peers.questions, 2) << "for the unit and the honours; the track has no rule on maturity";
}

TEST_F(ServiceTest, TakesOneOfItsKind) {
  ASSERT_THAT(File("a"), IsOk());
  ASSERT_THAT(Create("b"), IsOk());
  const auto refused = Submit("b");
  EXPECT_THAT(refused, IsRefusal(StatusCode::kFailedPrecondition, "RULES_VIOLATED"));
  EXPECT_THAT(refused, HasViolation("track", "已提交1项本类别申报（a），最多1项"));
  ASSERT_THAT(Withdraw("a"), IsOk());
  EXPECT_THAT(Submit("b"), IsOk());
  EXPECT_THAT(Submit("a"), IsRefusal(StatusCode::kFailedPrecondition, "RULES_VIOLATED"));
}

TEST_F(ServiceTest, TakesOneOfItsKindEvenIfTwoComeAtOnce) {
  ASSERT_THAT(Create("a"), IsOk());
  ASSERT_THAT(Create("b"), IsOk());
  // While `a` is being judged, `b` is filed.
  absl::Status filed = absl::UnknownError("not run");
  bench_.peers.before_answer = [this, &filed]() -> Task<void> {
    const v1::SubmitApplicationRequest request = SubmitRequest("b");
    const auto answer =
        co_await bench_.AskTask<v1::SubmitApplicationResponse>("SubmitApplication", applicant_, request);
    filed = answer.status();
  };
  EXPECT_THAT(Submit("a"), IsRefusal(StatusCode::kFailedPrecondition, "RULES_VIOLATED"));
  EXPECT_THAT(filed, IsOk());
}

TEST_F(ServiceTest, JudgesAgainWhatChangedMeanwhile) {
  ASSERT_THAT(Create("a"), IsOk());
  const auto retitle = [this]() -> Task<void> {
    v1::UpdateApplicationRequest request;
    request.mutable_application()->set_name(NameOf("a"));
    request.mutable_application()->set_title("中途改名");
    const auto answer =
        co_await bench_.AskTask<v1::UpdateApplicationResponse>("UpdateApplication", applicant_, request);
    EXPECT_THAT(answer, IsOk());
  };
  bench_.peers.before_answer = retitle;
  EXPECT_THAT(Submit("a", "", "1"), IsRefusal(StatusCode::kAborted, "CONCURRENT_CHANGE"));
  bench_.peers.before_answer = retitle;
  ASSERT_THAT(Submit("a"), IsOk());
  ASSERT_OK_AND_ASSIGN(const v1::Application filed, Get("a", unit_));
  EXPECT_EQ(filed.title(), "中途改名") << "what is frozen is what was judged";
}

TEST_F(ServiceTest, HoldsARevisionForOneList) {
  ASSERT_THAT(File("a"), IsOk());
  EXPECT_THAT(Hold("a", 2, 1), IsRefusal(StatusCode::kFailedPrecondition, "REVISION_CHANGED"));
  ASSERT_THAT(Hold("a", 1, 1), IsOk());
  ASSERT_OK_AND_ASSIGN(const v1::Application held, Get("a", unit_));
  EXPECT_EQ(held.held_by(), kList);
  EXPECT_THAT(Hold("a", 1, 1), IsOk()) << "again";
  EXPECT_THAT(Hold("a", 1, 2, "another"), IsRefusal(StatusCode::kFailedPrecondition, "APPLICATION_HELD"));
  ASSERT_OK_AND_ASSIGN(const v1::Application unchanged, Get("a", unit_));
  EXPECT_EQ(unchanged.etag(), held.etag()) << "nothing was written";

  EXPECT_THAT(Retitle("a", "新"), IsRefusal(StatusCode::kFailedPrecondition, "APPLICATION_HELD"));
  EXPECT_THAT(Withdraw("a"), IsRefusal(StatusCode::kFailedPrecondition, "APPLICATION_HELD"));
  EXPECT_THAT(Return("a"), IsRefusal(StatusCode::kFailedPrecondition, "APPLICATION_HELD"));
  EXPECT_THAT(Submit("a"), IsRefusal(StatusCode::kFailedPrecondition, "APPLICATION_HELD"));

  EXPECT_THAT(Release("a", 2, "another"), IsRefusal(StatusCode::kFailedPrecondition, "APPLICATION_HELD"));
  EXPECT_THAT(Withdraw("a"), IsRefusal(StatusCode::kFailedPrecondition, "APPLICATION_HELD")) << "not that list's";
  EXPECT_THAT(Release("a", 2), IsOk());
  EXPECT_THAT(Release("a", 2), IsOk()) << "again";
  EXPECT_THAT(Hold("a", 1, 1), IsRefusal(StatusCode::kFailedPrecondition, "HOLD_STEP_SUPERSEDED")) << "came late";
  EXPECT_THAT(Withdraw("a"), IsOk());
  EXPECT_THAT(Hold("a", 1, 3), IsRefusal(StatusCode::kFailedPrecondition, "APPLICATION_NOT_SUBMITTED"));
  EXPECT_THAT(Hold("none", 1, 1), IsRefusal(StatusCode::kNotFound, "APPLICATION_NOT_FOUND"));
}

TEST_F(ServiceTest, ListsByStateTrackAndIndustry) {
  for (const char* id : {"f1", "f2"}) ASSERT_THAT(Create(id), IsOk());
  for (const char* id : {"s1", "s2"}) ASSERT_THAT(Create(id, "320000", "scenario"), IsOk());
  ASSERT_THAT(Submit("f1"), IsOk());
  ASSERT_THAT(Submit("s1"), IsOk());
  ASSERT_THAT(Withdraw("s1"), IsOk());
  ASSERT_THAT(Submit("s2"), IsOk());

  const std::string all = ParentOf("320000", "-");
  EXPECT_THAT(Listed(ListOf(all), unit_), ElementsAre("f1", "s1", "s2"));
  EXPECT_THAT(Listed(ListOf(ParentOf("320000")), unit_), ElementsAre("f1", "s1", "s2"));
  EXPECT_THAT(Listed(ListOf(ParentOf("320000")), applicant_), ElementsAre("f1", "f2", "s1", "s2"));
  EXPECT_THAT(Listed(ListOf(ParentOf("-", "-")), Caller(ROLE_SERVICE)), ElementsAre("f1", "s1", "s2"));

  auto request = ListOf(all);
  request.set_state(v1::Application::STATE_SUBMITTED);
  EXPECT_THAT(Listed(request, unit_), ElementsAre("f1", "s2"));
  request.set_track("scenario");
  EXPECT_THAT(Listed(request, unit_), ElementsAre("s2"));
  request.set_state(v1::Application::STATE_UNSPECIFIED);
  EXPECT_THAT(Listed(request, unit_), ElementsAre("s1", "s2"));
  request.set_state(v1::Application::STATE_DRAFT);
  EXPECT_THAT(Listed(request, unit_), IsEmpty());
  request = ListOf(ParentOf("320000"));
  request.set_state(v1::Application::STATE_DRAFT);
  EXPECT_THAT(Listed(request, applicant_), ElementsAre("f2"));
  request = ListOf(all);
  request.set_industry_prefix("38");
  EXPECT_THAT(Listed(request, unit_), SizeIs(3));
  request.set_industry_prefix("26");
  EXPECT_THAT(Listed(request, unit_), IsEmpty());
}

TEST_F(ServiceTest, PagesThroughUnitsInOrder) {
  std::vector<std::string> expected;
  for (const char* unit : {"310000", "320000", "330000"}) {
    for (int i = 0; i < 5; ++i) {
      const std::string id = absl::StrCat("u", unit, "-", i);
      ASSERT_THAT(Create(id, unit, "scenario"), IsOk());
      expected.push_back(id);
    }
  }
  for (const int size : {1, 2, 5, 7, 15, 500}) {
    auto request = ListOf(ParentOf("-"));
    request.set_page_size(size);
    EXPECT_THAT(Listed(request, applicant_), testing::ElementsAreArray(expected)) << size;
  }
}

TEST_F(ServiceTest, ListsWithoutTextsAndWithThePresentEtag) {
  ASSERT_THAT(File("a"), IsOk());
  ASSERT_THAT(Hold("a", 1, 1), IsOk());
  const auto response =
      bench_.Ask<v1::ListApplicationsResponse>("ListApplications", unit_, ListOf(ParentOf("320000", "-")));
  ASSERT_THAT(response, IsOk());
  ASSERT_THAT(response->applications(), SizeIs(1));
  const v1::Application& listed = response->applications(0);
  EXPECT_EQ(listed.sections(0).text() + listed.scenario_instances(0).description(), "");
  EXPECT_EQ(listed.scenario_instances(0).scenario(), "digital-design");
  EXPECT_EQ(listed.held_by(), kList);
  ASSERT_OK_AND_ASSIGN(const v1::Application read, Get("a", unit_));
  EXPECT_EQ(listed.etag(), read.etag());
}

TEST_F(ServiceTest, RefusesTokensOfOtherLists) {
  ASSERT_THAT(Create("a"), IsOk());
  ASSERT_THAT(Create("b"), IsOk());
  auto request = ListOf(ParentOf("320000"));
  request.set_page_size(1);
  const auto page = bench_.Ask<v1::ListApplicationsResponse>("ListApplications", applicant_, request);
  ASSERT_THAT(page, IsOk());
  request.set_page_token(page->next_page_token());
  request.set_track("factory");
  EXPECT_THAT(bench_.Ask<v1::ListApplicationsResponse>("ListApplications", applicant_, request),
              IsRefusal(StatusCode::kInvalidArgument, "PAGE_TOKEN_OTHER_REQUEST"));
}

TEST_F(ServiceTest, ShowsEventsOfDraftsToTheirApplicantAndToAuditors) {
  ASSERT_THAT(Create("a"), IsOk());
  ASSERT_THAT(Retitle("a", "第二稿"), IsOk());
  ASSERT_THAT(Submit("a"), IsOk());
  ASSERT_THAT(Return("a"), IsOk());
  EXPECT_THAT(bench_.Watch(unit_, 2), ElementsAre("application.submitted", "application.returned"));
  for (const auto role : {ROLE_APPLICANT, options::v1::ROLE_AUDITOR}) {
    EXPECT_THAT(bench_.Watch(Caller(role), 5),
                testing::UnorderedElementsAre("applicant.created", "application.created", "application.updated",
                                              "application.submitted", "application.returned"));
  }
}

}  // namespace
}  // namespace jiebang::application
