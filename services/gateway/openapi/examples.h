// Examples of messages as JSON: what a caller may send, made from the limits of the fields and from what their names
// and comments say.
#ifndef JIEBANG_SERVICES_GATEWAY_OPENAPI_EXAMPLES_H_
#define JIEBANG_SERVICES_GATEWAY_OPENAPI_EXAMPLES_H_

#include <functional>

#include "google/protobuf/descriptor.h"
#include "services/gateway/openapi/document.h"

namespace jiebang::gateway::openapi {

// An object of the message's type with the fields that `wanted` takes, of the message itself; those within have what a
// caller sets. Keeps all limits.
Json ExampleOf(const google::protobuf::Descriptor& message,
               const std::function<bool(const google::protobuf::FieldDescriptor&)>& wanted);

}  // namespace jiebang::gateway::openapi

#endif  // JIEBANG_SERVICES_GATEWAY_OPENAPI_EXAMPLES_H_
