// The models that the suite knows, and evaluating answers under them without keeping anything.
#ifndef JIEBANG_SERVICES_MATURITY_HANDLER_MODELS_H_
#define JIEBANG_SERVICES_MATURITY_HANDLER_MODELS_H_

#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "common/rpc/call.h"
#include "common/rpc/service_methods.h"
#include "jiebang/maturity/v1/maturity_service.pb.h"
#include "services/maturity/domain/maturity_model.h"

namespace jiebang::maturity {

class Models {
 public:
  explicit Models(const ModelCatalogue& models) : models_(models) {}

  Task<absl::StatusOr<v1::GetModelResponse>> Get(const rpc::Call& call, const v1::GetModelRequest& request);
  Task<absl::StatusOr<v1::ListModelsResponse>> List(const rpc::Call& call, const v1::ListModelsRequest& request);
  Task<absl::StatusOr<v1::EvaluateAnswersResponse>> Evaluate(const rpc::Call& call,
                                                             const v1::EvaluateAnswersRequest& request);

  void Register(rpc::ServiceMethods& methods);

 private:
  const ModelCatalogue& models_;
};

}  // namespace jiebang::maturity

#endif  // JIEBANG_SERVICES_MATURITY_HANDLER_MODELS_H_
