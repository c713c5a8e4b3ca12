// Errors as the Connect protocol writes them.
#ifndef JIEBANG_SERVICES_GATEWAY_HTTP_CONNECT_ERROR_H_
#define JIEBANG_SERVICES_GATEWAY_HTTP_CONNECT_ERROR_H_

#include <string>

#include "absl/status/status.h"
#include "services/gateway/http/server/message.h"

namespace jiebang::gateway {

// {"code":"not_found","message":"...","details":[{"type":"google.rpc.ErrorInfo","value":"...","debug":{...}}]}, with
// the details of the refusal; what is none gets those that rpc::ToGrpc gives it.
std::string ConnectErrorJson(const absl::Status& status);

// The answer of a unary call: with its HTTP status, and Retry-After where the refusal says when to call again.
http::Response ConnectError(const absl::Status& status);

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_HTTP_CONNECT_ERROR_H_
