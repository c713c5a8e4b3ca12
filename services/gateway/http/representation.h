// A call's answer as a representation of HTTP: tagged, cacheable where it may be, compressed where that is wanted.
#ifndef JIEBANG_SERVICES_GATEWAY_HTTP_REPRESENTATION_H_
#define JIEBANG_SERVICES_GATEWAY_HTTP_REPRESENTATION_H_

#include <string>

#include "services/gateway/http/server/message.h"
#include "services/gateway/routing/routes.h"

namespace jiebang::gateway {

// Whether the contract says that a call changes nothing.
bool HasNoSideEffects(const Route& route);

// Whether it asks as a GET does: HEAD is answered as one, without the body (RFC 9110, 9.3.2).
bool IsGet(const http::Request& request);

// To a GET with an ETag and Cache-Control, or 304 where the client has it: what everybody may see without credentials
// may be kept for some seconds by everybody, anything else has to be asked for again.
http::Response Represent(const http::Request& request, const Route& route, std::string content_type, std::string body);

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_HTTP_REPRESENTATION_H_
