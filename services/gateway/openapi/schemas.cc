#include "services/gateway/openapi/schemas.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "services/gateway/json/scalars.h"
#include "services/gateway/openapi/contract.h"

namespace jiebang::gateway::openapi {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::EnumDescriptor;
using google::protobuf::FieldDescriptor;

Json Type(const std::string& type, const std::string& format = "") {
  Json schema = Json::Object().Set("type", type);
  if (!format.empty()) schema.Set("format", format);
  return schema;
}

bool IsWide(const FieldDescriptor& field) {
  return field.cpp_type() == FieldDescriptor::CPPTYPE_INT64 || field.cpp_type() == FieldDescriptor::CPPTYPE_UINT64;
}

Json RefTo(const std::string& name) { return Json::Object().Set("$ref", "#/components/schemas/" + name); }

}  // namespace

void Schemas::TakeFromCallers(const Descriptor& request) {
  if (!sent_.insert(&request).second) return;
  for (int i = 0; i < request.field_count(); ++i) {
    const FieldDescriptor& field = *request.field(i);
    if (field.message_type() != nullptr && !Is(google::api::OUTPUT_ONLY, field)) {
      TakeFromCallers(*field.message_type());
    }
  }
}

Json Schemas::Ref(const Descriptor& message) { return RefAs(message.full_name(), message, {}, false); }

Json Schemas::RefToBody(const Descriptor& message, const Fields& elsewhere) {
  return elsewhere.empty() ? Ref(message) : RefAs(message.full_name() + ".Body", message, elsewhere, false);
}

Json Schemas::RefToPatch(const Descriptor& message) { return RefAs(message.full_name() + ".Patch", message, {}, true); }

Json Schemas::RefAs(const std::string& name, const Descriptor& message, const Fields& elsewhere, bool is_patch) {
  // Held before it is made: a message may hold itself.
  if (schemas_.emplace(name, Json::Object()).second) {
    Json schema = Object(message, elsewhere, is_patch);
    schemas_.at(name) = std::move(schema);
  }
  return RefTo(name);
}

Json Schemas::Object(const Descriptor& message, const Fields& elsewhere, bool is_patch) {
  Json schema = Type("object");
  if (const std::string comment = CommentOf(message); !comment.empty()) schema.Set("description", comment);
  Json properties = Json::Object();
  Json required = Json::List();
  for (int i = 0; i < message.field_count(); ++i) {
    const FieldDescriptor& field = *message.field(i);
    if (elsewhere.contains(&field)) continue;
    properties.Set(field.json_name(), Field(field));
    if (Is(google::api::REQUIRED, field) && !is_patch) required.Add(Json::Text(field.json_name()));
  }
  if (!properties.is_empty()) schema.Set("properties", std::move(properties));
  if (!required.is_empty()) schema.Set("required", std::move(required));
  return schema;
}

Json Schemas::RefToEnum(const EnumDescriptor& type) {
  if (!schemas_.contains(type.full_name())) {
    Json values = Json::List();
    std::string description = CommentOf(type);
    for (int i = 0; i < type.value_count(); ++i) {
      const google::protobuf::EnumValueDescriptor& value = *type.value(i);
      values.Add(Json::Text(value.name()));
      absl::StrAppend(&description, i == 0 ? "\n\n" : "\n", "- `", value.name(), "` (", value.number(),
                      "): ", CommentOf(value));
    }
    Json schema = Type("string");
    schema.Set("description", description).Set("enum", std::move(values));
    schemas_.emplace(type.full_name(), std::move(schema));
  }
  return RefTo(type.full_name());
}

bool Schemas::IsSent(const FieldDescriptor& field) const {
  return sent_.contains(field.containing_type()) && !Is(google::api::OUTPUT_ONLY, field);
}

Json Schemas::Field(const FieldDescriptor& field) {
  const options::v1::FieldLimits limits = LimitsOf(field);
  Json schema = Json::Object();
  if (field.is_map()) {
    schema = Type("object").Set("additionalProperties", Value(*field.message_type()->map_value()));
    if (IsSent(field)) schema.Set("maxProperties", Json::Number(limits.max_items()));
  } else if (field.is_repeated()) {
    schema = Type("array").Set("items", Value(field));
    if (IsSent(field)) schema.Set("maxItems", Json::Number(limits.max_items()));
  } else {
    schema = Value(field);
  }
  std::string description = CommentOf(field);
  if (Is(google::api::IMMUTABLE, field)) absl::StrAppend(&description, "\n\nNo update changes it.");
  if (const auto* const oneof = field.real_containing_oneof()) {
    absl::StrAppend(&description, "\n\nAt most one of the fields of `", oneof->name(), "` is set.");
  }
  if (!description.empty()) schema.Set("description", description);
  if (Is(google::api::OUTPUT_ONLY, field)) schema.Set("readOnly", Json::Bool(true));
  if (field.options().deprecated()) schema.Set("deprecated", Json::Bool(true));
  return schema;
}

Json Schemas::Value(const FieldDescriptor& field) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_BOOL:
      return Type("boolean");
    case FieldDescriptor::CPPTYPE_FLOAT:
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return Type("number", field.cpp_type() == FieldDescriptor::CPPTYPE_FLOAT ? "float" : "double");
    case FieldDescriptor::CPPTYPE_ENUM:
      return RefToEnum(*field.enum_type());
    case FieldDescriptor::CPPTYPE_STRING:
      return TextValue(field);
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return MessageValue(*field.message_type());
    default:
      return IntegerValue(field);
  }
}

Json Schemas::TextValue(const FieldDescriptor& field) {
  const options::v1::FieldLimits limits = LimitsOf(field);
  Json schema = Type("string");
  if (field.type() == FieldDescriptor::TYPE_BYTES) {
    schema.Set("contentEncoding", "base64");
    if (IsSent(field)) schema.Set("maxLength", Json::Number((std::int64_t{limits.max_bytes()} + 2) / 3 * 4));
    return schema;
  }
  if (!IsSent(field)) return schema;
  const bool is_required = Is(google::api::REQUIRED, field);
  if (is_required && !field.is_repeated()) schema.Set("minLength", Json::Number(1));
  schema.Set("maxLength", Json::Number(limits.max_length()));
  // An empty text is a field that is not set, which no pattern is about.
  if (!limits.pattern().empty()) {
    schema.Set("pattern", absl::StrCat("^(?:", limits.pattern(), is_required ? ")$" : ")?$"));
  }
  return schema;
}

Json Schemas::IntegerValue(const FieldDescriptor& field) {
  const options::v1::FieldLimits limits = LimitsOf(field);
  if (IsWide(field)) {
    // A number of JSON is a double to most who read it, and these may have more digits.
    const bool is_signed = field.cpp_type() == FieldDescriptor::CPPTYPE_INT64;
    Json schema = Type("string", is_signed ? "int64" : "uint64");
    schema.Set("pattern", is_signed ? "^-?[0-9]+$" : "^[0-9]+$");
    if (IsSent(field) && limits.has_minimum()) schema.Set("x-minimum", Json::Number(limits.minimum()));
    if (IsSent(field) && limits.has_maximum()) schema.Set("x-maximum", Json::Number(limits.maximum()));
    return schema;
  }
  const bool is_signed = field.cpp_type() == FieldDescriptor::CPPTYPE_INT32;
  Json schema = Type("integer", is_signed ? "int32" : "uint32");
  if (IsSent(field) && limits.has_minimum()) schema.Set("minimum", Json::Number(limits.minimum()));
  if (IsSent(field) && limits.has_maximum()) schema.Set("maximum", Json::Number(limits.maximum()));
  return schema;
}

Json Schemas::MessageValue(const Descriptor& message) {
  if (message.full_name() == "google.protobuf.Timestamp") return Type("string", "date-time");
  if (message.full_name() == "google.protobuf.Duration") {
    return Type("string").Set("pattern", R"(^-?[0-9]+(\.[0-9]{1,9})?s$)");
  }
  if (message.full_name() == "google.protobuf.FieldMask") return Type("string");
  if (message.full_name() == "google.protobuf.Any") {
    return Type("object")
        .Set("properties", Json::Object().Set("@type", Type("string")))
        .Set("additionalProperties", Json::Bool(true));
  }
  if (json::IsWrapper(message)) return Value(*message.FindFieldByName("value"));
  return Ref(message);
}

Json Schemas::All() const {
  Json all = Json::Object();
  for (const auto& [name, schema] : schemas_) all.Set(name, schema);
  return all;
}

}  // namespace jiebang::gateway::openapi
