// Applicants: what may be registered, and what may be changed afterwards.
#ifndef JIEBANG_SERVICES_APPLICATION_DOMAIN_APPLICANT_H_
#define JIEBANG_SERVICES_APPLICATION_DOMAIN_APPLICANT_H_

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "google/protobuf/field_mask.pb.h"
#include "jiebang/application/v1/applicant.pb.h"

namespace jiebang::application {

// Who registers or changes an applicant: only the ministry vouches for a code whose check character is wrong.
enum class Registrar { kApplicant, kMinistry };

// The applicant as it will be registered. INVALID_ARGUMENT USCC_MALFORMED; PERMISSION_DENIED
// USCC_EXCEPTION_NOT_ALLOWED.
absl::StatusOr<v1::Applicant> Register(v1::Applicant asked, Registrar registrar, absl::Time now);

// `present` with the fields of `asked` that the mask names. INVALID_ARGUMENT FIELD_MASK_MALFORMED, USCC_MALFORMED,
// APPLICANT_INCOMPLETE; PERMISSION_DENIED USCC_EXCEPTION_NOT_ALLOWED.
absl::StatusOr<v1::Applicant> Change(const v1::Applicant& present, const v1::Applicant& asked,
                                     const google::protobuf::FieldMask& mask, Registrar registrar, absl::Time now);

}  // namespace jiebang::application

#endif  // JIEBANG_SERVICES_APPLICATION_DOMAIN_APPLICANT_H_
