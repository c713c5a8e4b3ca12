#include "services/gateway/admission/urgency.h"

namespace jiebang::gateway {

Urgency UrgencyOf(const Route& route) {
  if (!policy::HasSideEffects(*route.method)) return Urgency::kRead;
  return route.policy->urgency() == options::v1::URGENCY_DECISION ? Urgency::kDecision : Urgency::kChange;
}

const char* ToString(Urgency urgency) {
  switch (urgency) {
    case Urgency::kRead:
      return "read";
    case Urgency::kChange:
      return "change";
    case Urgency::kDecision:
      return "decision";
  }
  return "";
}

}  // namespace jiebang::gateway
