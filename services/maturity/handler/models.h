// The models, and evaluating answers under them without keeping anything.
#ifndef JIEBANG_SERVICES_MATURITY_HANDLER_MODELS_H_
#define JIEBANG_SERVICES_MATURITY_HANDLER_MODELS_H_

#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "common/rpc/call.h"
#include "common/rpc/service_methods.h"
#include "jiebang/maturity/v1/maturity_service.pb.h"
#include "services/maturity/handler/catalogue.h"

namespace jiebang::maturity {

class Models {
 public:
  explicit Models(const Catalogue& catalogue) : catalogue_(catalogue) {}

  Task<absl::StatusOr<v1::GetModelResponse>> Get(const rpc::Call& call, const v1::GetModelRequest& request);
  Task<absl::StatusOr<v1::ListModelsResponse>> List(const rpc::Call& call, const v1::ListModelsRequest& request);
  Task<absl::StatusOr<v1::EvaluateAnswersResponse>> Evaluate(const rpc::Call& call,
                                                             const v1::EvaluateAnswersRequest& request);
  Task<absl::Status> EvaluateBatch(const rpc::Call& call, rpc::Reader<v1::EvaluateBatchRequest> requests,
                                   rpc::Writer<v1::EvaluateBatchResponse> answers);

  void Register(rpc::ServiceMethods& methods);

 private:
  const Catalogue& catalogue_;
};

}  // namespace jiebang::maturity

#endif  // JIEBANG_SERVICES_MATURITY_HANDLER_MODELS_H_
