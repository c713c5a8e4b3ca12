// A field of a request by its path, as paths of URLs and parameters of queries name it.
#ifndef JIEBANG_SERVICES_GATEWAY_REST_FIELD_PATH_H_
#define JIEBANG_SERVICES_GATEWAY_REST_FIELD_PATH_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

namespace jiebang::gateway {

// The fields from the request down to the one that is meant; none but the last is repeated. Never empty.
using FieldPath = std::vector<const google::protobuf::FieldDescriptor*>;

// `path`: "unit.display_name" or "unit.displayName". Nullopt when it leads nowhere or through a list or a map.
std::optional<FieldPath> FindField(const google::protobuf::Descriptor& request, std::string_view path);

// In the names of the contract: "unit.display_name".
std::string ToString(const FieldPath& path);

// True when one text can hold a value of the field, or of one element of it: scalars, enums, and the messages that JSON
// writes as one value.
bool IsText(const google::protobuf::FieldDescriptor& field);

// The message in `request` that holds the field, made where it is not there yet.
google::protobuf::Message& HolderOf(const FieldPath& path, google::protobuf::Message& request);

// Sets the field, of which IsText is true, or adds an element to it. INVALID_ARGUMENT JSON_VALUE_INVALID with the
// field's path for what ProtoJSON would not take as the value, written as a string or as a plain number.
absl::Status SetText(const FieldPath& path, const std::string& text, google::protobuf::Message& request);

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_REST_FIELD_PATH_H_
