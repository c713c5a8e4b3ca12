#include "services/maturity/domain/assessment.h"

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/clock/timestamp.h"
#include "common/field_mask/field_mask.h"
#include "common/status/status_macros.h"
#include "services/maturity/domain/answers.h"
#include "services/maturity/domain/errors.h"
#include "services/maturity/domain/scope.h"
#include "services/maturity/domain/scoring.h"

namespace jiebang::maturity {
namespace {

constexpr std::array<std::string_view, 3> kChangeable = {"answers", "tailored_subdomains", "object"};

absl::StatusOr<Scope> ScopeOf(const std::shared_ptr<const MaturityModel>& model, const v1::Assessment& assessment) {
  return Scope::Of(model, assessment.manufacturing_type(), assessment.tailored_subdomains(), "assessment");
}

}  // namespace

absl::StatusOr<v1::Assessment> NewDraft(const std::shared_ptr<const MaturityModel>& model, const AssessmentName& name,
                                        const v1::Assessment& asked, absl::Time now) {
  v1::Assessment draft;
  draft.set_name(name.ToString());
  draft.set_model(model->name());
  draft.set_manufacturing_type(asked.manufacturing_type());
  draft.set_object(asked.object());
  *draft.mutable_tailored_subdomains() = asked.tailored_subdomains();
  *draft.mutable_answers() = asked.answers();
  draft.set_state(v1::Assessment::STATE_DRAFT);
  ASSIGN_OR_RETURN(const Scope scope, ScopeOf(model, draft));
  RETURN_IF_ERROR(CheckAnswers(*model, scope.type(), draft.answers(), "assessment"));
  *draft.mutable_result() = Evaluate(scope, draft.answers());
  *draft.mutable_create_time() = ToTimestamp(now);
  *draft.mutable_update_time() = ToTimestamp(now);
  return draft;
}

absl::StatusOr<v1::Assessment> Changed(const std::shared_ptr<const MaturityModel>& model, v1::Assessment draft,
                                       const v1::Assessment& change, const google::protobuf::FieldMask& mask,
                                       absl::Time now) {
  if (draft.state() != v1::Assessment::STATE_DRAFT) return errors::AssessmentSubmitted(draft.name());
  RETURN_IF_ERROR(CheckAnswers(*model, draft.manufacturing_type(), change.answers(), "assessment"));
  v1::Assessment wanted = change;
  // Named in the mask without any, answers stay: merging nothing changes nothing.
  if (!change.answers().empty() || !mask.paths().empty()) {
    *wanted.mutable_answers() = Merged(draft.answers(), change.answers());
  }
  RETURN_IF_ERROR(ApplyFieldMask(mask, kChangeable, wanted, draft));
  ASSIGN_OR_RETURN(const Scope scope, ScopeOf(model, draft));
  *draft.mutable_result() = Evaluate(scope, draft.answers());
  *draft.mutable_update_time() = ToTimestamp(now);
  return draft;
}

absl::StatusOr<v1::Assessment> Submitted(const std::shared_ptr<const MaturityModel>& model, v1::Assessment draft,
                                         absl::Time now) {
  if (draft.state() != v1::Assessment::STATE_DRAFT) return errors::AssessmentSubmitted(draft.name());
  ASSIGN_OR_RETURN(const Scope scope, ScopeOf(model, draft));
  const std::vector<std::string> missing = UnansweredItems(scope, draft.answers());
  if (!missing.empty()) return errors::AnswersMissing(draft.name(), missing);
  *draft.mutable_result() = Evaluate(scope, draft.answers());
  draft.set_state(v1::Assessment::STATE_SUBMITTED);
  *draft.mutable_update_time() = ToTimestamp(now);
  *draft.mutable_submit_time() = ToTimestamp(now);
  return draft;
}

}  // namespace jiebang::maturity
