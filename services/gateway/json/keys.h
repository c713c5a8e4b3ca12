// Which fields a JSON object sets, for updates that say what they change by what they send (AIP-134).
#ifndef JIEBANG_SERVICES_GATEWAY_JSON_KEYS_H_
#define JIEBANG_SERVICES_GATEWAY_JSON_KEYS_H_

#include <string_view>
#include <vector>

#include "google/protobuf/descriptor.h"

namespace jiebang::gateway::json {

// The field that a key of JSON names: by its JSON name or as in the contract; nullptr: none.
const google::protobuf::FieldDescriptor* FieldOf(const google::protobuf::Descriptor& type, std::string_view key);

// The fields of `type` that the object sets, be it to null or to their default, in the object's order. `json` is one
// that FromJson took for this type.
std::vector<const google::protobuf::FieldDescriptor*> FieldsSetBy(std::string_view json,
                                                                  const google::protobuf::Descriptor& type);

}  // namespace jiebang::gateway::json

#endif  // JIEBANG_SERVICES_GATEWAY_JSON_KEYS_H_
