#include "services/maturity/domain/verification.h"

#include <map>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/clock/timestamp.h"
#include "common/status/status_macros.h"
#include "services/maturity/domain/assessment.h"
#include "services/maturity/domain/errors.h"
#include "services/maturity/domain/insight_errors.h"
#include "services/maturity/domain/scoring.h"

namespace jiebang::maturity {
namespace {

absl::Status CheckFindings(const Scope& scope, const AnswerSheet& claimed, const Findings& findings) {
  const MaturityModel& model = scope.model();
  std::vector<bool> seen(model.items().size());
  std::vector<FieldViolation> violations;
  for (int i = 0; i < findings.size(); ++i) {
    const v1::Finding& finding = findings[i];
    const std::string field = absl::StrCat("findings[", i, "]");
    const std::optional<int> place = model.PlaceOfItem(finding.item());
    if (!IsDegree(finding.verified())) {
      violations.push_back(errors::DegreeUnknown(absl::StrCat(field, ".verified")));
    }
    if (!place || !scope.counts()[&model.LeafOfItem(*place) - model.leaves().data()]) {
      violations.push_back(errors::ItemDoesNotCount(absl::StrCat(field, ".item"), finding.item()));
      continue;
    }
    if (seen[*place]) violations.push_back(errors::ItemTwice(absl::StrCat(field, ".item"), finding.item()));
    seen[*place] = true;
    if (finding.verified() != claimed.At(*place) && finding.note().empty()) {
      violations.push_back(errors::DifferenceUnexplained(absl::StrCat(field, ".note")));
    }
  }
  if (violations.empty()) return absl::OkStatus();
  return errors::FindingsInvalid(std::move(violations));
}

}  // namespace

absl::StatusOr<v1::Verification> Opened(const v1::Assessment& assessment, const v1::Verification* present,
                                        const std::string& assessor, absl::Time now) {
  if (assessment.state() != v1::Assessment::STATE_SUBMITTED) return errors::AssessmentNotSubmitted(assessment.name());
  if (present != nullptr && (!present->findings().empty() || present->state() != v1::Verification::STATE_OPEN)) {
    return errors::VerificationStarted(assessment.name());
  }
  v1::Verification verification;
  verification.set_name(absl::StrCat(assessment.name(), "/verification"));
  verification.set_assessor(assessor);
  verification.set_state(v1::Verification::STATE_OPEN);
  *verification.mutable_claimed() = assessment.result();
  *verification.mutable_verified() = assessment.result();
  *verification.mutable_create_time() = ToTimestamp(now);
  *verification.mutable_update_time() = ToTimestamp(now);
  return verification;
}

absl::StatusOr<v1::Verification> Recorded(const std::shared_ptr<const MaturityModel>& model,
                                          const v1::Assessment& assessment, v1::Verification verification,
                                          const Findings& findings, bool complete, absl::Time now) {
  if (verification.state() != v1::Verification::STATE_OPEN) return errors::VerificationCompleted(assessment.name());
  ASSIGN_OR_RETURN(const Scope scope, ScopeOf(model, assessment));
  const AnswerSheet claimed = SheetOf(*model, assessment);
  RETURN_IF_ERROR(CheckFindings(scope, claimed, findings));

  std::map<int, v1::Finding> by_place;
  for (const Findings* const some : {&verification.findings(), &findings}) {
    for (const v1::Finding& finding : *some) by_place[*model->PlaceOfItem(finding.item())] = finding;
  }
  AnswerSheet verified = claimed;
  verification.clear_findings();
  for (auto& [place, finding] : by_place) {
    finding.set_claimed(claimed.At(place));
    verified.Set(place, finding.verified());
    *verification.add_findings() = std::move(finding);
  }
  *verification.mutable_verified() = Evaluate(scope, verified);
  *verification.mutable_update_time() = ToTimestamp(now);
  if (complete) {
    verification.set_state(v1::Verification::STATE_COMPLETED);
    *verification.mutable_complete_time() = ToTimestamp(now);
  }
  return verification;
}

}  // namespace jiebang::maturity
