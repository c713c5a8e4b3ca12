#include "services/maturity/handler/verifications.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/policy/policy.h"
#include "common/status/status_macros.h"
#include "services/maturity/domain/errors.h"
#include "services/maturity/domain/insight_errors.h"
#include "services/maturity/domain/verification.h"
#include "services/maturity/handler/drafts.h"

namespace jiebang::maturity {
namespace {

store::Event WasAppointed(const rpc::Call& call, const v1::Verification& verification) {
  return call.Happened("assessment.assessor_appointed", verification.name(), {{"assessor", verification.assessor()}});
}

store::Event WasRecorded(const rpc::Call& call, const v1::Verification& verification) {
  const bool is_completed = verification.state() == v1::Verification::STATE_COMPLETED;
  return call.Happened(is_completed ? "assessment.verified" : "assessment.findings_recorded", verification.name(),
                       {{"level", absl::StrCat(verification.verified().level())}});
}

}  // namespace

Task<absl::StatusOr<v1::AppointAssessorResponse>> Verifications::Appoint(const rpc::Call& call,
                                                                         const v1::AppointAssessorRequest& request) {
  CO_ASSIGN_OR_RETURN(const AssessmentName name, AssessmentName::Parse(request.name(), "name"));
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    CO_ASSIGN_OR_RETURN(const KeptAssessment assessment, co_await assessments_.Get(name));
    CO_ASSIGN_OR_RETURN(const std::optional<KeptVerification> present, co_await evidence_.Verification(name));
    CO_ASSIGN_OR_RETURN(
        v1::Verification verification,
        Opened(assessment.assessment, present ? &present->message : nullptr, request.assessor(), call.now()));
    const std::uint64_t version = present ? present->version : 0;
    verification.set_etag(absl::StrCat(version + 1));
    v1::AppointAssessorResponse response;
    *response.mutable_verification() = verification;
    const absl::Status saved = co_await evidence_.SaveVerification(
        name, verification, version, WasAppointed(call, verification), call.Answered(response));
    if (saved.ok()) co_return response;
    if (!absl::IsAborted(saved)) co_return saved;
  }
  co_return errors::ConcurrentChange(name.ToString());
}

// Who is neither the owner, the ministry nor the appointed assessor is told that there is none.
Task<absl::StatusOr<v1::GetVerificationResponse>> Verifications::Get(const rpc::Call& call,
                                                                     const v1::GetVerificationRequest& request) {
  CO_ASSIGN_OR_RETURN(const AssessmentName name, AssessmentName::Parse(request.name(), "name"));
  CO_ASSIGN_OR_RETURN(std::optional<KeptVerification> kept, co_await evidence_.Verification(name));
  const bool may_see = kept && (policy::Owns(call.principal(), request.name()) ||
                                policy::Owns(call.principal(), kept->message.assessor()));
  if (!may_see) co_return errors::VerificationNotFound(request.name());
  CO_ASSIGN_OR_RETURN(KeptAssessment assessment, co_await assessments_.Get(name));
  v1::GetVerificationResponse response;
  *response.mutable_verification() = std::move(kept->message);
  *response.mutable_assessment() = std::move(assessment.assessment);
  co_return response;
}

Task<absl::StatusOr<v1::RecordFindingsResponse>> Verifications::Record(const rpc::Call& call,
                                                                       const v1::RecordFindingsRequest& request) {
  CO_ASSIGN_OR_RETURN(const AssessmentName name, AssessmentName::Parse(request.name(), "name"));
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    CO_ASSIGN_OR_RETURN(std::optional<KeptVerification> kept, co_await evidence_.Verification(name));
    if (!kept || !policy::Owns(call.principal(), kept->message.assessor())) {
      co_return errors::VerificationNotFound(request.name());
    }
    if (!request.etag().empty() && request.etag() != kept->message.etag()) {
      co_return errors::EtagMismatch(kept->message.name(), request.etag(), kept->message.etag());
    }
    CO_ASSIGN_OR_RETURN(const KeptAssessment assessment, co_await assessments_.Get(name));
    CO_ASSIGN_OR_RETURN(const auto model, catalogue_.Model(assessment.assessment.model()));
    CO_ASSIGN_OR_RETURN(v1::Verification verification, Recorded(model, assessment.assessment, std::move(kept->message),
                                                                request.findings(), request.complete(), call.now()));
    verification.set_etag(absl::StrCat(kept->version + 1));
    v1::RecordFindingsResponse response;
    *response.mutable_verification() = verification;
    const absl::Status saved = co_await evidence_.SaveVerification(name, verification, kept->version,
                                                                   WasRecorded(call, verification), std::nullopt);
    if (saved.ok()) co_return response;
    if (!absl::IsAborted(saved)) co_return saved;
  }
  co_return errors::ConcurrentChange(name.ToString());
}

void Verifications::Register(rpc::ServiceMethods& methods) {
  methods.Add("AppointAssessor", this, &Verifications::Appoint);
  methods.Add("GetVerification", this, &Verifications::Get);
  methods.Add("RecordFindings", this, &Verifications::Record);
}

}  // namespace jiebang::maturity
