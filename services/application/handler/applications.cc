#include "services/application/handler/applications.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/batch_get/batch_get.h"
#include "common/status/status_macros.h"
#include "services/application/domain/application_name.h"
#include "services/application/domain/errors.h"
#include "services/application/domain/etag.h"
#include "services/application/domain/lifecycle.h"
#include "services/application/handler/change.h"
#include "services/application/handler/visibility.h"

namespace jiebang::application {
namespace {

constexpr std::size_t kApplicationsAtOnce = 8;  // of up to 3 MB each

// Everything but the page that decides what a list holds; who asks decides about drafts.
std::string FiltersOf(const v1::ListApplicationsRequest& request, bool includes_drafts) {
  return absl::StrCat("ListApplications|", request.parent(), "|", request.state(), "|", request.track(), "|",
                      request.industry_prefix(), "|", includes_drafts ? "drafts" : "filed");
}

}  // namespace

Task<absl::StatusOr<v1::CreateApplicationResponse>> Applications::Create(const rpc::Call& call,
                                                                         const v1::CreateApplicationRequest& request) {
  CO_ASSIGN_OR_RETURN(const ApplicationParent parent, ApplicationParent::Parse(request.parent()));
  CO_ASSIGN_OR_RETURN(const ApplicationName name,
                      ApplicationName::Parse(ApplicationName{parent, request.application_id()}.ToString()));
  const auto programme = programmes_.Find(parent.programme);
  if (programme == nullptr) co_return ProgrammeNotFound(parent.programme);
  CO_RETURN_IF_ERROR(CheckFilingIsOpen(*programme, request.application().track(), call.now()));
  const ApplicantName applicant_name{parent.uscc};
  CO_ASSIGN_OR_RETURN(v1::Applicant applicant, co_await applicants_.Get(applicant_name));
  CO_ASSIGN_OR_RETURN(const v1::Application draft,
                      Draft(name, request.application(), std::move(applicant), call.now()));
  v1::CreateApplicationResponse response;
  *response.mutable_application() = draft;
  response.mutable_application()->set_etag(NextEtag(draft.etag()));
  ApplicationStep step{.application = draft};
  step.event = call.Happened("application.created", draft.name(), DetailsOf(draft));
  step.replay = call.Answered(response);
  CO_RETURN_IF_ERROR(co_await repository_.RememberUnitOfApplicant(parent));
  const absl::Status saved = co_await repository_.Save(std::move(step));
  if (absl::IsAborted(saved)) co_return ApplicationExists(name.ToString());
  CO_RETURN_IF_ERROR(saved);
  co_return response;
}

Task<absl::StatusOr<v1::GetApplicationResponse>> Applications::Get(const rpc::Call& call,
                                                                   const v1::GetApplicationRequest& request) {
  CO_ASSIGN_OR_RETURN(const ApplicationName name, ApplicationName::Parse(request.name()));
  v1::GetApplicationResponse response;
  CO_ASSIGN_OR_RETURN(*response.mutable_application(), co_await repository_.Get(name));
  if (!Sees(call, response.application(), name.parent.uscc)) co_return ApplicationNotFound(request.name());
  co_return response;
}

Task<absl::StatusOr<std::vector<std::optional<v1::Application>>>> Applications::Visible(
    const rpc::Call& call, std::vector<ApplicationName> names) const {
  CO_ASSIGN_OR_RETURN(auto applications, co_await repository_.GetMany(names));
  for (std::size_t i = 0; i < names.size(); ++i) {
    std::optional<v1::Application>& application = applications[i];
    if (application.has_value() && !Sees(call, *application, names[i].parent.uscc)) application.reset();
  }
  co_return applications;
}

Task<absl::StatusOr<v1::BatchGetApplicationsResponse>> Applications::BatchGet(
    const rpc::Call& call, const v1::BatchGetApplicationsRequest& request) {
  CO_ASSIGN_OR_RETURN(std::vector<ApplicationName> names,
                      ParseBatch<ApplicationName>(request.names(), request.parent()));
  FetchSome<ApplicationName, v1::Application> fetch = [this, &call](std::vector<ApplicationName> some) {
    return Visible(call, std::move(some));
  };
  CO_ASSIGN_OR_RETURN(std::vector<v1::Application> found,
                      co_await GetBatch(std::move(names), kApplicationsAtOnce, fetch));
  v1::BatchGetApplicationsResponse response;
  MoveInto(std::move(found), *response.mutable_applications());
  co_return response;
}

Task<absl::StatusOr<v1::ListApplicationsResponse>> Applications::List(const rpc::Call& call,
                                                                      const v1::ListApplicationsRequest& request) {
  CO_ASSIGN_OR_RETURN(const ApplicationParent parent, ApplicationParent::ParseWithWildcards(request.parent()));
  if (programmes_.Find(parent.programme) == nullptr) co_return ProgrammeNotFound(parent.programme);
  const ListQuery query{.parent = parent,
                        .includes_drafts = IsApplicant(call, parent.uscc),
                        .state = request.state(),
                        .track = request.track(),
                        .industry_prefix = request.industry_prefix()};
  const std::string filters = FiltersOf(request, query.includes_drafts);
  CO_ASSIGN_OR_RETURN(const std::string position, page_tokens_.Open(request.page_token(), filters));
  CO_ASSIGN_OR_RETURN(ApplicationPage page, co_await listing_.Page(query, position, PageSize(request.page_size())));
  v1::ListApplicationsResponse response;
  for (v1::Application& application : page.applications) *response.add_applications() = std::move(application);
  response.set_next_page_token(page_tokens_.Make(page.next, filters));
  co_return response;
}

Task<absl::StatusOr<v1::UpdateApplicationResponse>> Applications::Update(const rpc::Call& call,
                                                                         const v1::UpdateApplicationRequest& request) {
  ApplicationChange change{
      .name = request.application().name(), .given_etag = request.application().etag(), .event = "application.updated"};
  change.decide = [&call, &request](const v1::Application& present) {
    return Edit(present, request.application(), request.update_mask(), call.now());
  };
  return Change<v1::UpdateApplicationResponse>(repository_, call, std::move(change));
}

Task<absl::StatusOr<v1::GetRevisionResponse>> Applications::GetRevision(const rpc::Call& /*call*/,
                                                                        const v1::GetRevisionRequest& request) {
  CO_ASSIGN_OR_RETURN(const RevisionName name, RevisionName::Parse(request.name()));
  v1::GetRevisionResponse response;
  CO_ASSIGN_OR_RETURN(*response.mutable_revision(), co_await repository_.GetRevision(name));
  co_return response;
}

void Applications::Register(rpc::ServiceMethods& methods) {
  methods.Add("CreateApplication", this, &Applications::Create);
  methods.Add("GetApplication", this, &Applications::Get);
  methods.Add("BatchGetApplications", this, &Applications::BatchGet);
  methods.Add("ListApplications", this, &Applications::List);
  methods.Add("UpdateApplication", this, &Applications::Update);
  methods.Add("GetRevision", this, &Applications::GetRevision);
}

}  // namespace jiebang::application
