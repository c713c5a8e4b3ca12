#include "services/application/handler/filings.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "common/status/status_macros.h"
#include "services/application/domain/errors.h"
#include "services/application/domain/etag.h"
#include "services/application/domain/lifecycle.h"
#include "services/application/domain/violations.h"
#include "services/application/handler/change.h"
#include "services/application/handler/visibility.h"

namespace jiebang::application {

Task<absl::StatusOr<Findings>> Filings::Examine(const rpc::Call& call, const v1::Application& application,
                                                const programme::Programme& programme, ApplicationName name) {
  v1::Applicant applicant;
  if (application.state() == v1::Application::STATE_SUBMITTED) {
    applicant = application.applicant();  // as it was filed
  } else {
    const ApplicantName applicant_name{name.parent.uscc};
    CO_ASSIGN_OR_RETURN(applicant, co_await applicants_.Get(applicant_name));
  }
  co_return co_await examination_.Examine(call, application, std::move(applicant), programme, std::move(name));
}

Task<absl::StatusOr<v1::ValidateApplicationResponse>> Filings::Validate(const rpc::Call& call,
                                                                        const v1::ValidateApplicationRequest& request) {
  CO_ASSIGN_OR_RETURN(const ApplicationName name, ApplicationName::Parse(request.name()));
  CO_ASSIGN_OR_RETURN(const v1::Application application, co_await repository_.Get(name));
  if (!Sees(call, application, name.parent.uscc)) co_return ApplicationNotFound(request.name());
  const auto programme = programmes_.Find(name.parent.programme);
  if (programme == nullptr) co_return ProgrammeNotFound(name.parent.programme);

  CO_ASSIGN_OR_RETURN(Findings findings, co_await Examine(call, application, *programme, name));
  v1::ValidateApplicationResponse response;
  for (v1::Violation& violation : findings.violations) *response.add_violations() = std::move(violation);
  co_return response;
}

Task<absl::StatusOr<v1::SubmitApplicationResponse>> Filings::Submit(const rpc::Call& call,
                                                                    const v1::SubmitApplicationRequest& request) {
  CO_ASSIGN_OR_RETURN(const ApplicationName name, ApplicationName::Parse(request.name()));
  const auto programme = programmes_.Find(name.parent.programme);
  if (programme == nullptr) co_return ProgrammeNotFound(name.parent.programme);
  for (int attempt = 1;; ++attempt) {
    CO_ASSIGN_OR_RETURN(const v1::Application present, co_await repository_.Get(name));
    CO_RETURN_IF_ERROR(CheckEtag(request.name(), request.etag(), present.etag()));
    CO_RETURN_IF_ERROR(CheckCanBeFiled(present));
    CO_RETURN_IF_ERROR(CheckFilingIsOpen(*programme, present.track(), call.now()));
    CO_ASSIGN_OR_RETURN(const Findings findings, co_await Examine(call, present, *programme, name));
    if (!findings.violations.empty()) co_return RulesViolated(present, findings.violations);

    const Filing filing = File(present, findings.facts.applicant, call.now());
    v1::SubmitApplicationResponse response;
    *response.mutable_receipt() = ReceiptOf(filing);
    std::map<std::string, std::string> details = DetailsOf(filing.application);
    details.emplace("content_digest", filing.application.content_digest());
    ApplicationStep step{.application = filing.application, .state_before = present.state()};
    step.revision = filing.revision;
    step.on_file_version = findings.on_file_version;
    step.event = call.Happened("application.submitted", request.name(), details);
    step.replay = call.Answered(response);
    CO_RETURN_IF_ERROR(co_await repository_.RememberUnitOfProgramme(name.parent));
    const absl::Status saved = co_await repository_.Save(std::move(step));
    if (saved.ok()) co_return response;
    if (!MayTryAgain(saved, request.etag(), attempt)) co_return AsRefusal(saved, request.name());
  }
}

Task<absl::StatusOr<v1::WithdrawApplicationResponse>> Filings::Withdraw(const rpc::Call& call,
                                                                        const v1::WithdrawApplicationRequest& request) {
  ApplicationChange change{.name = request.name(), .given_etag = request.etag(), .event = "application.withdrawn"};
  change.decide = [this, &call](const v1::Application& present) -> absl::StatusOr<v1::Application> {
    ASSIGN_OR_RETURN(const ApplicationName name, ApplicationName::Parse(present.name()));
    const auto programme = programmes_.Find(name.parent.programme);
    if (programme == nullptr) return ProgrammeNotFound(name.parent.programme);
    ASSIGN_OR_RETURN(v1::Application withdrawn, application::Withdraw(present, call.now()));
    RETURN_IF_ERROR(CheckFilingIsOpen(*programme, present.track(), call.now()));
    return withdrawn;
  };
  return Change<v1::WithdrawApplicationResponse>(repository_, call, std::move(change));
}

Task<absl::StatusOr<v1::ReturnApplicationResponse>> Filings::Return(const rpc::Call& call,
                                                                    const v1::ReturnApplicationRequest& request) {
  ApplicationChange change{.name = request.name(),
                           .given_etag = request.etag(),
                           .event = "application.returned",
                           .details = {{"reason", request.reason()}}};
  change.decide = [&call, &request](const v1::Application& present) -> absl::StatusOr<v1::Application> {
    // What was never filed is not even seen by those who return.
    if (present.state() == v1::Application::STATE_DRAFT) return ApplicationNotFound(present.name());
    return application::Return(present, request.reason(), call.now());
  };
  return Change<v1::ReturnApplicationResponse>(repository_, call, std::move(change));
}

void Filings::Register(rpc::ServiceMethods& methods) {
  methods.Add("ValidateApplication", this, &Filings::Validate);
  methods.Add("SubmitApplication", this, &Filings::Submit);
  methods.Add("WithdrawApplication", this, &Filings::Withdraw);
  methods.Add("ReturnApplication", this, &Filings::Return);
}

}  // namespace jiebang::application
