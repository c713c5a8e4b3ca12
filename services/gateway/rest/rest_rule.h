// One way in which a method is reached by HTTP: its google.api.http rule, held against its request.
#ifndef JIEBANG_SERVICES_GATEWAY_REST_REST_RULE_H_
#define JIEBANG_SERVICES_GATEWAY_REST_REST_RULE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "google/api/http.pb.h"
#include "google/protobuf/descriptor.h"
#include "services/gateway/rest/field_path.h"
#include "services/gateway/rest/path_template.h"

namespace jiebang::gateway {

struct RestRule {
  enum class Body {
    kNone,
    kRequest,  // the whole request but for what the path names; there is no query, then
    kField,
  };

  const google::protobuf::MethodDescriptor* method = nullptr;
  std::string http_method;  // "GET"
  PathTemplate path;
  std::vector<FieldPath> variables;  // the fields of path.variables
  Body body = Body::kNone;
  FieldPath body_field;  // one field, with Body::kField

  // The rules of the method, the canonical one first. FAILED_PRECONDITION with every fault: no rule, a template that is
  // none, a field that is not there or cannot stand where the rule puts it, fields of the request that nothing could
  // set.
  static absl::StatusOr<std::vector<RestRule>> Of(const google::protobuf::MethodDescriptor& method);
};

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_REST_REST_RULE_H_
