// The life of an assessment: a draft that is answered and tailored until it is submitted, and then never changes again.
#ifndef JIEBANG_SERVICES_MATURITY_DOMAIN_ASSESSMENT_H_
#define JIEBANG_SERVICES_MATURITY_DOMAIN_ASSESSMENT_H_

#include <memory>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "google/protobuf/field_mask.pb.h"
#include "jiebang/maturity/v1/assessment.pb.h"
#include "services/maturity/domain/assessment_name.h"
#include "services/maturity/domain/maturity_model.h"

namespace jiebang::maturity {

// The draft that a caller asks for. INVALID_ARGUMENT as Scope::Of and CheckAnswers.
absl::StatusOr<v1::Assessment> NewDraft(const std::shared_ptr<const MaturityModel>& model, const AssessmentName& name,
                                        const v1::Assessment& asked, absl::Time now);

// `draft` with what `mask` names of `change`; answers are merged by item. FAILED_PRECONDITION ASSESSMENT_SUBMITTED;
// INVALID_ARGUMENT as NewDraft and ApplyFieldMask.
absl::StatusOr<v1::Assessment> Changed(const std::shared_ptr<const MaturityModel>& model, v1::Assessment draft,
                                       const v1::Assessment& change, const google::protobuf::FieldMask& mask,
                                       absl::Time now);

// `draft`, frozen with its result. FAILED_PRECONDITION ASSESSMENT_SUBMITTED, ANSWERS_MISSING: an unanswered item that
// counts, at whatever level.
absl::StatusOr<v1::Assessment> Submitted(const std::shared_ptr<const MaturityModel>& model, v1::Assessment draft,
                                         absl::Time now);

}  // namespace jiebang::maturity

#endif  // JIEBANG_SERVICES_MATURITY_DOMAIN_ASSESSMENT_H_
