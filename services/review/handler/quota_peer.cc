#include "services/review/handler/quota_peer.h"

#include <utility>

#include "jiebang/quota/v1/quota_service.pb.h"
#include "services/review/domain/errors.h"
#include "services/review/handler/peer_failure.h"

namespace jiebang::review {
namespace {

constexpr char kListLists[] = "/jiebang.quota.v1.QuotaService/ListRecommendationLists";

// A page with the longest lists of 2023 (40 recommendations) stays below the 4 MiB that a message may have.
constexpr int kListsAtOnce = 100;

}  // namespace

Task<absl::StatusOr<std::vector<quota::v1::RecommendationList>>> QuotaOverRpc::LockedLists(const rpc::Call& call,
                                                                                           TrackName track) {
  std::vector<quota::v1::RecommendationList> lists;
  quota::v1::ListRecommendationListsRequest request;
  request.set_parent(track.ListsOfAllUnits());
  request.set_page_size(kListsAtOnce);
  request.set_state(quota::v1::RecommendationList::STATE_LOCKED);
  do {
    absl::StatusOr<quota::v1::ListRecommendationListsResponse> page =
        co_await client_.Ask<quota::v1::ListRecommendationListsResponse>(call, kListLists, request);
    if (!page.ok()) {
      if (MaySucceedLater(page.status())) co_return ListsUnavailable(page.status());
      co_return page.status();
    }
    for (quota::v1::RecommendationList& list : *page->mutable_recommendation_lists()) lists.push_back(std::move(list));
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  co_return lists;
}

}  // namespace jiebang::review
