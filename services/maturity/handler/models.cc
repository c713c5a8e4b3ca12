#include "services/maturity/handler/models.h"

#include <memory>

#include "common/status/status_macros.h"
#include "services/maturity/domain/answers.h"
#include "services/maturity/domain/errors.h"
#include "services/maturity/domain/scope.h"
#include "services/maturity/domain/scoring.h"

namespace jiebang::maturity {

Task<absl::StatusOr<v1::GetModelResponse>> Models::Get(const rpc::Call& /*call*/, const v1::GetModelRequest& request) {
  const std::shared_ptr<const MaturityModel> model = models_.Find(request.name());
  if (model == nullptr) co_return errors::ModelNotFound(request.name());
  v1::GetModelResponse response;
  *response.mutable_model() = model->proto();
  co_return response;
}

Task<absl::StatusOr<v1::ListModelsResponse>> Models::List(const rpc::Call& /*call*/,
                                                          const v1::ListModelsRequest& /*request*/) {
  v1::ListModelsResponse response;
  for (const std::string& name : models_.names()) response.add_names(name);
  co_return response;
}

Task<absl::StatusOr<v1::EvaluateAnswersResponse>> Models::Evaluate(const rpc::Call& /*call*/,
                                                                   const v1::EvaluateAnswersRequest& request) {
  const std::shared_ptr<const MaturityModel> model = models_.Find(request.model());
  if (model == nullptr) co_return errors::ModelNotFound(request.model());
  CO_ASSIGN_OR_RETURN(const Scope scope,
                      Scope::Of(model, request.manufacturing_type(), request.tailored_subdomains(), ""));
  CO_RETURN_IF_ERROR(CheckAnswers(*model, request.manufacturing_type(), request.answers(), ""));
  v1::EvaluateAnswersResponse response;
  *response.mutable_result() = maturity::Evaluate(scope, request.answers());
  co_return response;
}

void Models::Register(rpc::ServiceMethods& methods) {
  methods.Add("GetModel", this, &Models::Get);
  methods.Add("ListModels", this, &Models::List);
  methods.Add("EvaluateAnswers", this, &Models::Evaluate);
}

}  // namespace jiebang::maturity
