// What the HTTP port of a suite has beside its methods.
#ifndef JIEBANG_SERVICES_GATEWAY_HTTP_SUITE_RESOURCES_H_
#define JIEBANG_SERVICES_GATEWAY_HTTP_SUITE_RESOURCES_H_

#include "services/gateway/admission/admission.h"
#include "services/gateway/http/resources.h"
#include "services/gateway/identity/token_endpoint.h"
#include "services/gateway/identity/trusted_proxies.h"

namespace jiebang::gateway {

// POST /oauth2/token. An address whose assertions fail too often is refused like one whose tokens do. All outlive the
// resources.
void AddTokenEndpoint(TokenEndpoint& endpoint, Admission& admission, const TrustedProxies& proxies,
                      Resources& resources);

// /openapi.json, and the page that shows it at / and /docs.
void AddPages(Resources& resources);

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_HTTP_SUITE_RESOURCES_H_
