// What must hold of a programme file that its grammar does not say. Each function gives every finding, not only the
// first, and takes any message, however broken.
#ifndef JIEBANG_COMMON_PROGRAMME_CHECKS_H_
#define JIEBANG_COMMON_PROGRAMME_CHECKS_H_

#include "common/programme/findings.h"
#include "common/programme/programme.h"

namespace jiebang::programme {

// What the schema says of each field by itself: given, in range, well written, an id that exists, a clause, both
// languages.
Findings CheckFields(const v1::Programme& programme);

// What the code of this version does not act on. See the list in loader.h.
Findings CheckSupport(const v1::Programme& programme);

// Tracks, catalogue, industries and rules.
Findings CheckRules(const Programme& programme);

// Deadlines, units, routes, quotas and rankings.
Findings CheckRecommendation(const Programme& programme);

// Stages, rubrics, publicity, lists and titles.
Findings CheckOutcome(const Programme& programme);

}  // namespace jiebang::programme

#endif  // JIEBANG_COMMON_PROGRAMME_CHECKS_H_
