// What goes first when there is more to do than can be done.
#ifndef JIEBANG_SERVICES_GATEWAY_ADMISSION_URGENCY_H_
#define JIEBANG_SERVICES_GATEWAY_ADMISSION_URGENCY_H_

#include <cstddef>

#include "services/gateway/routing/routes.h"

namespace jiebang::gateway {

// In the order in which calls are refused.
enum class Urgency {
  kRead,      // without side effects
  kChange,    // a draft, a figure: can be made a minute later
  kDecision,  // a deadline hangs on it: a filing, a recommendation, a score
};

inline constexpr std::size_t kUrgencies = 3;

Urgency UrgencyOf(const Route& route);

// "read", "change", "decision".
const char* ToString(Urgency urgency);

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_ADMISSION_URGENCY_H_
