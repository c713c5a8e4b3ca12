// The calls about recommendation lists as a whole.
#ifndef JIEBANG_SERVICES_QUOTA_HANDLER_RECOMMENDATION_LISTS_H_
#define JIEBANG_SERVICES_QUOTA_HANDLER_RECOMMENDATION_LISTS_H_

#include <functional>

#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "common/page_token/page_token.h"
#include "common/programme/programme.h"
#include "common/rpc/call.h"
#include "common/rpc/service_methods.h"
#include "jiebang/quota/v1/quota_service.pb.h"
#include "services/quota/repository/list_repository.h"
#include "services/quota/repository/unit_repository.h"

namespace jiebang::quota {

class RecommendationLists {
 public:
  RecommendationLists(ListRepository& lists, UnitRepository& units, const programme::Programmes& programmes,
                      const PageTokens& page_tokens)
      : lists_(lists), units_(units), programmes_(programmes), page_tokens_(page_tokens) {}

  void Register(rpc::ServiceMethods& methods);

  Task<absl::StatusOr<v1::GetRecommendationListResponse>> Get(const rpc::Call& call,
                                                              const v1::GetRecommendationListRequest& request);
  Task<absl::StatusOr<v1::ListRecommendationListsResponse>> List(const rpc::Call& call,
                                                                 const v1::ListRecommendationListsRequest& request);
  Task<absl::StatusOr<v1::ReorderRecommendationsResponse>> Reorder(const rpc::Call& call,
                                                                   const v1::ReorderRecommendationsRequest& request);
  Task<absl::StatusOr<v1::SubmitRecommendationListResponse>> Submit(const rpc::Call& call,
                                                                    const v1::SubmitRecommendationListRequest& request);
  Task<absl::StatusOr<v1::ReturnRecommendationListResponse>> Return(const rpc::Call& call,
                                                                    const v1::ReturnRecommendationListRequest& request);

 private:
  // What a call makes of the list, and how the journal tells of it.
  struct Decision {
    v1::RecommendationList list;
    std::string event;
    std::map<std::string, std::string> details;
    bool locks_revision = false;
  };
  using Decide = std::function<absl::StatusOr<Decision>(const v1::RecommendationList& present)>;

  // Decides on the list as it stands and writes it down, again when another change was faster. The etag, where given,
  // must be the present one: ABORTED ETAG_MISMATCH.
  template <class Response>
  Task<absl::StatusOr<Response>> Change(const rpc::Call& call, ListName name, std::string etag, Decide decide);

  ListRepository& lists_;
  UnitRepository& units_;
  const programme::Programmes& programmes_;
  const PageTokens& page_tokens_;
};

}  // namespace jiebang::quota

#endif  // JIEBANG_SERVICES_QUOTA_HANDLER_RECOMMENDATION_LISTS_H_
