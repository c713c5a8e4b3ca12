// Whether a token of JSON is a value of a scalar type (the ProtoJSON mapping of protobuf's documentation), more
// strictly than protobuf 3.21 reads it: a number may not lose digits, a boolean is no string, an enum's value has one
// spelling.
#ifndef JIEBANG_SERVICES_GATEWAY_JSON_SCALARS_H_
#define JIEBANG_SERVICES_GATEWAY_JSON_SCALARS_H_

#include <optional>
#include <string>
#include <string_view>

#include "google/protobuf/descriptor.h"
#include "services/gateway/json/lexer.h"

namespace jiebang::gateway::json {

// What a value should have been.
struct Mismatch {
  std::string en;
  std::string zh;
};

// Nullopt when the token is a value of the field's type, which is neither a message nor a group. Whether the field is
// repeated does not matter.
std::optional<Mismatch> MismatchOf(const Token& token, const google::protobuf::FieldDescriptor& field);

// Nullopt when the text is a key of the map whose key field this is.
std::optional<Mismatch> MismatchOfKey(std::string_view text, const google::protobuf::FieldDescriptor& key);

// The messages that JSON writes as a string: Timestamp (RFC 3339), Duration ("1.5s"), FieldMask ("title,unit.name").
// True for these types.
bool IsWrittenAsString(const google::protobuf::Descriptor& type);
// `token`: of such a message.
std::optional<Mismatch> MismatchOfText(const Token& token, const google::protobuf::Descriptor& type);

// google.protobuf.StringValue and its like: JSON writes the value alone.
bool IsWrapper(const google::protobuf::Descriptor& type);

}  // namespace jiebang::gateway::json

#endif  // JIEBANG_SERVICES_GATEWAY_JSON_SCALARS_H_
