// What is assessed: a plant, a workshop, a branch or a whole enterprise.
#ifndef JIEBANG_SERVICES_MATURITY_DOMAIN_OBJECT_H_
#define JIEBANG_SERVICES_MATURITY_DOMAIN_OBJECT_H_

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "google/protobuf/field_mask.pb.h"
#include "jiebang/maturity/v1/object.pb.h"
#include "services/maturity/domain/assessment_name.h"

namespace jiebang::maturity {

// As many objects as one applicant may have.
inline constexpr int kMaxObjects = 500;

// INVALID_ARGUMENT OBJECT_INCOMPLETE, or the USCC of the group is wrong.
absl::StatusOr<v1::AssessmentObject> NewObject(const ObjectName& name, const v1::AssessmentObject& asked,
                                               absl::Time now);

// `object` with what `mask` names of `change`. As NewObject, and INVALID_ARGUMENT as ApplyFieldMask.
absl::StatusOr<v1::AssessmentObject> ChangedObject(v1::AssessmentObject object, const v1::AssessmentObject& change,
                                                   const google::protobuf::FieldMask& mask, absl::Time now);

}  // namespace jiebang::maturity

#endif  // JIEBANG_SERVICES_MATURITY_DOMAIN_OBJECT_H_
