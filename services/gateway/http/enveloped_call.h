// Calls of all four kinds whose messages come and go in envelopes: Connect's streams, and all of gRPC-Web.
#ifndef JIEBANG_SERVICES_GATEWAY_HTTP_ENVELOPED_CALL_H_
#define JIEBANG_SERVICES_GATEWAY_HTTP_ENVELOPED_CALL_H_

#include "common/async/task.h"
#include "services/gateway/door/door.h"
#include "services/gateway/http/dialect.h"
#include "services/gateway/http/server/exchange.h"
#include "services/gateway/routing/routes.h"

namespace jiebang::gateway {

// Answers a POST. Requests go to the service as they come and answers to the client as the service gives them, one
// message of each at a time, so that either side slows the other down; over HTTP/1.1 most clients look at the answers
// only when they have sent all. `headers`: more of them for the answer.
Task<void> ServeEnveloped(Door& door, http::Exchange& exchange, const Route& route, Dialect dialect,
                          http::Response::Headers headers);

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_HTTP_ENVELOPED_CALL_H_
