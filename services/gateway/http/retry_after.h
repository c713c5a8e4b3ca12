// When a refused caller may call again, in HTTP's words.
#ifndef JIEBANG_SERVICES_GATEWAY_HTTP_RETRY_AFTER_H_
#define JIEBANG_SERVICES_GATEWAY_HTTP_RETRY_AFTER_H_

#include "google/rpc/status.pb.h"
#include "services/gateway/http/server/message.h"

namespace jiebang::gateway {

// Adds Retry-After, in whole seconds and at least one, where the details have a RetryInfo.
void AddRetryAfter(const google::rpc::Status& details, http::Response& response);

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_HTTP_RETRY_AFTER_H_
