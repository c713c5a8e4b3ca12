// Holds a JSON text against the message that it shall become, before protobuf reads it: protobuf 3.21 takes the last of
// two equal keys, a single value for a list, "true" for true and much else without a word.
#ifndef JIEBANG_SERVICES_GATEWAY_JSON_CHECK_H_
#define JIEBANG_SERVICES_GATEWAY_JSON_CHECK_H_

#include <string_view>

#include "absl/status/status.h"
#include "google/protobuf/descriptor.h"

namespace jiebang::gateway::json {

// Objects and lists within each other, the outermost counted.
inline constexpr int kMaxDepth = 64;

// `path`: of the field that the message stands in; empty: it is the request. One pass over UTF-8 that stops at the
// first fault. INVALID_ARGUMENT JSON_MALFORMED, JSON_TOO_DEEP, JSON_DUPLICATE_KEY, JSON_UNKNOWN_FIELD or
// JSON_VALUE_INVALID with the path of the field, in the names of the contract, for example
// `application.scenario_instances[2].title`.
absl::Status Check(std::string_view json, std::string_view path, const google::protobuf::Descriptor& type);

}  // namespace jiebang::gateway::json

#endif  // JIEBANG_SERVICES_GATEWAY_JSON_CHECK_H_
