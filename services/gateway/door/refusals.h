// What both ports refuse before there is a route.
#ifndef JIEBANG_SERVICES_GATEWAY_DOOR_REFUSALS_H_
#define JIEBANG_SERVICES_GATEWAY_DOOR_REFUSALS_H_

#include <string>

#include "absl/status/status.h"

namespace jiebang::gateway {

absl::Status UnknownMethod(const std::string& path);

// Nothing of the call was begun.
absl::Status Stopping();

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_DOOR_REFUSALS_H_
