#include "services/publiclist/handler/peers.h"

#include <utility>

#include "common/rpc/client.h"
#include "common/status/status_macros.h"
#include "jiebang/quota/v1/quota_service.pb.h"

namespace jiebang::publiclist {
namespace {

constexpr char kGetRound[] = "/jiebang.review.v1.ReviewService/GetRound";
constexpr char kListCandidates[] = "/jiebang.review.v1.ReviewService/ListCandidates";
constexpr char kGetUnit[] = "/jiebang.quota.v1.QuotaService/GetUnit";
constexpr int kCandidatesAtOnce = 500;

}  // namespace

Task<absl::StatusOr<review::v1::Round>> RemoteReview::GetRound(const rpc::Call& call, std::string name) {
  review::v1::GetRoundRequest request;
  request.set_name(std::move(name));
  CO_ASSIGN_OR_RETURN(review::v1::GetRoundResponse response,
                      co_await client_.Ask<review::v1::GetRoundResponse>(call, kGetRound, request));
  co_return std::move(*response.mutable_round());
}

Task<absl::StatusOr<review::v1::ListCandidatesResponse>> RemoteReview::ListSelected(const rpc::Call& call,
                                                                                    std::string round,
                                                                                    std::string page_token) {
  review::v1::ListCandidatesRequest request;
  request.set_parent(std::move(round));
  request.set_page_size(kCandidatesAtOnce);
  request.set_page_token(std::move(page_token));
  request.set_decision(review::v1::Candidate::DECISION_SELECTED);
  co_return co_await client_.Ask<review::v1::ListCandidatesResponse>(call, kListCandidates, request);
}

Task<absl::StatusOr<quota::v1::Unit>> RemoteQuota::GetUnit(const rpc::Call& call, std::string name) {
  quota::v1::GetUnitRequest request;
  request.set_name(std::move(name));
  CO_ASSIGN_OR_RETURN(quota::v1::GetUnitResponse response,
                      co_await client_.Ask<quota::v1::GetUnitResponse>(call, kGetUnit, request));
  co_return std::move(*response.mutable_unit());
}

}  // namespace jiebang::publiclist
