// The methods of the contracts as operations of OpenAPI.
#ifndef JIEBANG_SERVICES_GATEWAY_OPENAPI_OPERATIONS_H_
#define JIEBANG_SERVICES_GATEWAY_OPENAPI_OPERATIONS_H_

#include <string>

#include "absl/status/statusor.h"
#include "google/protobuf/descriptor.h"
#include "services/gateway/openapi/document.h"
#include "services/gateway/openapi/schemas.h"
#include "services/gateway/rest/rest_rule.h"

namespace jiebang::gateway::openapi {

// "/v1/units/{unit}:verb": each star of the template a parameter of its own, named after the collection before it.
std::string PathOf(const RestRule& rule);

// Adds the operations of the method, one a rule, to the `paths` of a document. FAILED_PRECONDITION as RestRule::Of, and
// where it has no policy.
absl::Status AddOperations(const google::protobuf::MethodDescriptor& method, Schemas& schemas, Json& paths);

// The tag that the operations of a service have.
std::string TagOf(const google::protobuf::ServiceDescriptor& service);

}  // namespace jiebang::gateway::openapi

#endif  // JIEBANG_SERVICES_GATEWAY_OPENAPI_OPERATIONS_H_
