// How a request of HTTP becomes the message of its method.
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "common/errors/error.h"
#include "common/status/status_macros.h"
#include "google/api/field_behavior.pb.h"
#include "google/protobuf/field_mask.pb.h"
#include "services/gateway/json/json.h"
#include "services/gateway/json/keys.h"
#include "services/gateway/rest/percent.h"
#include "services/gateway/rest/rest_routes.h"

namespace jiebang::gateway {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

absl::Status BodyUnwanted(const RestRule& rule) {
  return MalformedField("", absl::StrCat(rule.http_method, " has no body here: the path and the query say it all."),
                        absl::StrCat("此处 ", rule.http_method, " 不带请求体，参数均在路径和查询串中。"),
                        "BODY_UNWANTED");
}

absl::Status QueryMalformed(absl::string_view parameter) {
  return MalformedField("", absl::StrCat("Not a parameter in percent-encoded UTF-8: ", parameter),
                        absl::StrCat("查询参数不是百分号编码的 UTF-8：", parameter), "QUERY_MALFORMED");
}

absl::Status ParameterUnknown(const std::string& name) {
  return MalformedField(name, absl::StrCat("The query has no parameter ", name, " here."),
                        absl::StrCat("此处没有查询参数 ", name, "。"), "QUERY_PARAMETER_UNKNOWN");
}

absl::Status ParameterRepeated(const std::string& name) {
  return MalformedField(name, absl::StrCat(name, " is set already."), absl::StrCat(name, " 重复设置。"),
                        "QUERY_PARAMETER_REPEATED");
}

absl::Status PathBodyConflict(const std::string& field) {
  return MalformedField(field, absl::StrCat(field, " is not the same in the path and in the body."),
                        absl::StrCat("路径与请求体中的 ", field, " 不一致。"), "PATH_BODY_CONFLICT");
}

absl::Status BindBody(const RestRule& rule, std::string_view body, Message& request) {
  if (body.empty()) return absl::OkStatus();
  if (rule.body == RestRule::Body::kNone) return BodyUnwanted(rule);
  if (rule.body == RestRule::Body::kRequest) return FromJson(body, request);
  const FieldDescriptor& field = *rule.body_field.back();
  return FromJson(body, field.name(), *request.GetReflection()->MutableMessage(&request, &field));
}

// True for what the path or the body says: the query cannot say it, too.
bool IsSaidElsewhere(const RestRule& rule, const FieldPath& path) {
  if (rule.body == RestRule::Body::kRequest) return true;
  if (rule.body == RestRule::Body::kField && rule.body_field[0] == path[0]) return true;
  return absl::c_linear_search(rule.variables, path);
}

// What may be set once: a field, or one of those that a oneof holds.
FieldPath WhatIsSetOnce(FieldPath path) {
  if (const auto* const oneof = path.back()->real_containing_oneof()) path.back() = oneof->field(0);
  return path;
}

absl::Status BindQuery(const RestRule& rule, std::string_view query, Message& request) {
  std::set<FieldPath> seen;
  for (const absl::string_view parameter :
       absl::StrSplit(absl::string_view(query.data(), query.size()), '&', absl::SkipEmpty())) {
    const std::pair<absl::string_view, absl::string_view> halves = absl::StrSplit(parameter, absl::MaxSplits('=', 1));
    const std::optional<std::string> name = DecodeQuery({halves.first.data(), halves.first.size()});
    const std::optional<std::string> value = DecodeQuery({halves.second.data(), halves.second.size()});
    if (!name || !value) return QueryMalformed(parameter);
    const std::optional<FieldPath> path = FindField(*rule.method->input_type(), *name);
    if (!path || !IsText(*path->back()) || IsSaidElsewhere(rule, *path)) return ParameterUnknown(*name);
    if (!path->back()->is_repeated() && !seen.insert(WhatIsSetOnce(*path)).second) return ParameterRepeated(*name);
    RETURN_IF_ERROR(SetText(*path, *value, request));
  }
  return absl::OkStatus();
}

// The path says what is acted on, and it is what was authorised and logged by others on the way here.
absl::Status BindPath(const RestMatch& match, Message& request) {
  for (std::size_t i = 0; i < match.values.size(); ++i) {
    const FieldPath& path = match.rule->variables[i];
    const std::unique_ptr<Message> said(request.New());
    RETURN_IF_ERROR(SetText(path, match.values[i], *said));
    Message& holder = HolderOf(path, request);
    const Message& holder_said = HolderOf(path, *said);
    const bool has_it = holder.GetReflection()->HasField(holder, path.back());
    const std::unique_ptr<Message> merged(holder.New());
    merged->CopyFrom(holder);
    merged->MergeFrom(holder_said);
    if (has_it && merged->SerializeAsString() != holder.SerializeAsString()) return PathBodyConflict(ToString(path));
    holder.MergeFrom(holder_said);
  }
  return absl::OkStatus();
}

bool IsChangeable(const FieldDescriptor& field) {
  const auto& behaviours = field.options();
  for (int i = 0; i < behaviours.ExtensionSize(google::api::field_behavior); ++i) {
    const google::api::FieldBehavior behaviour = behaviours.GetExtension(google::api::field_behavior, i);
    if (behaviour == google::api::OUTPUT_ONLY || behaviour == google::api::IMMUTABLE ||
        behaviour == google::api::IDENTIFIER) {
      return false;
    }
  }
  return field.name() != "etag";
}

void BindUpdateMask(const RestRule& rule, std::string_view body, Message& request) {
  if (rule.http_method != "PATCH" || rule.body != RestRule::Body::kField) return;
  const FieldDescriptor* const mask_field = request.GetDescriptor()->FindFieldByName("update_mask");
  if (mask_field == nullptr || request.GetReflection()->HasField(request, mask_field)) return;
  google::protobuf::FieldMask mask;
  for (const FieldDescriptor* const field : json::FieldsSetBy(body, *rule.body_field.back()->message_type())) {
    if (IsChangeable(*field)) mask.add_paths(field->name());
  }
  // Parsed rather than copied: a request may be of a type that exists only at run time.
  if (!mask.paths().empty()) {
    request.GetReflection()->MutableMessage(&request, mask_field)->ParseFromString(mask.SerializeAsString());
  }
}

}  // namespace

absl::Status Bind(const RestMatch& match, std::string_view query, std::string_view body, Message& request) {
  const RestRule& rule = *match.rule;
  RETURN_IF_ERROR(BindBody(rule, body, request));
  RETURN_IF_ERROR(BindQuery(rule, query, request));
  RETURN_IF_ERROR(BindPath(match, request));
  BindUpdateMask(rule, body, request);
  return absl::OkStatus();
}

}  // namespace jiebang::gateway
