// What an assessor found, beside what the enterprise claimed.
#ifndef JIEBANG_SERVICES_MATURITY_DOMAIN_VERIFICATION_H_
#define JIEBANG_SERVICES_MATURITY_DOMAIN_VERIFICATION_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "jiebang/maturity/v1/verification.pb.h"
#include "services/maturity/domain/maturity_model.h"

namespace jiebang::maturity {

using Findings = google::protobuf::RepeatedPtrField<v1::Finding>;

// An open verification of a submitted assessment by `assessor`. `present`: the one that it takes the place of, or
// nullptr. FAILED_PRECONDITION ASSESSMENT_NOT_SUBMITTED, VERIFICATION_STARTED.
absl::StatusOr<v1::Verification> Opened(const v1::Assessment& assessment, const v1::Verification* present,
                                        const std::string& assessor, absl::Time now);

// `verification` with `findings` in the place of, or beside, those that it has; with `complete`, finished.
// INVALID_ARGUMENT FINDINGS_INVALID; FAILED_PRECONDITION VERIFICATION_COMPLETED.
absl::StatusOr<v1::Verification> Recorded(const std::shared_ptr<const MaturityModel>& model,
                                          const v1::Assessment& assessment, v1::Verification verification,
                                          const Findings& findings, bool complete, absl::Time now);

}  // namespace jiebang::maturity

#endif  // JIEBANG_SERVICES_MATURITY_DOMAIN_VERIFICATION_H_
