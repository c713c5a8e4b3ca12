#include "services/maturity/handler/assessments.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/batch_get/batch_get.h"
#include "common/status/status_macros.h"
#include "services/maturity/domain/assessment.h"
#include "services/maturity/domain/errors.h"
#include "services/maturity/domain/insight_errors.h"
#include "services/maturity/handler/drafts.h"

namespace jiebang::maturity {
namespace {

constexpr std::size_t kReadAtOnce = 16;  // of up to a few hundred kilobytes each

absl::Status CheckEtag(const KeptAssessment& kept, const std::string& etag) {
  if (etag.empty() || etag == kept.assessment.etag()) return absl::OkStatus();
  return errors::EtagMismatch(kept.assessment.name(), etag, kept.assessment.etag());
}

// What happened. Apart from the coroutines, because g++ 12 cannot compile a list of pairs within one.
store::Event WasCreated(const rpc::Call& call, const v1::Assessment& draft) {
  return call.Happened("assessment.created", draft.name(), {{"model", draft.model()}});
}
store::Event WasSubmitted(const rpc::Call& call, const v1::Assessment& submitted) {
  return call.Happened("assessment.submitted", submitted.name(),
                       {{"model", submitted.model()}, {"level", absl::StrCat(submitted.result().level())}});
}

}  // namespace

// NOT_FOUND tells nothing about what others have: the name of an earlier one must be of the same applicant.
Task<absl::StatusOr<std::optional<v1::Assessment>>> Assessments::Earlier(
    const AssessmentName& name, const v1::CreateAssessmentRequest& request) const {
  const std::string& from = request.start_from();
  if (from.empty()) co_return std::nullopt;
  std::string earlier_name = from;
  if (from == "last") {
    CO_ASSIGN_OR_RETURN(const ObjectName object, ObjectName::Parse(request.assessment().object(), "assessment.object"));
    CO_ASSIGN_OR_RETURN(const std::vector<v1::Assessment> latest,
                        co_await repository_.LatestOf(object, request.assessment().model(), 1));
    if (latest.empty()) co_return errors::NoEarlierAssessment(object.ToString());
    earlier_name = latest.front().name();
  }
  CO_ASSIGN_OR_RETURN(const AssessmentName earlier, AssessmentName::Parse(earlier_name, "start_from"));
  if (earlier.applicant != name.applicant) co_return errors::AssessmentNotFound(from);
  CO_ASSIGN_OR_RETURN(KeptAssessment kept, co_await repository_.Get(earlier));
  co_return std::move(kept.assessment);
}

Task<absl::StatusOr<v1::CreateAssessmentResponse>> Assessments::Create(const rpc::Call& call,
                                                                       const v1::CreateAssessmentRequest& request) {
  CO_ASSIGN_OR_RETURN(
      const AssessmentName name,
      AssessmentName::Parse(absl::StrCat(request.parent(), "/assessments/", request.assessment_id()), "assessment_id"));
  if (request.assessment().model().empty()) co_return errors::ModelMissing("assessment.model");
  if (request.assessment().object().empty()) co_return errors::ObjectMissing();
  CO_ASSIGN_OR_RETURN(const auto model, catalogue_.Model(request.assessment().model()));
  CO_ASSIGN_OR_RETURN(const ObjectName object, ObjectName::Parse(request.assessment().object(), "assessment.object"));
  if (object.applicant != name.applicant) co_return errors::ObjectOfAnother(object.ToString());
  CO_RETURN_IF_ERROR((co_await objects_.Get(object)).status());
  CO_ASSIGN_OR_RETURN(const std::optional<v1::Assessment> earlier, co_await Earlier(name, request));
  const v1::Assessment* const from = earlier ? &*earlier : nullptr;
  CO_ASSIGN_OR_RETURN(v1::Assessment draft, NewDraft(model, name, request.assessment(), from, ActOf(call)));
  CO_RETURN_IF_ERROR(co_await CheckAttachments(evidence_, request.assessment().answers(), "assessment"));
  draft.set_etag(AssessmentRepository::NextEtag(0));

  v1::CreateAssessmentResponse response;
  *response.mutable_assessment() = draft;
  const absl::Status saved =
      co_await repository_.Save(name, draft, 0, WasCreated(call, draft), call.Answered(response));
  if (absl::IsAborted(saved)) co_return errors::AssessmentExists(name.ToString());
  CO_RETURN_IF_ERROR(saved);
  co_return response;
}

Task<absl::StatusOr<v1::GetAssessmentResponse>> Assessments::Get(const rpc::Call& call,
                                                                 const v1::GetAssessmentRequest& request) {
  CO_ASSIGN_OR_RETURN(const AssessmentName name, AssessmentName::Parse(request.name(), "name"));
  CO_ASSIGN_OR_RETURN(KeptAssessment kept, co_await maturity::Visible(repository_, call, name));
  v1::GetAssessmentResponse response;
  *response.mutable_assessment() = std::move(kept.assessment);
  co_return response;
}

Task<absl::StatusOr<std::vector<std::optional<v1::Assessment>>>> Assessments::Visible(
    const rpc::Call& call, std::vector<AssessmentName> names) const {
  CO_ASSIGN_OR_RETURN(auto assessments, co_await repository_.GetMany(names));
  for (std::size_t i = 0; i < names.size(); ++i) {
    std::optional<v1::Assessment>& assessment = assessments[i];
    if (!assessment.has_value() || assessment->state() != v1::Assessment::STATE_DRAFT) continue;
    if (!SeesDrafts(call, names[i].applicant)) assessment.reset();
  }
  co_return assessments;
}

Task<absl::StatusOr<v1::BatchGetAssessmentsResponse>> Assessments::BatchGet(
    const rpc::Call& call, const v1::BatchGetAssessmentsRequest& request) {
  CO_ASSIGN_OR_RETURN(std::vector<AssessmentName> names, ParseBatch<AssessmentName>(request.names(), request.parent()));
  FetchSome<AssessmentName, v1::Assessment> fetch = [this, &call](std::vector<AssessmentName> some) {
    return Visible(call, std::move(some));
  };
  CO_ASSIGN_OR_RETURN(std::vector<v1::Assessment> found, co_await GetBatch(std::move(names), kReadAtOnce, fetch));
  v1::BatchGetAssessmentsResponse response;
  MoveInto(std::move(found), *response.mutable_assessments());
  co_return response;
}

Task<absl::StatusOr<v1::ListAssessmentsResponse>> Assessments::List(const rpc::Call& call,
                                                                    const v1::ListAssessmentsRequest& request) {
  CO_ASSIGN_OR_RETURN(const ApplicantName applicant, ApplicantName::Parse(request.parent(), "parent"));
  const bool with_drafts = SeesDrafts(call, applicant);
  const std::string filters =
      absl::StrCat("ListAssessments|", request.parent(), "|", with_drafts ? "all" : "submitted");
  CO_ASSIGN_OR_RETURN(const std::string position, page_tokens_.Open(request.page_token(), filters));
  CO_ASSIGN_OR_RETURN(AssessmentPage page,
                      co_await repository_.Page(applicant, position, PageSize(request.page_size()), with_drafts));
  v1::ListAssessmentsResponse response;
  for (v1::Assessment& assessment : page.assessments) *response.add_assessments() = std::move(assessment);
  response.set_next_page_token(page_tokens_.Make(page.position, filters));
  co_return response;
}

Task<absl::StatusOr<v1::UpdateAssessmentResponse>> Assessments::Update(const rpc::Call& call,
                                                                       const v1::UpdateAssessmentRequest& request) {
  const v1::Assessment& change = request.assessment();
  CO_ASSIGN_OR_RETURN(const AssessmentName name, AssessmentName::Parse(change.name(), "assessment.name"));
  CO_RETURN_IF_ERROR(co_await CheckAttachments(evidence_, change.answers(), "assessment"));
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    CO_ASSIGN_OR_RETURN(KeptAssessment kept, co_await repository_.Get(name));
    CO_RETURN_IF_ERROR(CheckEtag(kept, change.etag()));
    CO_ASSIGN_OR_RETURN(const auto model, catalogue_.Model(kept.assessment.model()));
    CO_ASSIGN_OR_RETURN(v1::Assessment draft,
                        Changed(model, std::move(kept.assessment), change, request.update_mask(), ActOf(call)));
    draft.set_etag(AssessmentRepository::NextEtag(kept.version));

    v1::UpdateAssessmentResponse response;
    *response.mutable_assessment() = draft;
    store::Event event = call.Happened("assessment.updated", name.ToString());
    const absl::Status saved =
        co_await repository_.Save(name, std::move(draft), kept.version, std::move(event), call.Answered(response));
    if (saved.ok()) co_return response;
    if (!absl::IsAborted(saved)) co_return saved;
  }
  co_return errors::ConcurrentChange(name.ToString());
}

Task<absl::StatusOr<v1::SubmitAssessmentResponse>> Assessments::Submit(const rpc::Call& call,
                                                                       const v1::SubmitAssessmentRequest& request) {
  CO_ASSIGN_OR_RETURN(const AssessmentName name, AssessmentName::Parse(request.name(), "name"));
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    CO_ASSIGN_OR_RETURN(KeptAssessment kept, co_await repository_.Get(name));
    CO_RETURN_IF_ERROR(CheckEtag(kept, request.etag()));
    CO_ASSIGN_OR_RETURN(const auto model, catalogue_.Model(kept.assessment.model()));
    CO_ASSIGN_OR_RETURN(const ObjectName object_name, ObjectName::Parse(kept.assessment.object(), "assessment.object"));
    CO_ASSIGN_OR_RETURN(const KeptObject object, co_await objects_.Get(object_name));
    CO_ASSIGN_OR_RETURN(v1::Assessment submitted,
                        Submitted(model, std::move(kept.assessment), object.message, call.now()));
    submitted.set_etag(AssessmentRepository::NextEtag(kept.version));

    v1::SubmitAssessmentResponse response;
    *response.mutable_assessment() = submitted;
    const absl::Status saved = co_await repository_.Save(name, submitted, kept.version, WasSubmitted(call, submitted),
                                                         call.Answered(response));
    if (saved.ok()) co_return response;
    if (!absl::IsAborted(saved)) co_return saved;
  }
  co_return errors::ConcurrentChange(name.ToString());
}

void Assessments::Register(rpc::ServiceMethods& methods) {
  methods.Add("CreateAssessment", this, &Assessments::Create);
  methods.Add("GetAssessment", this, &Assessments::Get);
  methods.Add("BatchGetAssessments", this, &Assessments::BatchGet);
  methods.Add("ListAssessments", this, &Assessments::List);
  methods.Add("UpdateAssessment", this, &Assessments::Update);
  methods.Add("SubmitAssessment", this, &Assessments::Submit);
}

}  // namespace jiebang::maturity
