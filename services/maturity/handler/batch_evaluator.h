// Evaluates one request of a batch after another.
#ifndef JIEBANG_SERVICES_MATURITY_HANDLER_BATCH_EVALUATOR_H_
#define JIEBANG_SERVICES_MATURITY_HANDLER_BATCH_EVALUATOR_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "jiebang/maturity/v1/maturity_service.pb.h"
#include "services/maturity/domain/scope.h"
#include "services/maturity/handler/catalogue.h"

namespace jiebang::maturity {

// Remembers the scopes that it met last: a batch mostly asks for a few, and a scope takes longer to work out than an
// evaluation. Not thread-safe; one for each stream.
class BatchEvaluator {
 public:
  explicit BatchEvaluator(const Catalogue& catalogue) : catalogue_(catalogue) {}

  // Sets the result of `response`, which is otherwise left alone. Errors as EvaluateAnswers, ANSWERS_GIVEN_TWICE,
  // DEGREES_INVALID.
  absl::Status Evaluate(const v1::EvaluateBatchRequest& request, v1::EvaluateBatchResponse& response);

 private:
  struct Known {
    std::string model;
    v1::ManufacturingType type;
    std::vector<std::string> tailored;
    Scope scope;
  };

  absl::StatusOr<const Scope*> ScopeFor(const v1::EvaluateBatchRequest& request);

  const Catalogue& catalogue_;
  std::vector<Known> known_;
};

}  // namespace jiebang::maturity

#endif  // JIEBANG_SERVICES_MATURITY_HANDLER_BATCH_EVALUATOR_H_
