#include "services/quota/handler/recommendation_lists.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "services/quota/domain/errors.h"
#include "services/quota/domain/recommendation_list.h"
#include "services/quota/domain/unit_name.h"
#include "services/quota/handler/etag.h"
#include "services/quota/handler/list_terms.h"

namespace jiebang::quota {

using v1::RecommendationList;

Task<absl::StatusOr<v1::GetRecommendationListResponse>> RecommendationLists::Get(
    const rpc::Call& /*call*/, const v1::GetRecommendationListRequest& request) {
  CO_ASSIGN_OR_RETURN(const ListName name, ListName::Parse(request.name()));
  CO_ASSIGN_OR_RETURN(const auto programme, FindProgramme(programmes_, name.programme));
  CO_RETURN_IF_ERROR(CheckListTrack(*programme, name));
  CO_RETURN_IF_ERROR((co_await units_.Get(name.unit)).status());
  CO_ASSIGN_OR_RETURN(Versioned<RecommendationList> list, co_await lists_.Get(name));
  v1::GetRecommendationListResponse response;
  *response.mutable_recommendation_list() = std::move(list.value);
  co_return response;
}

// Unit by unit, so that the token is the last unit looked at.
Task<absl::StatusOr<v1::ListRecommendationListsResponse>> RecommendationLists::List(
    const rpc::Call& /*call*/, const v1::ListRecommendationListsRequest& request) {
  CO_ASSIGN_OR_RETURN(const ListName parent, ListName::ParseParent(request.parent()));
  CO_ASSIGN_OR_RETURN(const auto programme, FindProgramme(programmes_, parent.programme));
  CO_RETURN_IF_ERROR(CheckListTrack(*programme, parent));
  const std::string filters = absl::StrCat("ListRecommendationLists|", request.parent(), "|", request.state());
  CO_ASSIGN_OR_RETURN(std::string after, page_tokens_.Open(request.page_token(), filters));
  const int size = PageSize(request.page_size(), 50, 200);

  v1::ListRecommendationListsResponse response;
  for (bool more = true; more && response.recommendation_lists_size() < size;) {
    // No more units than lists are still wanted, so none is read in vain.
    CO_ASSIGN_OR_RETURN(const UnitRepository::Page page,
                        co_await units_.PageAfter(after, size - response.recommendation_lists_size()));
    std::vector<std::string> units;
    for (const v1::Unit& unit : page.units) {
      CO_ASSIGN_OR_RETURN(UnitName name, UnitName::Parse(unit.name()));
      units.push_back(std::move(name.id));
    }
    more = page.more;
    if (units.empty()) break;
    after = units.back();
    CO_ASSIGN_OR_RETURN(std::vector<RecommendationList> begun,
                        co_await lists_.BegunBy(std::move(units), parent.programme, parent.track));
    for (RecommendationList& list : begun) {
      const bool wanted = request.state() == RecommendationList::STATE_UNSPECIFIED || list.state() == request.state();
      if (wanted) *response.add_recommendation_lists() = std::move(list);
    }
    if (more) response.set_next_page_token(page_tokens_.Make(after, filters));
    if (!more) response.clear_next_page_token();
  }
  co_return response;
}

Task<absl::StatusOr<v1::ReorderRecommendationsResponse>> RecommendationLists::Reorder(
    const rpc::Call& call, const v1::ReorderRecommendationsRequest& request) {
  CO_ASSIGN_OR_RETURN(const ListName name, ListName::Parse(request.name()));
  CO_ASSIGN_OR_RETURN(const ListTerms terms, co_await FindListTerms(programmes_, units_, name));
  const std::vector<std::string> wanted(request.applications().begin(), request.applications().end());
  Decide decide = [&](const RecommendationList& present) -> absl::StatusOr<Decision> {
    ASSIGN_OR_RETURN(RecommendationList list, quota::Reorder(present, terms, wanted, call.now()));
    return Decision{std::move(list), "recommendation_list.reordered"};
  };
  co_return co_await Change<v1::ReorderRecommendationsResponse>(call, name, request.etag(), std::move(decide));
}

Task<absl::StatusOr<v1::SubmitRecommendationListResponse>> RecommendationLists::Submit(
    const rpc::Call& call, const v1::SubmitRecommendationListRequest& request) {
  CO_ASSIGN_OR_RETURN(const ListName name, ListName::Parse(request.name()));
  CO_ASSIGN_OR_RETURN(const ListTerms terms, co_await FindListTerms(programmes_, units_, name));
  Decide decide = [&](const RecommendationList& present) -> absl::StatusOr<Decision> {
    ASSIGN_OR_RETURN(RecommendationList list, Lock(present, terms, call.now()));
    std::map<std::string, std::string> details = {{"revision", absl::StrCat(list.revision())},
                                                  {"content_digest", list.content_digest()},
                                                  {"recommended", absl::StrCat(list.recommendations_size())}};
    return Decision{std::move(list), "recommendation_list.submitted", std::move(details), true};
  };
  co_return co_await Change<v1::SubmitRecommendationListResponse>(call, name, request.etag(), std::move(decide));
}

Task<absl::StatusOr<v1::ReturnRecommendationListResponse>> RecommendationLists::Return(
    const rpc::Call& call, const v1::ReturnRecommendationListRequest& request) {
  CO_ASSIGN_OR_RETURN(const ListName name, ListName::Parse(request.name()));
  CO_ASSIGN_OR_RETURN(const auto programme, FindProgramme(programmes_, name.programme));
  CO_RETURN_IF_ERROR(CheckListTrack(*programme, name));
  CO_RETURN_IF_ERROR((co_await units_.Get(name.unit)).status());
  Decide decide = [&](const RecommendationList& present) -> absl::StatusOr<Decision> {
    ASSIGN_OR_RETURN(RecommendationList list, Returned(present, request.reason()));
    std::map<std::string, std::string> details = {{"revision", absl::StrCat(list.revision())},
                                                  {"reason", request.reason()}};
    return Decision{std::move(list), "recommendation_list.returned", std::move(details)};
  };
  co_return co_await Change<v1::ReturnRecommendationListResponse>(call, name, "", std::move(decide));
}

template <class Response>
Task<absl::StatusOr<Response>> RecommendationLists::Change(const rpc::Call& call, ListName name, std::string etag,
                                                           Decide decide) {
  for (int attempt = 0; attempt < kTries; ++attempt) {
    CO_ASSIGN_OR_RETURN(Versioned<RecommendationList> before, co_await lists_.Get(name));
    CO_RETURN_IF_ERROR(CheckEtag(etag, before.version, name.ToString()));
    CO_ASSIGN_OR_RETURN(Decision decision, decide(before.value));
    decision.list.set_etag(absl::StrCat(before.version + 1));
    Response response;
    *response.mutable_recommendation_list() = decision.list;
    ListChange change{.name = name, .before = std::move(before), .after = std::move(decision.list)};
    change.locks_revision = decision.locks_revision;
    change.event = call.Happened(decision.event, name.ToString(), decision.details);
    change.replay = call.Answered(response);
    const absl::Status saved = co_await lists_.Save(std::move(change));
    if (saved.ok()) co_return response;
    if (!absl::IsAborted(saved)) co_return saved;
  }
  co_return ConcurrentChange(name.ToString());
}

void RecommendationLists::Register(rpc::ServiceMethods& methods) {
  methods.Add("GetRecommendationList", this, &RecommendationLists::Get);
  methods.Add("ListRecommendationLists", this, &RecommendationLists::List);
  methods.Add("ReorderRecommendations", this, &RecommendationLists::Reorder);
  methods.Add("SubmitRecommendationList", this, &RecommendationLists::Submit);
  methods.Add("ReturnRecommendationList", this, &RecommendationLists::Return);
}

}  // namespace jiebang::quota
