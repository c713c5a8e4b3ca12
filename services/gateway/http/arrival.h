// What the door wants to know of a request of this port.
#ifndef JIEBANG_SERVICES_GATEWAY_HTTP_ARRIVAL_H_
#define JIEBANG_SERVICES_GATEWAY_HTTP_ARRIVAL_H_

#include <string>

#include "absl/time/time.h"
#include "services/gateway/door/door.h"
#include "services/gateway/http/server/message.h"

namespace jiebang::gateway {

// Whether the door needs the body, because a signature covers it.
bool IsSigned(const http::Request& request);

// Whether it says who calls at all.
bool HasCredentials(const http::Request& request);

// From where a request comes; of a proxy that is trusted, what it says of its client and never of itself.
Origin OriginOf(const http::Request& request, const TrustedProxies& proxies);

// `deadline`: the caller's. `body`: of a signed request, as sent; else nothing.
Arrival ArrivalOf(const http::Request& request, const Route& route, const TrustedProxies& proxies, absl::Time deadline,
                  std::string body);

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_HTTP_ARRIVAL_H_
