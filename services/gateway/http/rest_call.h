// Calls by the google.api.http rules of the contracts: one more surface over the same calls, with AIP-193's errors.
#ifndef JIEBANG_SERVICES_GATEWAY_HTTP_REST_CALL_H_
#define JIEBANG_SERVICES_GATEWAY_HTTP_REST_CALL_H_

#include "common/async/task.h"
#include "services/gateway/door/door.h"
#include "services/gateway/http/server/exchange.h"
#include "services/gateway/rest/rest_routes.h"

namespace jiebang::gateway {

// Answers with JSON; a stream of answers as lines of it (application/x-ndjson), of which the last one says so when it
// failed. `headers`: more of them for the answer.
Task<void> ServeRest(Door& door, const RestRoutes& routes, http::Exchange& exchange, http::Response::Headers headers);

// The answer that is an error.
http::Response RestErrorResponse(const absl::Status& status);

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_HTTP_REST_CALL_H_
