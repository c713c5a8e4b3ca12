// Messages as JSON, for both of the gateway's HTTP surfaces: the ProtoJSON mapping, read strictly.
#ifndef JIEBANG_SERVICES_GATEWAY_JSON_JSON_H_
#define JIEBANG_SERVICES_GATEWAY_JSON_JSON_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "google/protobuf/message.h"

namespace jiebang::gateway {

// A request of the suite has at most rpc::kMaxMessageBytes; as JSON, with its names and in base64, it has more.
inline constexpr std::size_t kMaxJsonBytes = 8 << 20;

// Replaces `message` by what `json` says: keys in lowerCamelCase or as in the contract, 64-bit integers as numbers or
// strings, enums by name or number, bytes in either base64, null for a field that is not set. `message` is undefined
// after an error.
//
// INVALID_ARGUMENT with a violation of the field concerned: JSON_TOO_LARGE, JSON_NOT_UTF8, JSON_MALFORMED (RFC 8259,
// with line and byte; half a surrogate pair, too), JSON_TOO_DEEP, JSON_DUPLICATE_KEY (two spellings of one field, too),
// JSON_UNKNOWN_FIELD, JSON_VALUE_INVALID.
absl::Status FromJson(std::string_view json, google::protobuf::Message& message);

// As above, where `message` stands in a field of a request: the violations name its fields below `path`, e.g. "unit".
absl::Status FromJson(std::string_view json, std::string_view path, google::protobuf::Message& message);

// Names in lowerCamelCase, enums by name, 64-bit integers as strings, no fields that are not set, text as it is (what
// is no ASCII is not escaped), no white space. INTERNAL when an Any within is of a type that this process does not
// know.
absl::StatusOr<std::string> ToJson(const google::protobuf::Message& message);

// `text` as a string of JSON, in its quotation marks. `text` is UTF-8.
std::string JsonString(std::string_view text);

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_JSON_JSON_H_
