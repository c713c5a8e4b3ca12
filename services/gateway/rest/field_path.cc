#include "services/gateway/rest/field_path.h"

#include <memory>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "common/status/status_macros.h"
#include "services/gateway/json/json.h"
#include "services/gateway/json/keys.h"
#include "services/gateway/json/scalars.h"

namespace jiebang::gateway {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

bool IsMessage(const FieldDescriptor& field) { return field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE; }

// As JSON would have it: what is written without quotation marks there is so few that only these two are looked for.
std::string JsonOf(const std::string& text, const FieldDescriptor& field) {
  const bool is_bool = field.cpp_type() == FieldDescriptor::CPPTYPE_BOOL;
  const bool is_number_of_enum = field.cpp_type() == FieldDescriptor::CPPTYPE_ENUM &&
                                 text.find_first_not_of("0123456789") == std::string::npos && !text.empty();
  return (is_bool && (text == "true" || text == "false")) || is_number_of_enum ? text : JsonString(text);
}

}  // namespace

std::optional<FieldPath> FindField(const Descriptor& request, std::string_view path) {
  FieldPath fields;
  const Descriptor* message = &request;
  for (const absl::string_view step : absl::StrSplit(absl::string_view(path.data(), path.size()), '.')) {
    if (message == nullptr) return std::nullopt;
    const FieldDescriptor* const field = json::FieldOf(*message, {step.data(), step.size()});
    if (field == nullptr) return std::nullopt;
    fields.push_back(field);
    message = field->is_repeated() ? nullptr : field->message_type();
  }
  return fields;
}

std::string ToString(const FieldPath& path) {
  return absl::StrJoin(path, ".",
                       [](std::string* out, const FieldDescriptor* field) { absl::StrAppend(out, field->name()); });
}

bool IsText(const FieldDescriptor& field) {
  return !IsMessage(field) || json::IsWrittenAsString(*field.message_type()) || json::IsWrapper(*field.message_type());
}

Message& HolderOf(const FieldPath& path, Message& request) {
  Message* holder = &request;
  for (std::size_t i = 0; i + 1 < path.size(); ++i) holder = holder->GetReflection()->MutableMessage(holder, path[i]);
  return *holder;
}

absl::Status SetText(const FieldPath& path, const std::string& text, Message& request) {
  const FieldDescriptor& field = *path.back();
  Message& holder = HolderOf(path, request);
  if (field.type() == FieldDescriptor::TYPE_STRING && !field.is_repeated()) {
    holder.GetReflection()->SetString(&holder, &field, text);
    return absl::OkStatus();
  }
  const std::string value = JsonOf(text, field);
  const std::unique_ptr<Message> read(holder.New());
  RETURN_IF_ERROR(FromJson(absl::StrCat("{", JsonString(field.name()), ":", field.is_repeated() ? "[" : "", value,
                                        field.is_repeated() ? "]" : "", "}"),
                           ToString({path.begin(), path.end() - 1}), *read));
  holder.MergeFrom(*read);
  return absl::OkStatus();
}

}  // namespace jiebang::gateway
