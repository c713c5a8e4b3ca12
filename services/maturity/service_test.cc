// The service as its callers meet it: through every check, over the embedded store.
#include "services/maturity/service.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "common/testing/error_matchers.h"
#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "jiebang/maturity/v1/maturity_service.pb.h"
#include "services/maturity/testing/models.h"
#include "services/maturity/testing/suite.h"

namespace jiebang::maturity {
namespace {

using ::testing::ElementsAre;

constexpr auto kFully = v1::DEGREE_FULLY;
constexpr auto kMostly = v1::DEGREE_MOSTLY;
constexpr auto kNot = v1::DEGREE_NOT;
constexpr auto kDiscrete = v1::MANUFACTURING_TYPE_DISCRETE;

class MaturityServiceTest : public MaturitySuite {
 protected:
  absl::StatusOr<v1::CreateAssessmentResponse> Create(const std::string& id, const Answers& answers = {},
                                                      const std::string& request_id = "") {
    v1::CreateAssessmentRequest request;
    request.set_parent(absl::StrCat("applicants/", kMine));
    request.set_assessment_id(id);
    request.set_request_id(request_id);
    request.mutable_assessment()->set_model(kModel);
    request.mutable_assessment()->set_manufacturing_type(kDiscrete);
    request.mutable_assessment()->set_object(ObjectOf("plant"));
    *request.mutable_assessment()->mutable_answers() = answers;
    return Ask<v1::CreateAssessmentResponse>("CreateAssessment", kApplicant, request);
  }
  absl::StatusOr<v1::Assessment> Get(const std::string& id,
                                     const identity::v1::Principal& principal = Holding(options::v1::ROLE_APPLICANT,
                                                                                        kMine)) {
    v1::GetAssessmentRequest request;
    request.set_name(NameOf(id));
    const auto response = Ask<v1::GetAssessmentResponse>("GetAssessment", principal, request);
    if (!response.ok()) return response.status();
    return response->assessment();
  }
  absl::StatusOr<v1::UpdateAssessmentResponse> Update(
      const std::string& id, const Answers& answers, const std::string& etag = "", const std::string& request_id = "",
      const identity::v1::Principal& principal = Holding(options::v1::ROLE_APPLICANT, kMine)) {
    v1::UpdateAssessmentRequest request;
    request.mutable_assessment()->set_name(NameOf(id));
    request.mutable_assessment()->set_etag(etag);
    *request.mutable_assessment()->mutable_answers() = answers;
    request.mutable_update_mask()->add_paths("answers");
    request.set_request_id(request_id);
    return Ask<v1::UpdateAssessmentResponse>("UpdateAssessment", principal, request);
  }
  absl::StatusOr<v1::SubmitAssessmentResponse> Submit(const std::string& id, const std::string& request_id = "",
                                                      const std::string& etag = "") {
    v1::SubmitAssessmentRequest request;
    request.set_name(NameOf(id));
    request.set_request_id(request_id);
    request.set_etag(etag);
    return Ask<v1::SubmitAssessmentResponse>("SubmitAssessment", kApplicant, request);
  }
  absl::StatusOr<v1::ListAssessmentsResponse> List(const identity::v1::Principal& principal, int size = 0,
                                                   const std::string& token = "") {
    v1::ListAssessmentsRequest request;
    request.set_parent(absl::StrCat("applicants/", kMine));
    request.set_page_size(size);
    request.set_page_token(token);
    return Ask<v1::ListAssessmentsResponse>("ListAssessments", principal, request);
  }
  v1::CheckMaturityResponse Check(int minimum_level, int months = 0, const std::string& assessment = "") {
    v1::CheckMaturityRequest request;
    request.set_applicant(absl::StrCat("applicants/", kMine));
    request.set_model(kModel);
    request.set_minimum_level(minimum_level);
    request.set_maximum_age_months(months);
    request.set_assessment(assessment);
    const auto response = Ask<v1::CheckMaturityResponse>("CheckMaturity", kService, request);
    EXPECT_THAT(response, IsOk());
    return response.ok() ? *response : v1::CheckMaturityResponse();
  }

  // Submits one that reaches `level`.
  void SubmitAtLevel(const std::string& id, int level) {
    EXPECT_THAT(Create(id, UpTo(level)), IsOk());
    const auto response = Submit(id);
    ASSERT_THAT(response, IsOk());
    EXPECT_EQ(response->assessment().result().level(), level);
  }
  static Answers One(v1::Degree degree) {
    Answers answers;
    *answers.Add() = AnswerTo("data-1-a", degree);
    return answers;
  }
};

TEST_F(MaturityServiceTest, ShowsItsModels) {
  const auto names = Ask<v1::ListModelsResponse>("ListModels", {}, v1::ListModelsRequest());
  ASSERT_THAT(names, IsOk());
  EXPECT_THAT(names->names(), ElementsAre(kModel, "models/quick-check-2026"));

  v1::GetModelRequest request;
  request.set_name(kModel);
  const auto model = Ask<v1::GetModelResponse>("GetModel", {}, request);
  ASSERT_THAT(model, IsOk());
  EXPECT_EQ(model->model().elements_size(), 4);

  request.set_name("models/none");
  EXPECT_THAT(Ask<v1::GetModelResponse>("GetModel", {}, request),
              IsRefusal(absl::StatusCode::kNotFound, "MODEL_NOT_FOUND"));
}

TEST_F(MaturityServiceTest, EvaluatesWithoutKeepingAnything) {
  v1::EvaluateAnswersRequest request;
  request.set_model(kModel);
  request.set_manufacturing_type(kDiscrete);
  *request.mutable_answers() = UpTo(2);

  const auto response = Ask<v1::EvaluateAnswersResponse>("EvaluateAnswers", {}, request);

  ASSERT_THAT(response, IsOk());
  EXPECT_EQ(response->result().level(), 2);
  EXPECT_THAT(List(kApplicant)->assessments(), testing::IsEmpty());

  *request.mutable_tailored_subdomains() = Without({"energy"});
  EXPECT_THAT(Ask<v1::EvaluateAnswersResponse>("EvaluateAnswers", {}, request),
              IsRefusal(absl::StatusCode::kInvalidArgument, "TAILORING_INVALID"));
}

TEST_F(MaturityServiceTest, AnAssessmentIsAnsweredInPartsAndSubmitted) {
  ASSERT_OK_AND_ASSIGN(const auto created, Create("plant"));
  EXPECT_EQ(created.assessment().etag(), "1");

  ASSERT_OK_AND_ASSIGN(const auto first, Update("plant", One(kFully), "1"));
  EXPECT_EQ(first.assessment().etag(), "2");
  EXPECT_EQ(first.assessment().result().answered_count(), 1);
  EXPECT_THAT(Submit("plant"), IsRefusal(absl::StatusCode::kFailedPrecondition, "ANSWERS_MISSING"));
  ASSERT_THAT(Update("plant", UpTo(3)), IsOk());
  ASSERT_OK_AND_ASSIGN(const auto submitted, Submit("plant"));

  EXPECT_EQ(submitted.assessment().state(), v1::Assessment::STATE_SUBMITTED);
  EXPECT_EQ(submitted.assessment().result().level(), 3);
  ASSERT_OK_AND_ASSIGN(const v1::Assessment kept, Get("plant"));
  EXPECT_EQ(kept.SerializeAsString(), submitted.assessment().SerializeAsString());
}

TEST_F(MaturityServiceTest, ANewAssessmentSaysItsModelAndType) {
  v1::CreateAssessmentRequest request;
  request.set_parent(absl::StrCat("applicants/", kMine));
  request.set_assessment_id("plant");
  request.mutable_assessment();
  const auto create = [&] { return Ask<v1::CreateAssessmentResponse>("CreateAssessment", kApplicant, request); };

  EXPECT_THAT(create(), IsRefusal(absl::StatusCode::kInvalidArgument, "MODEL_MISSING"));
  request.mutable_assessment()->set_model("models/none");
  EXPECT_THAT(create(), IsRefusal(absl::StatusCode::kInvalidArgument, "OBJECT_MISSING"));
  request.mutable_assessment()->set_object(ObjectOf("plant"));
  EXPECT_THAT(create(), IsRefusal(absl::StatusCode::kNotFound, "MODEL_NOT_FOUND"));
  request.mutable_assessment()->set_model(kModel);
  request.mutable_assessment()->set_object(ObjectOf("none"));
  EXPECT_THAT(create(), IsRefusal(absl::StatusCode::kNotFound, "OBJECT_NOT_FOUND"));
  request.mutable_assessment()->set_object(ObjectOf("plant", kOther));
  EXPECT_THAT(create(), IsRefusal(absl::StatusCode::kInvalidArgument, "OBJECT_OF_ANOTHER"));
  request.mutable_assessment()->set_object(ObjectOf("plant"));
  EXPECT_THAT(create(), IsRefusal(absl::StatusCode::kInvalidArgument, "MANUFACTURING_TYPE_UNKNOWN"));
}

TEST_F(MaturityServiceTest, AnEtagThatIsNotThePresentOneIsRefused) {
  ASSERT_THAT(Create("plant"), IsOk());
  ASSERT_THAT(Update("plant", One(kFully)), IsOk());

  EXPECT_THAT(Update("plant", One(kNot), "1"), IsRefusal(absl::StatusCode::kAborted, "ETAG_MISMATCH"));
  EXPECT_THAT(Submit("plant", "", "1"), IsRefusal(absl::StatusCode::kAborted, "ETAG_MISMATCH"));
  EXPECT_EQ(Get("plant")->answers(0).degree(), kFully);
}

TEST_F(MaturityServiceTest, ARepeatedRequestGetsTheFirstAnswer) {
  ASSERT_OK_AND_ASSIGN(const auto created, Create("plant", UpTo(1), "r1"));
  ASSERT_OK_AND_ASSIGN(const auto updated, Update("plant", One(kFully), "1", "r2"));
  ASSERT_OK_AND_ASSIGN(const auto submitted, Submit("plant", "r3"));
  clock_.Advance(absl::Hours(1));

  EXPECT_EQ(Create("plant", UpTo(1), "r1")->SerializeAsString(), created.SerializeAsString());
  EXPECT_EQ(Update("plant", One(kFully), "1", "r2")->SerializeAsString(), updated.SerializeAsString());
  EXPECT_EQ(Submit("plant", "r3")->SerializeAsString(), submitted.SerializeAsString());
  EXPECT_THAT(Create("plant", UpTo(2), "r1"), IsRefusal(absl::StatusCode::kInvalidArgument, "REQUEST_ID_REUSED"));
  EXPECT_THAT(Create("plant"), IsRefusal(absl::StatusCode::kAlreadyExists, "ASSESSMENT_EXISTS"));
}

TEST_F(MaturityServiceTest, NothingChangesASubmittedAssessment) {
  SubmitAtLevel("plant", 2);
  const std::string before = Get("plant")->SerializeAsString();
  clock_.Advance(absl::Hours(1));

  EXPECT_THAT(Update("plant", One(kFully)), IsRefusal(absl::StatusCode::kFailedPrecondition, "ASSESSMENT_SUBMITTED"));
  EXPECT_THAT(Submit("plant"), IsRefusal(absl::StatusCode::kFailedPrecondition, "ASSESSMENT_SUBMITTED"));
  EXPECT_THAT(Create("plant", UpTo(5)), IsRefusal(absl::StatusCode::kAlreadyExists, "ASSESSMENT_EXISTS"));

  EXPECT_EQ(Get("plant")->SerializeAsString(), before);
}

TEST_F(MaturityServiceTest, OnlyTheApplicantSeesItsDrafts) {
  ASSERT_THAT(Create("draft"), IsOk());
  SubmitAtLevel("filed", 1);

  EXPECT_THAT(Get("draft"), IsOk());
  EXPECT_THAT(Get("draft", kMinistry), IsRefusal(absl::StatusCode::kNotFound, "ASSESSMENT_NOT_FOUND"));
  EXPECT_THAT(Get("draft", kService), IsRefusal(absl::StatusCode::kNotFound, "ASSESSMENT_NOT_FOUND"));
  EXPECT_THAT(Get("filed", kMinistry), IsOk());
  EXPECT_EQ(List(kApplicant)->assessments_size(), 2);
  ASSERT_OK_AND_ASSIGN(const auto seen, List(kMinistry));
  ASSERT_EQ(seen.assessments_size(), 1);
  EXPECT_EQ(seen.assessments(0).name(), NameOf("filed"));
}

TEST_F(MaturityServiceTest, StrangersReachNothing) {
  SubmitAtLevel("filed", 1);

  EXPECT_THAT(Get("filed", kStranger), StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_THAT(List(kStranger), StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_THAT(Update("filed", One(kNot), "", "", kStranger), StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_THAT(Update("filed", One(kNot), "", "", kMinistry), StatusIs(absl::StatusCode::kPermissionDenied));
}

TEST_F(MaturityServiceTest, ListsByPageWithoutAnswers) {
  for (const std::string id : {"a", "b", "c"}) ASSERT_THAT(Create(id, UpTo(1)), IsOk());

  ASSERT_OK_AND_ASSIGN(const auto first, List(kApplicant, 2));
  ASSERT_OK_AND_ASSIGN(const auto second, List(kApplicant, 2, first.next_page_token()));

  ASSERT_EQ(first.assessments_size(), 2);
  EXPECT_EQ(first.assessments(0).name(), NameOf("a"));
  EXPECT_EQ(first.assessments(0).answers_size(), 0);
  EXPECT_EQ(first.assessments(0).result().level(), 1);
  ASSERT_EQ(second.assessments_size(), 1);
  EXPECT_EQ(second.assessments(0).name(), NameOf("c"));
  EXPECT_EQ(second.next_page_token(), "");
  EXPECT_THAT(List(kMinistry, 2, first.next_page_token()),
              IsRefusal(absl::StatusCode::kInvalidArgument, "PAGE_TOKEN_OTHER_REQUEST"));
}

TEST_F(MaturityServiceTest, TheBestRecentAssessmentDecides) {
  EXPECT_EQ(Check(1).level(), 0);
  SubmitAtLevel("old", 4);
  clock_.Advance(absl::Hours(24 * 200));
  SubmitAtLevel("new", 2);
  ASSERT_THAT(Create("draft", UpTo(5)), IsOk());

  EXPECT_EQ(Check(3).assessment(), NameOf("old"));
  EXPECT_TRUE(Check(3).satisfied());
  EXPECT_FALSE(Check(5).satisfied());
  EXPECT_EQ(Check(2, 6).assessment(), NameOf("new"));
  EXPECT_TRUE(Check(2, 6).satisfied());
  EXPECT_FALSE(Check(3, 6).satisfied());
  EXPECT_EQ(Check(3, 6).level(), 2);
  clock_.Advance(absl::Hours(24 * 400));
  EXPECT_EQ(Check(1, 12).assessment(), "");
  EXPECT_EQ(Check(1, 12).level(), 0);
}

TEST_F(MaturityServiceTest, ANamedAssessmentDecidesAlone) {
  SubmitAtLevel("high", 4);
  SubmitAtLevel("low", 1);
  ASSERT_THAT(Create("draft", UpTo(5)), IsOk());

  EXPECT_EQ(Check(1, 0, NameOf("low")).level(), 1);
  EXPECT_FALSE(Check(2, 0, NameOf("low")).satisfied());
  EXPECT_TRUE(Check(4, 0, NameOf("high")).satisfied());
  EXPECT_EQ(Check(1, 0, NameOf("draft")).assessment(), "");
  EXPECT_EQ(Check(1, 0, NameOf("none")).assessment(), "");
  EXPECT_EQ(Check(1, 0, NameOf("high", kOther)).assessment(), "");
}

}  // namespace
}  // namespace jiebang::maturity
