// The life of an assessment: a draft that is answered and tailored until it is submitted, and then never changes again.
#ifndef JIEBANG_SERVICES_MATURITY_DOMAIN_ASSESSMENT_H_
#define JIEBANG_SERVICES_MATURITY_DOMAIN_ASSESSMENT_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "google/protobuf/field_mask.pb.h"
#include "jiebang/maturity/v1/assessment.pb.h"
#include "services/maturity/domain/answer_sheet.h"
#include "services/maturity/domain/assessment_name.h"
#include "services/maturity/domain/maturity_model.h"
#include "services/maturity/domain/scope.h"

namespace jiebang::maturity {

// The most bytes that an assessment may take: what is kept, and what is answered with, is one message.
inline constexpr std::size_t kMaxAssessmentBytes = 3 << 20;

// Who does something, and when.
struct Act {
  std::string by;
  absl::Time at;
};

// The draft that a caller asks for, with the tailoring and answers of `earlier`, if there is one, under its own.
// INVALID_ARGUMENT as Scope::Of, AnswerSheet::Of and CheckEvidence; FAILED_PRECONDITION MODELS_MIXED, TYPES_MIXED,
// OBJECTS_MIXED, ASSESSMENT_NOT_SUBMITTED: one cannot start from such an earlier one; RESOURCE_EXHAUSTED
// ASSESSMENT_TOO_LARGE.
absl::StatusOr<v1::Assessment> NewDraft(const std::shared_ptr<const MaturityModel>& model, const AssessmentName& name,
                                        const v1::Assessment& asked, const v1::Assessment* earlier, const Act& act);

// `draft` with what `mask` names of `change`; answers are merged by item. FAILED_PRECONDITION ASSESSMENT_SUBMITTED;
// INVALID_ARGUMENT and RESOURCE_EXHAUSTED as NewDraft, and INVALID_ARGUMENT as ApplyFieldMask.
absl::StatusOr<v1::Assessment> Changed(const std::shared_ptr<const MaturityModel>& model, v1::Assessment draft,
                                       const v1::Assessment& change, const google::protobuf::FieldMask& mask,
                                       const Act& act);

// `draft` with the answers of one of its subdomains. `etag`: the section's version, "": whichever. As Changed, and
// ABORTED ETAG_MISMATCH; NOT_FOUND SECTION_NOT_FOUND: the subdomain does not count.
absl::StatusOr<v1::Assessment> WithSection(const std::shared_ptr<const MaturityModel>& model, v1::Assessment draft,
                                           const std::string& subdomain, const std::string& etag,
                                           const Answers& answers, const Act& act);

// `draft`, frozen with its result and with `object` as it stands. FAILED_PRECONDITION ASSESSMENT_SUBMITTED,
// ANSWERS_MISSING: an unanswered item that counts, at whatever level.
absl::StatusOr<v1::Assessment> Submitted(const std::shared_ptr<const MaturityModel>& model, v1::Assessment draft,
                                         const v1::AssessmentObject& object, absl::Time now);

// What a kept assessment covers, and its answers.
absl::StatusOr<Scope> ScopeOf(const std::shared_ptr<const MaturityModel>& model, const v1::Assessment& assessment);
AnswerSheet SheetOf(const MaturityModel& model, const v1::Assessment& assessment);

// nullptr: the subdomain does not count.
const v1::Section* FindSection(const v1::Assessment& draft, const std::string& subdomain);

}  // namespace jiebang::maturity

#endif  // JIEBANG_SERVICES_MATURITY_DOMAIN_ASSESSMENT_H_
