// Experts that are registered in bulk.
#ifndef JIEBANG_SERVICES_REVIEW_HANDLER_EXPERT_IMPORTS_H_
#define JIEBANG_SERVICES_REVIEW_HANDLER_EXPERT_IMPORTS_H_

#include <utility>

#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "common/clock/clock.h"
#include "common/rpc/call.h"
#include "common/rpc/service_methods.h"
#include "jiebang/review/v1/review_service.pb.h"
#include "services/review/repository/expert_repository.h"

namespace jiebang::review {

class ExpertImports {
 public:
  // The references outlive it.
  ExpertImports(ExpertRepository& experts, const Clock& clock, rpc::ReplayMemory replays)
      : experts_(experts), clock_(clock), replays_(std::move(replays)) {}

  Task<absl::StatusOr<v1::ImportExpertsResponse>> Import(const rpc::Call& stream,
                                                         rpc::Reader<v1::ImportExpertsRequest> items);

  void Register(rpc::ServiceMethods& methods);

 private:
  // True: it was registered before, by the same item.
  Task<absl::StatusOr<bool>> RegisterOne(const rpc::Call& stream,
                                         const rpc::Incoming<v1::ImportExpertsRequest>& incoming);

  ExpertRepository& experts_;
  const Clock& clock_;
  const rpc::ReplayMemory replays_;
};

}  // namespace jiebang::review

#endif  // JIEBANG_SERVICES_REVIEW_HANDLER_EXPERT_IMPORTS_H_
