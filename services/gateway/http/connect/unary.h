// The Connect protocol's unary calls (connectrpc.com/docs/protocol): POST for all, GET for those without side effects.
#ifndef JIEBANG_SERVICES_GATEWAY_HTTP_CONNECT_UNARY_H_
#define JIEBANG_SERVICES_GATEWAY_HTTP_CONNECT_UNARY_H_

#include "common/async/task.h"
#include "services/gateway/door/door.h"
#include "services/gateway/http/server/exchange.h"
#include "services/gateway/routing/routes.h"

namespace jiebang::gateway {

// The answer to a request for the route's method, which is a unary one; an error, too, is an answer.
Task<http::Response> AnswerConnectUnary(Door& door, http::Exchange& exchange, const Route& route);

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_HTTP_CONNECT_UNARY_H_
