// Answering a draft in parts, by several people, from a sheet, with files; and evaluating in batches.
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/testing/error_matchers.h"
#include "common/testing/status_matchers.h"
#include "services/maturity/testing/suite.h"

namespace jiebang::maturity {
namespace {

using ::testing::HasSubstr;

class AnsweringTest : public MaturitySuite {
 protected:
  AnsweringTest() { EXPECT_THAT(Draft(kMine, "a", {}), IsOk()); }

  absl::StatusOr<v1::SaveAnswersResponse> Save(const std::string& subdomain, const std::string& etag,
                                               const std::vector<v1::Answer>& answers,
                                               const std::string& request_id = "") {
    v1::SaveAnswersRequest request;
    request.set_name(NameOf("a"));
    request.set_subdomain(subdomain);
    request.set_etag(etag);
    request.set_request_id(request_id);
    for (const v1::Answer& answer : answers) *request.add_answers() = answer;
    return Ask<v1::SaveAnswersResponse>("SaveAnswers", kApplicant, request);
  }
  absl::StatusOr<v1::ImportAnswersResponse> Import(const std::string& sheet, const std::string& request_id = "") {
    v1::ImportAnswersRequest request;
    request.set_name(NameOf("a"));
    request.set_sheet(sheet);
    request.set_request_id(request_id);
    return Ask<v1::ImportAnswersResponse>("ImportAnswers", kApplicant, request);
  }
  v1::Assessment Now() {
    v1::GetAssessmentRequest request;
    request.set_name(NameOf("a"));
    return Ask<v1::GetAssessmentResponse>("GetAssessment", kApplicant, request)->assessment();
  }
  absl::StatusOr<v1::UploadAttachmentResponse> Upload(const std::string& id, const std::string& content,
                                                      const std::string& request_id = "") {
    v1::UploadAttachmentRequest request;
    request.set_parent(NameOf("a"));
    request.set_attachment_id(id);
    request.mutable_attachment()->set_title("规划.pdf");
    request.mutable_attachment()->set_media_type("application/pdf");
    request.set_content(content);
    request.set_request_id(request_id);
    return Ask<v1::UploadAttachmentResponse>("UploadAttachment", kApplicant, request);
  }
};

// Each has a subdomain; nobody is turned away and nothing is lost.
TEST_F(AnsweringTest, TwentyPeopleAnswerAtOnce) {
  std::vector<std::thread> people;
  std::vector<absl::Status> outcomes(ShippedModel()->leaves().size());
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    people.emplace_back([this, i, &outcomes] {
      const Leaf& leaf = ShippedModel()->leaves()[i];
      std::vector<v1::Answer> answers;
      for (const v1::Item& item : leaf.subdomain->items()) answers.push_back(AnswerTo(item.id(), v1::DEGREE_FULLY));
      outcomes[i] = Save(leaf.id(), "", answers).status();
    });
  }
  for (std::thread& person : people) person.join();

  for (const absl::Status& outcome : outcomes) EXPECT_THAT(outcome, IsOk());
  EXPECT_EQ(Now().result().answered_count(), 214);
  EXPECT_EQ(Now().result().level(), 5);
}

TEST_F(AnsweringTest, ARepeatedSaveGetsTheFirstAnswer) {
  const std::string etag = Now().sections(2).etag();
  ASSERT_OK_AND_ASSIGN(const auto first, Save("data", etag, {AnswerTo("data-1-a", v1::DEGREE_FULLY)}, "r1"));

  ASSERT_OK_AND_ASSIGN(const auto again, Save("data", etag, {AnswerTo("data-1-a", v1::DEGREE_FULLY)}, "r1"));

  EXPECT_EQ(again.SerializeAsString(), first.SerializeAsString());
  EXPECT_THAT(Save("data", etag, {AnswerTo("data-1-a", v1::DEGREE_NOT)}),
              IsRefusal(absl::StatusCode::kAborted, "ETAG_MISMATCH"));
}

TEST_F(AnsweringTest, GoodRowsAreSavedAndBadOnesNamed) {
  const std::string sheet =
      "条目,满足程度,说明\r\n"
      "data-1-a,全部满足,有台账\r\n"
      "data-1-b,0.7,\r\n"
      "moon-1-a,1,\r\n"
      "data-2-a,,未答\r\n"
      "data-1-a,0.5,重复\r\n"
      "data-2-b,80%,\r\n";

  ASSERT_OK_AND_ASSIGN(const auto response, Import(sheet, "r1"));

  EXPECT_EQ(response.saved_count(), 2);
  ASSERT_EQ(response.rows_size(), 6);
  EXPECT_FALSE(response.rows(0).has_error());
  EXPECT_EQ(response.rows(0).row(), 2);
  EXPECT_EQ(response.rows(1).error().code(), static_cast<int>(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(response.rows(2).error().message(), HasSubstr("row 4: 条目 item: the model has no item `moon-1-a`"));
  EXPECT_TRUE(response.rows(3).skipped());
  EXPECT_THAT(response.rows(4).error().message(), HasSubstr("row 6: 条目 item: `data-1-a` has a row above"));
  EXPECT_FALSE(response.rows(5).has_error());
  EXPECT_EQ(response.result().answered_count(), 2);
  ASSERT_EQ(Now().answers_size(), 2);
  EXPECT_EQ(Now().answers(0).note(), "有台账");
  EXPECT_EQ(Now().answers(1).degree(), v1::DEGREE_MOSTLY);
  EXPECT_EQ(Import(sheet, "r1")->SerializeAsString(), response.SerializeAsString());
}

TEST_F(AnsweringTest, ASheetThatCannotBeReadChangesNothing) {
  EXPECT_THAT(Import("甲,乙\r\n1,2\r\n"), IsRefusal(absl::StatusCode::kInvalidArgument, "SHEET_UNREADABLE"));
  EXPECT_EQ(Now().etag(), "1");
}

TEST_F(AnsweringTest, FilesStandBesideAnswers) {
  v1::Answer answer = AnswerTo("strategy-1-a", v1::DEGREE_FULLY);
  answer.set_evidence_degree(v1::Answer::EVIDENCE_DEGREE_DOCUMENTED);
  v1::Evidence& evidence = *answer.add_evidence();
  evidence.set_title("规划");
  evidence.set_attachment(NameOf("a") + "/attachments/plan");
  EXPECT_THAT(Save("strategy", "", {answer}), HasViolation("answers[0].evidence[0].attachment", "尚未上传"));

  ASSERT_OK_AND_ASSIGN(const auto uploaded, Upload("plan", "%PDF-1.7 plan", "r1"));
  EXPECT_THAT(Save("strategy", "", {answer}), IsOk());

  EXPECT_EQ(Upload("plan", "%PDF-1.7 plan", "r1")->SerializeAsString(), uploaded.SerializeAsString());
  EXPECT_THAT(Upload("plan", "%PDF-1.7 other"), IsRefusal(absl::StatusCode::kAlreadyExists, "ATTACHMENT_EXISTS"));
  v1::DownloadAttachmentRequest request;
  request.set_name(uploaded.attachment().name());
  const auto mine = Ask<v1::DownloadAttachmentResponse>("DownloadAttachment", kApplicant, request);
  ASSERT_THAT(mine, IsOk());
  EXPECT_EQ(mine->content(), "%PDF-1.7 plan");
  EXPECT_THAT(Ask<v1::DownloadAttachmentResponse>("DownloadAttachment", kStranger, request),
              IsRefusal(absl::StatusCode::kNotFound, "ATTACHMENT_NOT_FOUND"));
  EXPECT_THAT(Ask<v1::DownloadAttachmentResponse>("DownloadAttachment", kMinistry, request),
              StatusIs(absl::StatusCode::kNotFound))
      << "the ministry sees what is submitted";
}

TEST_F(AnsweringTest, AnAssessmentTakesAHundredFiles) {
  for (int i = 0; i < 100; ++i) ASSERT_THAT(Upload(absl::StrCat("f", i), "%PDF-"), IsOk());

  EXPECT_THAT(Upload("f100", "%PDF-"), IsRefusal(absl::StatusCode::kResourceExhausted, "ATTACHMENTS_FULL"));
}

v1::EvaluateBatchRequest Evaluation(const std::string& id) {
  v1::EvaluateBatchRequest request;
  request.set_evaluation_id(id);
  request.set_model(kModel);
  request.set_manufacturing_type(v1::MANUFACTURING_TYPE_DISCRETE);
  return request;
}

TEST_F(AnsweringTest, ABatchAnswersEachByItself) {
  std::vector<v1::EvaluateBatchRequest> requests;
  requests.push_back(Evaluation("by-item"));
  *requests.back().mutable_answers() = UpTo(3);
  requests.push_back(Evaluation("compact"));
  for (const v1::Item* const item : ShippedModel()->items())
    *requests.back().mutable_degrees() += item->level() <= 3 ? '3' : '1';
  requests.back().set_detail(v1::EvaluateBatchRequest::DETAIL_SUBDOMAINS);
  requests.push_back(Evaluation("unknown-item"));
  *requests.back().add_answers() = AnswerTo("moon-1-a", v1::DEGREE_FULLY);
  requests.push_back(Evaluation("both"));
  requests.back().set_degrees("4");
  *requests.back().add_answers() = AnswerTo("data-1-a", v1::DEGREE_FULLY);
  requests.push_back(Evaluation("field-limit"));
  requests.back().set_degrees("x");
  requests.push_back(Evaluation("mandatory"));
  *requests.back().mutable_tailored_subdomains() = Without({"energy"});
  requests.push_back(Evaluation("other-model"));
  requests.back().set_model("models/none");
  requests.push_back(Evaluation("after"));

  const auto exchanged = Caller("jiebang.maturity.v1.MaturityService")
                             .Exchange<v1::EvaluateBatchResponse>("EvaluateBatch", kMinistry, requests);

  EXPECT_THAT(exchanged.status, IsOk());
  ASSERT_EQ(exchanged.responses.size(), requests.size());
  for (std::size_t i = 0; i < requests.size(); ++i) {
    const bool is_good = i < 2 || i == requests.size() - 1;
    EXPECT_EQ(exchanged.responses[i].evaluation_id(), requests[i].evaluation_id());
    EXPECT_EQ(exchanged.responses[i].has_result(), is_good) << requests[i].evaluation_id();
    EXPECT_EQ(exchanged.responses[i].has_error(), !is_good) << requests[i].evaluation_id();
  }
  const v1::Result& by_item = exchanged.responses[0].result();
  const v1::Result& compact = exchanged.responses[1].result();
  EXPECT_EQ(by_item.level(), 3);
  EXPECT_EQ(compact.total().SerializeAsString(), by_item.total().SerializeAsString());
  EXPECT_EQ(by_item.levels(0).subdomains_size(), 0);
  EXPECT_EQ(compact.levels(0).subdomains_size(), 20);
}

}  // namespace
}  // namespace jiebang::maturity
