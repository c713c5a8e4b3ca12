#include "services/gateway/rest/rest_rule.h"

#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "google/api/annotations.pb.h"

namespace jiebang::gateway {
namespace {

using google::api::HttpRule;
using google::protobuf::FieldDescriptor;
using google::protobuf::MethodDescriptor;

struct Pattern {
  std::string http_method;
  std::string path;
};

Pattern PatternOf(const HttpRule& rule) {
  switch (rule.pattern_case()) {
    case HttpRule::kGet:
      return {"GET", rule.get()};
    case HttpRule::kPut:
      return {"PUT", rule.put()};
    case HttpRule::kPost:
      return {"POST", rule.post()};
    case HttpRule::kDelete:
      return {"DELETE", rule.delete_()};
    case HttpRule::kPatch:
      return {"PATCH", rule.patch()};
    default:
      return {rule.custom().kind(), rule.custom().path()};
  }
}

// Reads one rule and collects what is wrong with it.
class Reader {
 public:
  Reader(const MethodDescriptor& method, std::vector<std::string>& faults) : method_(method), faults_(faults) {}

  RestRule Read(const HttpRule& http) {
    const Pattern pattern = PatternOf(http);
    RestRule rule{.method = &method_, .http_method = pattern.http_method};
    absl::StatusOr<PathTemplate> path = PathTemplate::Parse(pattern.path);
    if (path.ok()) {
      rule.path = *std::move(path);
    } else {
      Fault(path.status().message());
    }
    if (!http.response_body().empty()) Fault("response_body is nothing that is done here");
    ReadVariables(rule);
    ReadBody(http.body(), rule);
    if (rule.body != RestRule::Body::kRequest) CheckQuery(rule);
    return rule;
  }

 private:
  void ReadVariables(RestRule& rule) {
    for (const PathVariable& variable : rule.path.variables) {
      std::optional<FieldPath> field = FindField(*method_.input_type(), variable.field);
      if (!field || ToString(*field) != variable.field) {
        Fault(absl::StrCat("no field ", variable.field));
      } else if (field->back()->is_repeated() || field->back()->message_type() != nullptr) {
        Fault(absl::StrCat(variable.field, " is no single value, which a path can hold"));
      } else if (variable.spans_segments && field->back()->type() != FieldDescriptor::TYPE_STRING) {
        Fault(absl::StrCat(variable.field, " is no string, which a part of a path is"));
      } else {
        rule.variables.push_back(*std::move(field));
      }
    }
  }

  void ReadBody(const std::string& body, RestRule& rule) {
    if (body.empty()) return;
    if (rule.http_method == "GET" || rule.http_method == "DELETE") Fault(rule.http_method + " has no body");
    if (body == "*") {
      rule.body = RestRule::Body::kRequest;
      return;
    }
    const FieldDescriptor* const field = method_.input_type()->FindFieldByName(body);
    if (field == nullptr || field->is_repeated() || field->message_type() == nullptr) {
      return Fault(absl::StrCat("the body ", body, " is no message in the request"));
    }
    rule.body = RestRule::Body::kField;
    rule.body_field = {field};
  }

  // What is neither in the path nor in the body has to fit into a query.
  void CheckQuery(const RestRule& rule) {
    for (int i = 0; i < method_.input_type()->field_count(); ++i) {
      const FieldDescriptor& field = *method_.input_type()->field(i);
      const bool is_in_path = absl::c_any_of(rule.variables, [&](const FieldPath& path) { return path[0] == &field; });
      const bool is_body = rule.body == RestRule::Body::kField && rule.body_field[0] == &field;
      if (!is_in_path && !is_body && field.is_repeated() && !IsText(field)) {
        Fault(absl::StrCat(field.name(), " is a list of messages, which no query can hold"));
      }
    }
  }

  void Fault(absl::string_view what) { faults_.push_back(absl::StrCat(method_.full_name(), ": ", what)); }

  const MethodDescriptor& method_;
  std::vector<std::string>& faults_;
};

}  // namespace

absl::StatusOr<std::vector<RestRule>> RestRule::Of(const MethodDescriptor& method) {
  if (!method.options().HasExtension(google::api::http)) {
    return absl::FailedPreconditionError(absl::StrCat(method.full_name(), ": it has no google.api.http rule"));
  }
  const HttpRule& http = method.options().GetExtension(google::api::http);
  std::vector<std::string> faults;
  Reader reader(method, faults);
  std::vector<RestRule> rules = {reader.Read(http)};
  for (const HttpRule& additional : http.additional_bindings()) rules.push_back(reader.Read(additional));
  if (!faults.empty()) return absl::FailedPreconditionError(absl::StrJoin(faults, "; "));
  return rules;
}

}  // namespace jiebang::gateway
