#include "services/maturity/handler/levels.h"

#include <string>
#include <utility>

#include "common/clock/timestamp.h"
#include "common/status/status_macros.h"
#include "services/maturity/domain/validity.h"

namespace jiebang::maturity {
namespace {

bool IsRecentEnough(const v1::Assessment& assessment, const rpc::Call& call, const v1::CheckMaturityRequest& request) {
  return IsRecent(FromTimestamp(assessment.submit_time()), request.maximum_age_months(), call.now());
}

}  // namespace

// From the highest level down: the latest of each decides whether that level has one that is recent enough.
Task<absl::StatusOr<std::optional<v1::Assessment>>> Levels::Best(const rpc::Call& call,
                                                                 const v1::CheckMaturityRequest& request) const {
  CO_ASSIGN_OR_RETURN(const ApplicantName applicant, ApplicantName::Parse(request.applicant(), "applicant"));
  std::string object;
  if (!request.object().empty()) {
    CO_ASSIGN_OR_RETURN(const ObjectName name, ObjectName::Parse(request.object(), "object"));
    if (name.applicant != applicant) co_return std::nullopt;
    object = name.id;
  }
  for (int level = kLevels; level >= 0; --level) {
    CO_ASSIGN_OR_RETURN(std::optional<v1::Assessment> latest,
                        co_await repository_.LatestAtLevel(applicant, object, request.model(), level));
    if (latest && IsRecentEnough(*latest, call, request)) co_return latest;
  }
  co_return std::nullopt;
}

// One that is of somebody else, a draft or under another model counts as none: the answer tells nothing about it.
Task<absl::StatusOr<std::optional<v1::Assessment>>> Levels::Named(const rpc::Call& call,
                                                                  const v1::CheckMaturityRequest& request) const {
  CO_ASSIGN_OR_RETURN(const ApplicantName applicant, ApplicantName::Parse(request.applicant(), "applicant"));
  CO_ASSIGN_OR_RETURN(const AssessmentName name, AssessmentName::Parse(request.assessment(), "assessment"));
  if (name.applicant != applicant) co_return std::nullopt;
  absl::StatusOr<KeptAssessment> kept = co_await repository_.Get(name);
  if (absl::IsNotFound(kept.status())) co_return std::nullopt;
  if (!kept.ok()) co_return kept.status();
  v1::Assessment& assessment = kept->assessment;
  if (assessment.state() != v1::Assessment::STATE_SUBMITTED || assessment.model() != request.model() ||
      (!request.object().empty() && assessment.object() != request.object()) ||
      !IsRecentEnough(assessment, call, request)) {
    co_return std::nullopt;
  }
  co_return std::move(assessment);
}

Task<absl::StatusOr<v1::CheckMaturityResponse>> Levels::Check(const rpc::Call& call,
                                                              const v1::CheckMaturityRequest& request) {
  CO_RETURN_IF_ERROR(catalogue_.Model(request.model()).status());
  absl::StatusOr<std::optional<v1::Assessment>> best;
  if (request.assessment().empty()) {
    best = co_await Best(call, request);
  } else {
    best = co_await Named(call, request);
  }
  if (!best.ok()) co_return best.status();

  v1::CheckMaturityResponse response;
  if (!best->has_value()) co_return response;
  response.set_level((*best)->result().level());
  response.set_assessment((*best)->name());
  response.set_satisfied(response.level() >= request.minimum_level());
  co_return response;
}

void Levels::Register(rpc::ServiceMethods& methods) { methods.Add("CheckMaturity", this, &Levels::Check); }

}  // namespace jiebang::maturity
