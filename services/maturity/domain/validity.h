// How long an assessment counts.
#ifndef JIEBANG_SERVICES_MATURITY_DOMAIN_VALIDITY_H_
#define JIEBANG_SERVICES_MATURITY_DOMAIN_VALIDITY_H_

#include "absl/time/time.h"

namespace jiebang::maturity {

// Whether what was submitted at `submitted` is no older than `months` at `now`; 0 months: whatever its age. It counts
// to the end of the day in Shanghai that has the same number `months` later, or of the month's last day where there is
// none such (ours: notices name months and no hour).
bool IsRecent(absl::Time submitted, int months, absl::Time now);

}  // namespace jiebang::maturity

#endif  // JIEBANG_SERVICES_MATURITY_DOMAIN_VALIDITY_H_
