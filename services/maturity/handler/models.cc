#include "services/maturity/handler/models.h"

#include <memory>

#include "common/errors/error_details.h"
#include "common/status/status_macros.h"
#include "services/maturity/domain/answer_sheet.h"
#include "services/maturity/domain/explanation.h"
#include "services/maturity/domain/scope.h"
#include "services/maturity/domain/scoring.h"
#include "services/maturity/handler/batch_evaluator.h"

namespace jiebang::maturity {

Task<absl::StatusOr<v1::GetModelResponse>> Models::Get(const rpc::Call& /*call*/, const v1::GetModelRequest& request) {
  CO_ASSIGN_OR_RETURN(const auto model, catalogue_.Model(request.name()));
  v1::GetModelResponse response;
  *response.mutable_model() = model->proto();
  co_return response;
}

Task<absl::StatusOr<v1::ListModelsResponse>> Models::List(const rpc::Call& /*call*/,
                                                          const v1::ListModelsRequest& /*request*/) {
  v1::ListModelsResponse response;
  for (const std::string& name : catalogue_.models.names()) response.add_names(name);
  co_return response;
}

Task<absl::StatusOr<v1::EvaluateAnswersResponse>> Models::Evaluate(const rpc::Call& /*call*/,
                                                                   const v1::EvaluateAnswersRequest& request) {
  CO_ASSIGN_OR_RETURN(const auto model, catalogue_.Model(request.model()));
  CO_ASSIGN_OR_RETURN(const Scope scope,
                      Scope::Of(model, request.manufacturing_type(), request.tailored_subdomains(), ""));
  CO_ASSIGN_OR_RETURN(const AnswerSheet sheet,
                      AnswerSheet::Of(*model, request.manufacturing_type(), request.answers(), "answers"));
  v1::EvaluateAnswersResponse response;
  *response.mutable_result() = maturity::Evaluate(scope, sheet);
  if (request.explain()) *response.mutable_explanation() = Explain(scope, sheet);
  co_return response;
}

Task<absl::Status> Models::EvaluateBatch(const rpc::Call& /*call*/, rpc::Reader<v1::EvaluateBatchRequest> requests,
                                         rpc::Writer<v1::EvaluateBatchResponse> answers) {
  BatchEvaluator evaluator(catalogue_);
  v1::EvaluateBatchResponse response;
  while (true) {
    CO_ASSIGN_OR_RETURN(const auto request, co_await requests.Read());
    if (!request) co_return absl::OkStatus();
    response.Clear();
    response.set_evaluation_id(request->message.evaluation_id());
    absl::Status status = request->valid;
    if (status.ok()) status = evaluator.Evaluate(request->message, response);
    if (!status.ok()) *response.mutable_error() = ToItemError(status);
    const bool sent = co_await answers.Write(response);
    if (!sent) co_return absl::OkStatus();
  }
}

void Models::Register(rpc::ServiceMethods& methods) {
  methods.Add("GetModel", this, &Models::Get);
  methods.Add("ListModels", this, &Models::List);
  methods.Add("EvaluateAnswers", this, &Models::Evaluate);
  methods.AddBidirectional("EvaluateBatch", this, &Models::EvaluateBatch);
}

}  // namespace jiebang::maturity
