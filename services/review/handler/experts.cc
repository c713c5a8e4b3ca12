#include "services/review/handler/experts.h"

#include <string>
#include <utility>

#include "common/status/status_macros.h"
#include "services/review/domain/expert_name.h"
#include "services/review/domain/registration.h"

namespace jiebang::review {
namespace {

constexpr char kListFilters[] = "ListExperts";

}  // namespace

Task<absl::StatusOr<v1::CreateExpertResponse>> Experts::Create(const rpc::Call& call,
                                                               const v1::CreateExpertRequest& request) {
  const bool may_make_exceptions = call.HasRole(options::v1::ROLE_MINISTRY);
  CO_ASSIGN_OR_RETURN(const Registration registration,
                      RegisterExpert(request.expert(), may_make_exceptions, call.now()));
  v1::CreateExpertResponse response;
  *response.mutable_expert() = registration.expert;
  response.mutable_expert()->set_etag("1");
  CO_RETURN_IF_ERROR(co_await experts_.Create(call, registration, response));
  co_return response;
}

Task<absl::StatusOr<v1::GetExpertResponse>> Experts::Get(const rpc::Call& /*call*/,
                                                         const v1::GetExpertRequest& request) {
  CO_ASSIGN_OR_RETURN(ExpertName name, ExpertName::Parse(request.name()));
  v1::GetExpertResponse response;
  CO_ASSIGN_OR_RETURN(*response.mutable_expert(), co_await experts_.Get(std::move(name)));
  co_return response;
}

Task<absl::StatusOr<v1::ListExpertsResponse>> Experts::List(const rpc::Call& /*call*/,
                                                            const v1::ListExpertsRequest& request) {
  CO_ASSIGN_OR_RETURN(std::string after, page_tokens_.Open(request.page_token(), kListFilters));
  CO_ASSIGN_OR_RETURN(Page<v1::Expert> page, co_await experts_.List(std::move(after), PageSize(request.page_size())));
  v1::ListExpertsResponse response;
  for (v1::Expert& expert : page.items) *response.add_experts() = std::move(expert);
  response.set_next_page_token(page_tokens_.Make(page.next, kListFilters));
  co_return response;
}

void Experts::Register(rpc::ServiceMethods& methods) {
  methods.Add("CreateExpert", this, &Experts::Create);
  methods.Add("GetExpert", this, &Experts::Get);
  methods.Add("ListExperts", this, &Experts::List);
}

}  // namespace jiebang::review
