#include "services/application/handler/applicants.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "common/batch_get/batch_get.h"
#include "common/status/status_macros.h"
#include "jiebang/options/v1/policy.pb.h"
#include "services/application/domain/applicant.h"
#include "services/application/domain/application_name.h"
#include "services/application/domain/errors.h"
#include "services/application/domain/etag.h"
#include "services/application/handler/change.h"

namespace jiebang::application {
namespace {

constexpr std::size_t kApplicantsAtOnce = 100;  // of a few hundred bytes each

Registrar RegistrarOf(const rpc::Call& call) {
  return call.HasRole(options::v1::ROLE_MINISTRY) ? Registrar::kMinistry : Registrar::kApplicant;
}

// Why a code with a wrong check character was accepted belongs into the audit trail.
std::map<std::string, std::string> DetailsOf(const v1::Applicant& applicant) {
  if (applicant.uscc_exception_reason().empty()) return {};
  return {{"uscc_exception_reason", applicant.uscc_exception_reason()}};
}

// The answer once `applicant`, which has the etag of what it was made from, is saved.
template <class Response>
Response AnswerAfterSaving(v1::Applicant applicant) {
  applicant.set_etag(NextEtag(applicant.etag()));
  Response response;
  *response.mutable_applicant() = std::move(applicant);
  return response;
}

}  // namespace

Task<absl::StatusOr<v1::CreateApplicantResponse>> Applicants::Create(const rpc::Call& call,
                                                                     const v1::CreateApplicantRequest& request) {
  CO_ASSIGN_OR_RETURN(const v1::Applicant applicant,
                      application::Register(request.applicant(), RegistrarOf(call), call.now()));
  const auto response = AnswerAfterSaving<v1::CreateApplicantResponse>(applicant);
  store::Event event = call.Happened("applicant.created", applicant.name(), DetailsOf(applicant));
  const absl::Status saved = co_await repository_.Save(applicant, std::move(event), call.Answered(response));
  if (absl::IsAborted(saved)) co_return ApplicantExists(applicant.name());
  CO_RETURN_IF_ERROR(saved);
  co_return response;
}

Task<absl::StatusOr<v1::GetApplicantResponse>> Applicants::Get(const rpc::Call& /*call*/,
                                                               const v1::GetApplicantRequest& request) {
  CO_ASSIGN_OR_RETURN(const ApplicantName name, ApplicantName::Parse(request.name()));
  v1::GetApplicantResponse response;
  CO_ASSIGN_OR_RETURN(*response.mutable_applicant(), co_await repository_.Get(name));
  co_return response;
}

Task<absl::StatusOr<v1::BatchGetApplicantsResponse>> Applicants::BatchGet(
    const rpc::Call& /*call*/, const v1::BatchGetApplicantsRequest& request) {
  CO_ASSIGN_OR_RETURN(std::vector<ApplicantName> names, ParseBatch<ApplicantName>(request.names()));
  FetchSome<ApplicantName, v1::Applicant> fetch = [this](std::vector<ApplicantName> some) {
    return repository_.GetMany(std::move(some));
  };
  CO_ASSIGN_OR_RETURN(std::vector<v1::Applicant> found, co_await GetBatch(std::move(names), kApplicantsAtOnce, fetch));
  v1::BatchGetApplicantsResponse response;
  MoveInto(std::move(found), *response.mutable_applicants());
  co_return response;
}

Task<absl::StatusOr<v1::UpdateApplicantResponse>> Applicants::Update(const rpc::Call& call,
                                                                     const v1::UpdateApplicantRequest& request) {
  const std::string& given_etag = request.applicant().etag();
  CO_ASSIGN_OR_RETURN(const ApplicantName name, ApplicantName::Parse(request.applicant().name(), "applicant.name"));
  for (int attempt = 1;; ++attempt) {
    CO_ASSIGN_OR_RETURN(const v1::Applicant present, co_await repository_.Get(name));
    CO_RETURN_IF_ERROR(CheckEtag(present.name(), given_etag, present.etag()));
    CO_ASSIGN_OR_RETURN(
        const v1::Applicant changed,
        application::Change(present, request.applicant(), request.update_mask(), RegistrarOf(call), call.now()));
    const auto response = AnswerAfterSaving<v1::UpdateApplicantResponse>(changed);
    store::Event event = call.Happened("applicant.updated", changed.name(), DetailsOf(changed));
    const absl::Status saved = co_await repository_.Save(changed, std::move(event), call.Answered(response));
    if (saved.ok()) co_return response;
    if (!MayTryAgain(saved, given_etag, attempt)) co_return AsRefusal(saved, changed.name());
  }
}

void Applicants::Register(rpc::ServiceMethods& methods) {
  methods.Add("CreateApplicant", this, &Applicants::Create);
  methods.Add("GetApplicant", this, &Applicants::Get);
  methods.Add("BatchGetApplicants", this, &Applicants::BatchGet);
  methods.Add("UpdateApplicant", this, &Applicants::Update);
}

}  // namespace jiebang::application
