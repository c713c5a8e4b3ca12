// The walk over a message by its plan.
#ifndef JIEBANG_COMMON_FIELD_LIMITS_CHECK_H_
#define JIEBANG_COMMON_FIELD_LIMITS_CHECK_H_

#include "common/field_limits/plan.h"
#include "common/field_limits/violations.h"
#include "google/protobuf/message.h"

namespace jiebang::field_limits {

// `message` is of the root's type.
Violations Walk(const Plan& plan, const google::protobuf::Message& message);

}  // namespace jiebang::field_limits

#endif  // JIEBANG_COMMON_FIELD_LIMITS_CHECK_H_
