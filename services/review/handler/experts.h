// The RPCs about experts.
#ifndef JIEBANG_SERVICES_REVIEW_HANDLER_EXPERTS_H_
#define JIEBANG_SERVICES_REVIEW_HANDLER_EXPERTS_H_

#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "common/page_token/page_token.h"
#include "common/rpc/call.h"
#include "common/rpc/service_methods.h"
#include "jiebang/review/v1/review_service.pb.h"
#include "services/review/repository/expert_repository.h"

namespace jiebang::review {

class Experts {
 public:
  Experts(ExpertRepository& experts, const PageTokens& page_tokens) : experts_(experts), page_tokens_(page_tokens) {}

  Task<absl::StatusOr<v1::CreateExpertResponse>> Create(const rpc::Call& call, const v1::CreateExpertRequest& request);
  Task<absl::StatusOr<v1::GetExpertResponse>> Get(const rpc::Call& call, const v1::GetExpertRequest& request);
  Task<absl::StatusOr<v1::ListExpertsResponse>> List(const rpc::Call& call, const v1::ListExpertsRequest& request);

  void Register(rpc::ServiceMethods& methods);

 private:
  ExpertRepository& experts_;
  const PageTokens& page_tokens_;
};

}  // namespace jiebang::review

#endif  // JIEBANG_SERVICES_REVIEW_HANDLER_EXPERTS_H_
