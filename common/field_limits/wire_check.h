// Looks at a request as it came, before anybody has to ask a message for its fields: most requests keep all limits, and
// their bytes show it in a fraction of the time.
#ifndef JIEBANG_COMMON_FIELD_LIMITS_WIRE_CHECK_H_
#define JIEBANG_COMMON_FIELD_LIMITS_WIRE_CHECK_H_

#include <string_view>

#include "common/field_limits/plan.h"

namespace jiebang::field_limits {

// True: a message of the plan's type that is decoded from `bytes` surely has no violation. False: it may have some, or
// is written in a way that is not looked into here (a field twice, a group, packed where it is not expected); then the
// message itself has to be walked.
bool SurelyKeepsLimits(const Plan& plan, std::string_view bytes);

}  // namespace jiebang::field_limits

#endif  // JIEBANG_COMMON_FIELD_LIMITS_WIRE_CHECK_H_
