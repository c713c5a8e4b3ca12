#include "services/maturity/handler/batch_evaluator.h"

#include <algorithm>
#include <utility>

#include "common/status/status_macros.h"
#include "services/maturity/domain/answer_sheet.h"
#include "services/maturity/domain/errors.h"
#include "services/maturity/domain/scoring.h"

namespace jiebang::maturity {
namespace {

// More than the tailorings that one caller's enterprises have; few enough to be looked through.
constexpr std::size_t kRemembered = 16;

bool AreTheSame(const std::vector<std::string>& known, const TailoredSubdomains& asked) {
  return std::equal(known.begin(), known.end(), asked.begin(), asked.end(),
                    [](const std::string& id, const v1::TailoredSubdomain& one) { return id == one.subdomain(); });
}

}  // namespace

absl::StatusOr<const Scope*> BatchEvaluator::ScopeFor(const v1::EvaluateBatchRequest& request) {
  for (const Known& known : known_) {
    if (known.type == request.manufacturing_type() && known.model == request.model() &&
        AreTheSame(known.tailored, request.tailored_subdomains())) {
      return &known.scope;
    }
  }
  ASSIGN_OR_RETURN(auto model, catalogue_.Model(request.model()));
  ASSIGN_OR_RETURN(Scope scope,
                   Scope::Of(std::move(model), request.manufacturing_type(), request.tailored_subdomains(), ""));
  std::vector<std::string> tailored;
  for (const v1::TailoredSubdomain& one : request.tailored_subdomains()) tailored.push_back(one.subdomain());
  if (known_.size() == kRemembered) known_.erase(known_.begin());
  known_.push_back({.model = request.model(),
                    .type = request.manufacturing_type(),
                    .tailored = std::move(tailored),
                    .scope = std::move(scope)});
  return &known_.back().scope;
}

absl::Status BatchEvaluator::Evaluate(const v1::EvaluateBatchRequest& request, v1::EvaluateBatchResponse& response) {
  if (!request.answers().empty() && !request.degrees().empty()) return errors::AnswersGivenTwice();
  ASSIGN_OR_RETURN(const Scope* const scope, ScopeFor(request));
  const absl::StatusOr<AnswerSheet> sheet =
      request.degrees().empty()
          ? AnswerSheet::Of(scope->model(), request.manufacturing_type(), request.answers(), "answers")
          : AnswerSheet::OfDegrees(scope->model(), request.manufacturing_type(), request.degrees());
  RETURN_IF_ERROR(sheet.status());
  const bool wants_subdomains = request.detail() == v1::EvaluateBatchRequest::DETAIL_SUBDOMAINS;
  *response.mutable_result() =
      maturity::Evaluate(*scope, *sheet, wants_subdomains ? Detail::kSubdomains : Detail::kScores);
  return absl::OkStatus();
}

}  // namespace jiebang::maturity
