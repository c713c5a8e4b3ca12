// What an assessment tells: explanation, diagnosis, verification, reports, trend, and starting anew.
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/testing/error_matchers.h"
#include "common/testing/status_matchers.h"
#include "jiebang/maturity/v1/insight_service.pb.h"
#include "services/maturity/testing/suite.h"

namespace jiebang::maturity {
namespace {

using ::testing::StartsWith;

template <class Request>
Request ForAssessment(const std::string& id) {
  Request request;
  request.set_name(NameOf(id));
  return request;
}

class InsightTest : public MaturitySuite {
 protected:
  absl::StatusOr<v1::RecordFindingsResponse> Record(const std::string& expert, const std::string& item,
                                                    v1::Degree degree, const std::string& note, bool complete = false,
                                                    const std::string& etag = "") {
    auto request = ForAssessment<v1::RecordFindingsRequest>("a");
    v1::Finding& finding = *request.add_findings();
    finding.set_item(item);
    finding.set_verified(degree);
    finding.set_note(note);
    request.set_complete(complete);
    request.set_etag(etag);
    return Ask<v1::RecordFindingsResponse>("RecordFindings", Holding(options::v1::ROLE_EXPERT, expert), request);
  }
  absl::StatusOr<v1::AppointAssessorResponse> Appoint(const std::string& expert) {
    auto request = ForAssessment<v1::AppointAssessorRequest>("a");
    request.set_assessor(absl::StrCat("experts/", expert));
    return Ask<v1::AppointAssessorResponse>("AppointAssessor", kApplicant, request);
  }
  absl::StatusOr<v1::GetVerificationResponse> SeenBy(const identity::v1::Principal& principal) {
    return Ask<v1::GetVerificationResponse>("GetVerification", principal,
                                            ForAssessment<v1::GetVerificationRequest>("a"));
  }
  absl::StatusOr<v1::ExportAssessmentResponse> Export(v1::ExportAssessmentRequest::Format format) {
    auto request = ForAssessment<v1::ExportAssessmentRequest>("a");
    request.set_format(format);
    return Ask<v1::ExportAssessmentResponse>("ExportAssessment", kApplicant, request);
  }
};

TEST_F(InsightTest, ADraftIsExplainedToItsOwnerAlone) {
  ASSERT_THAT(Draft(kMine, "a", UpTo(2)), IsOk());
  const auto request = ForAssessment<v1::ExplainAssessmentRequest>("a");

  ASSERT_OK_AND_ASSIGN(const auto response,
                       Ask<v1::ExplainAssessmentResponse>("ExplainAssessment", kApplicant, request));

  EXPECT_EQ(response.explanation().result().level(), 2);
  EXPECT_EQ(response.explanation().levels_size(), 5);
  EXPECT_THAT(Ask<v1::ExplainAssessmentResponse>("ExplainAssessment", kMinistry, request),
              IsRefusal(absl::StatusCode::kNotFound, "ASSESSMENT_NOT_FOUND"));
  EXPECT_THAT(Ask<v1::ExplainAssessmentResponse>("ExplainAssessment", kStranger, request),
              StatusIs(absl::StatusCode::kPermissionDenied));
}

TEST_F(InsightTest, ADiagnosisNamesTheClausesThatTheNextLevelOpens) {
  ASSERT_THAT(Draft(kMine, "a", UpTo(2)), IsOk());

  ASSERT_OK_AND_ASSIGN(const auto response,
                       Ask<v1::DiagnoseAssessmentResponse>("DiagnoseAssessment", kApplicant,
                                                           ForAssessment<v1::DiagnoseAssessmentRequest>("a")));

  EXPECT_EQ(response.diagnosis().next_level(), 3);
  EXPECT_FALSE(response.diagnosis().plan().empty());
  ASSERT_EQ(response.diagnosis().opens_size(), 1);
  EXPECT_EQ(response.diagnosis().opens(0).clause().section(), "附件3 一、5");
  EXPECT_EQ(response.diagnosis().opens(0).programme(), "programmes/smart-factory-2024-shaanxi");
}

TEST_F(InsightTest, APlanThatChangesIsWorkedOutAnewAndNothingIsKept) {
  ASSERT_THAT(Draft(kMine, "a", UpTo(2)), IsOk());
  auto request = ForAssessment<v1::DiagnoseAssessmentRequest>("a");
  const auto first = Ask<v1::DiagnoseAssessmentResponse>("DiagnoseAssessment", kApplicant, request);
  ASSERT_THAT(first, IsOk());
  for (const v1::ItemGain& step : first->diagnosis().plan()) {
    *request.add_planned_answers() = AnswerTo(step.item(), v1::DEGREE_FULLY);
  }

  ASSERT_OK_AND_ASSIGN(const auto after,
                       Ask<v1::DiagnoseAssessmentResponse>("DiagnoseAssessment", kApplicant, request));

  EXPECT_EQ(after.diagnosis().level(), 3);
  EXPECT_EQ(after.diagnosis().next_level(), 4);
  const auto again = Ask<v1::DiagnoseAssessmentResponse>("DiagnoseAssessment", kApplicant,
                                                         ForAssessment<v1::DiagnoseAssessmentRequest>("a"));
  EXPECT_EQ(again->SerializeAsString(), first->SerializeAsString());
}

TEST_F(InsightTest, APlanThatCannotBeTakenIsNamedByItsField) {
  ASSERT_THAT(Draft(kMine, "a", UpTo(2)), IsOk());
  auto request = ForAssessment<v1::DiagnoseAssessmentRequest>("a");
  *request.add_planned_answers() = AnswerTo("data-3-a", v1::DEGREE_FULLY);
  *request.add_planned_answers() = AnswerTo("moon-1-a", v1::DEGREE_FULLY);

  EXPECT_THAT(Ask<v1::DiagnoseAssessmentResponse>("DiagnoseAssessment", kApplicant, request),
              HasViolation("planned_answers[1].item", "moon-1-a"));
}

// Sixteen wait at most; those beyond are told to come again, and none is lost.
TEST_F(InsightTest, TooManyReportsAtOnceAreRefusedWithAHint) {
  ASSERT_THAT(File(kMine, "a", UpTo(3)), IsOk());
  std::vector<absl::Status> outcomes(24);
  std::vector<std::thread> callers;
  for (absl::Status& outcome : outcomes) {
    callers.emplace_back([this, &outcome] { outcome = Export(v1::ExportAssessmentRequest::FORMAT_PDF).status(); });
  }
  for (std::thread& caller : callers) caller.join();

  int drawn = 0;
  for (const absl::Status& outcome : outcomes) {
    drawn += outcome.ok() ? 1 : 0;
    if (outcome.ok()) continue;
    EXPECT_THAT(outcome, IsRefusal(absl::StatusCode::kResourceExhausted, "PRINTER_BUSY"));
  }
  EXPECT_GE(drawn, 16);
  EXPECT_LT(drawn, 24);
  EXPECT_THAT(Export(v1::ExportAssessmentRequest::FORMAT_CSV), IsOk());
}

TEST_F(InsightTest, OnlyTheAppointedAssessorRecordsWhatItFound) {
  ASSERT_THAT(File(kMine, "a", UpTo(3)), IsOk());
  const std::string before =
      Ask<v1::GetAssessmentResponse>("GetAssessment", kApplicant, ForAssessment<v1::GetAssessmentRequest>("a"))
          ->SerializeAsString();
  ASSERT_THAT(Appoint("e1"), IsOk());

  EXPECT_THAT(Record("e2", "data-2-a", v1::DEGREE_NOT, "?"),
              IsRefusal(absl::StatusCode::kNotFound, "VERIFICATION_NOT_FOUND"));
  ASSERT_OK_AND_ASSIGN(const auto recorded, Record("e1", "data-2-a", v1::DEGREE_NOT, "未见系统", false, "1"));
  EXPECT_EQ(recorded.verification().verified().level(), 1);
  EXPECT_EQ(recorded.verification().claimed().level(), 3);
  EXPECT_THAT(Record("e1", "data-2-a", v1::DEGREE_NOT, "未见系统", false, "1"),
              IsRefusal(absl::StatusCode::kAborted, "ETAG_MISMATCH"));
  EXPECT_THAT(Appoint("e2"), IsRefusal(absl::StatusCode::kFailedPrecondition, "VERIFICATION_STARTED"));
  ASSERT_THAT(Record("e1", "data-2-a", v1::DEGREE_PARTLY, "仅一车间", true), IsOk());
  EXPECT_THAT(Record("e1", "data-2-a", v1::DEGREE_NOT, "?"),
              IsRefusal(absl::StatusCode::kFailedPrecondition, "VERIFICATION_COMPLETED"));

  EXPECT_EQ(Ask<v1::GetAssessmentResponse>("GetAssessment", kApplicant, ForAssessment<v1::GetAssessmentRequest>("a"))
                ->SerializeAsString(),
            before);
}

TEST_F(InsightTest, AVerificationIsSeenByTheOwnerTheMinistryAndTheAssessor) {
  ASSERT_THAT(File(kMine, "a", UpTo(3)), IsOk());
  ASSERT_THAT(Appoint("e1"), IsOk());

  for (const auto& principal : {kApplicant, kMinistry, Holding(options::v1::ROLE_EXPERT, "e1")}) {
    const auto seen = SeenBy(principal);
    ASSERT_THAT(seen, IsOk());
    EXPECT_EQ(seen->assessment().answers_size(), 214);
  }
  for (const auto& principal : {kStranger, Holding(options::v1::ROLE_EXPERT, "e2")}) {
    EXPECT_THAT(SeenBy(principal), IsRefusal(absl::StatusCode::kNotFound, "VERIFICATION_NOT_FOUND"));
  }
}

TEST_F(InsightTest, ADraftHasNoAssessor) {
  ASSERT_THAT(Draft(kMine, "a", UpTo(3)), IsOk());

  EXPECT_THAT(Appoint("e1"), IsRefusal(absl::StatusCode::kFailedPrecondition, "ASSESSMENT_NOT_SUBMITTED"));
}

TEST_F(InsightTest, ReportsAreFilesOfTheirKind) {
  ASSERT_THAT(File(kMine, "a", UpTo(3)), IsOk());

  ASSERT_OK_AND_ASSIGN(const auto pdf, Export(v1::ExportAssessmentRequest::FORMAT_PDF));
  ASSERT_OK_AND_ASSIGN(const auto xlsx, Export(v1::ExportAssessmentRequest::FORMAT_XLSX));
  ASSERT_OK_AND_ASSIGN(const auto csv, Export(v1::ExportAssessmentRequest::FORMAT_CSV));

  EXPECT_THAT(pdf.content(), StartsWith("%PDF-"));
  EXPECT_THAT(xlsx.content(), StartsWith("PK"));
  EXPECT_THAT(csv.content(), StartsWith("\xEF\xBB\xBF"));
  EXPECT_EQ(pdf.file_name(), absl::StrCat("maturity-", kMine, "-a.pdf"));
  EXPECT_THAT(Export(v1::ExportAssessmentRequest::FORMAT_UNSPECIFIED), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST_F(InsightTest, TheSheetThatIsExportedCanBeFilledInAndImported) {
  ASSERT_THAT(File(kMine, "a", UpTo(3)), IsOk());
  ASSERT_OK_AND_ASSIGN(const auto csv, Export(v1::ExportAssessmentRequest::FORMAT_CSV));
  ASSERT_THAT(Draft(kMine, "b", {}), IsOk());
  auto request = ForAssessment<v1::ImportAnswersRequest>("b");
  request.set_sheet(csv.content());

  ASSERT_OK_AND_ASSIGN(const auto imported, Ask<v1::ImportAnswersResponse>("ImportAnswers", kApplicant, request));

  EXPECT_EQ(imported.saved_count(), 214);
  EXPECT_EQ(imported.result().level(), 3);
}

TEST_F(InsightTest, ANewAssessmentStartsFromTheLastAndTheTrendShowsBoth) {
  ASSERT_THAT(File(kMine, "a", UpTo(2)), IsOk());
  clock_.Advance(absl::Hours(24 * 300));
  v1::CreateAssessmentRequest create;
  create.set_parent(absl::StrCat("applicants/", kMine));
  create.set_assessment_id("b");
  create.set_start_from("last");
  create.mutable_assessment()->set_model(kModel);
  create.mutable_assessment()->set_manufacturing_type(v1::MANUFACTURING_TYPE_DISCRETE);
  create.mutable_assessment()->set_object(ObjectOf("plant"));
  *create.mutable_assessment()->add_answers() = AnswerTo("data-3-a", v1::DEGREE_FULLY);
  const auto created = Ask<v1::CreateAssessmentResponse>("CreateAssessment", kApplicant, create);
  ASSERT_THAT(created, IsOk());
  EXPECT_EQ(created->assessment().started_from(), NameOf("a"));
  ASSERT_THAT(Ask<v1::SubmitAssessmentResponse>("SubmitAssessment", kApplicant,
                                                ForAssessment<v1::SubmitAssessmentRequest>("b")),
              IsOk());
  v1::GetTrendRequest request;
  request.set_name(ObjectOf("plant"));
  request.set_model(kModel);

  ASSERT_OK_AND_ASSIGN(const auto response, Ask<v1::GetTrendResponse>("GetTrend", kApplicant, request));

  ASSERT_EQ(response.trend().points_size(), 2);
  EXPECT_EQ(response.trend().points(0).assessment(), NameOf("a"));
  EXPECT_EQ(response.trend().points(1).raised_count(), 1);
  create.set_assessment_id("c");
  create.set_start_from(NameOf("a", kOther));
  EXPECT_THAT(Ask<v1::CreateAssessmentResponse>("CreateAssessment", kApplicant, create),
              IsRefusal(absl::StatusCode::kNotFound, "ASSESSMENT_NOT_FOUND"));
}

}  // namespace
}  // namespace jiebang::maturity
