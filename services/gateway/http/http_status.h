// The HTTP status of a refusal: by its code, or by what HTTP alone knows of it.
#ifndef JIEBANG_SERVICES_GATEWAY_HTTP_HTTP_STATUS_H_
#define JIEBANG_SERVICES_GATEWAY_HTTP_HTTP_STATUS_H_

#include "absl/status/status.h"

namespace jiebang::gateway {

// The refusal as it is, answered with this status.
absl::Status WithHttpStatus(absl::Status status, int http_status);

// By WithHttpStatus, or by the code as Connect and google.rpc.Code say alike.
int HttpStatusOf(const absl::Status& status);

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_HTTP_HTTP_STATUS_H_
