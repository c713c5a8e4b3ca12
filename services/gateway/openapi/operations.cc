#include "services/gateway/openapi/operations.h"

#include <set>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "common/policy/policy.h"
#include "common/status/status_macros.h"
#include "services/gateway/openapi/contract.h"
#include "services/gateway/openapi/examples.h"

namespace jiebang::gateway::openapi {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::MethodDescriptor;

constexpr char kJson[] = "application/json";
constexpr char kLines[] = "application/x-ndjson";

// "kpiReports" -> "kpiReport", "entries" -> "entry".
std::string Singular(const std::string& plural) {
  if (absl::EndsWith(plural, "ies")) return plural.substr(0, plural.size() - 3) + "y";
  return absl::EndsWith(plural, "s") ? plural.substr(0, plural.size() - 1) : plural;
}

// The package without what all have in common: "quota".
std::string AreaOf(const google::protobuf::FileDescriptor& file) {
  return std::vector<std::string>(absl::StrSplit(file.package(), '.'))[1];
}

// The variable that a segment of the template belongs to; nullptr: none.
const PathVariable* VariableAt(const PathTemplate& path, std::size_t segment) {
  const auto found = absl::c_find_if(
      path.variables, [segment](const PathVariable& v) { return v.begin <= segment && segment < v.end; });
  return found == path.variables.end() ? nullptr : &*found;
}

// The names of the parameters, "" for segments that are literals.
std::vector<std::string> ParametersOf(const PathTemplate& path) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < path.segments.size(); ++i) {
    const PathVariable* const variable = VariableAt(path, i);
    if (path.segments[i].kind == PathSegment::Kind::kLiteral) {
      names.emplace_back();
    } else if (variable != nullptr && !variable->spans_segments) {
      names.push_back(variable->field);
    } else {
      names.push_back(Singular(path.segments[i - 1].literal));
    }
  }
  return names;
}

std::string DescriptionOf(const MethodDescriptor& method, const policy::MethodPolicy& policy) {
  std::vector<std::string> paragraphs = {CommentOf(method)};
  const std::string roles = absl::StrJoin(policy.roles(), ", ", [](std::string* out, int role) {
    absl::StrAppend(out, "`", options::v1::Role_Name(static_cast<options::v1::Role>(role)), "`");
  });
  paragraphs.push_back(
      absl::StrCat("**Roles**: ", roles, ".",
                   policy.resource().empty() || policy.resource_free()
                       ? ""
                       : absl::StrCat(" An owner may call for what is its own by `", policy.resource(), "`.")));
  if (method.client_streaming()) {
    paragraphs.emplace_back("**Streams requests**: the body is one message a line (NDJSON).");
  }
  if (method.server_streaming()) {
    paragraphs.emplace_back(
        "**Streams answers**: one line a message, `{\"result\": …}`; a stream that fails ends with a line `{\"error\": "
        "…}`.");
  }
  paragraphs.push_back(absl::StrCat("gRPC and Connect: `/", method.service()->full_name(), "/", method.name(), "`."));
  return absl::StrJoin(paragraphs, "\n\n");
}

Json PathParameters(const RestRule& rule) {
  Json parameters = Json::List();
  const std::vector<std::string> names = ParametersOf(rule.path);
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i].empty()) continue;
    const PathVariable* const variable = VariableAt(rule.path, i);
    const FieldDescriptor* field = nullptr;
    for (std::size_t v = 0; v < rule.path.variables.size(); ++v) {
      if (&rule.path.variables[v] == variable) field = rule.variables[v].back();
    }
    const bool is_integer = field != nullptr && field->cpp_type() == FieldDescriptor::CPPTYPE_INT32;
    Json schema = Json::Object().Set("type", is_integer ? "integer" : "string");
    if (!is_integer) schema.Set("minLength", Json::Number(1));
    Json parameter = Json::Object();
    parameter.Set("name", names[i]).Set("in", "path").Set("required", Json::Bool(true));
    if (variable != nullptr) {
      parameter.Set("description", variable->spans_segments
                                       ? absl::StrCat("The id within `", variable->field, "`. ", CommentOf(*field))
                                       : CommentOf(*field));
    }
    parameters.Add(parameter.Set("schema", std::move(schema)));
  }
  return parameters;
}

// The fields that a query can hold, below what the path and the body do not say.
void AddQueryParameters(const google::protobuf::Descriptor& message, const RestRule& rule, const FieldPath& above,
                        Schemas& schemas, Json& parameters) {
  for (int i = 0; i < message.field_count(); ++i) {
    const FieldDescriptor& field = *message.field(i);
    FieldPath path = above;
    path.push_back(&field);
    const bool is_body = rule.body == RestRule::Body::kField && rule.body_field[0] == path[0];
    if (is_body || absl::c_linear_search(rule.variables, path) || Is(google::api::OUTPUT_ONLY, field)) continue;
    if (!IsText(field)) {
      // One level of messages: deeper ones are taken, too, but nobody would write them.
      if (above.empty() && !field.is_repeated()) {
        AddQueryParameters(*field.message_type(), rule, path, schemas, parameters);
      }
      continue;
    }
    Json parameter = Json::Object();
    parameter.Set("name", absl::StrJoin(path, ".", [](std::string* out, const FieldDescriptor* step) {
                    out->append(step->json_name());
                  }));
    parameter.Set("in", "query").Set("description", CommentOf(field));
    if (Is(google::api::REQUIRED, field)) parameter.Set("required", Json::Bool(true));
    Json schema = schemas.Value(field);
    if (field.is_repeated()) {
      schema = Json::Object().Set("type", "array").Set("items", std::move(schema));
      schema.Set("maxItems", Json::Number(LimitsOf(field).max_items()));
    }
    parameters.Add(parameter.Set("schema", std::move(schema)));
  }
}

Json Content(const std::string& media_type, Json schema) {
  return Json::Object().Set(media_type, Json::Object().Set("schema", std::move(schema)));
}

bool IsSetByUpdates(const FieldDescriptor& field) {
  return !Is(google::api::OUTPUT_ONLY, field) && !Is(google::api::IDENTIFIER, field) &&
         !Is(google::api::IMMUTABLE, field) && field.name() != "etag";
}

Json BodyOf(const MethodDescriptor& method, const RestRule& rule, Schemas& schemas) {
  const google::protobuf::Descriptor& request = *method.input_type();
  Json schema = Json::Object();
  Json example = Json::Object();
  std::string description;
  if (rule.body == RestRule::Body::kRequest) {
    std::set<const FieldDescriptor*> elsewhere;
    for (const FieldPath& path : rule.variables) {
      if (path.size() == 1) elsewhere.insert(path[0]);
    }
    schema = schemas.RefToBody(request, elsewhere);
    example = ExampleOf(request, [&](const FieldDescriptor& field) {
      return !elsewhere.contains(&field) && !Is(google::api::OUTPUT_ONLY, field) && field.name() != "etag";
    });
  } else {
    const google::protobuf::Descriptor& resource = *rule.body_field[0]->message_type();
    const bool is_patch = rule.http_method == "PATCH";
    schema = is_patch ? schemas.RefToPatch(resource) : schemas.Ref(resource);
    // What is made below a parent gets its id beside the resource, in the query.
    const bool has_parent = !rule.variables.empty() && rule.variables[0].size() == 1;
    example = ExampleOf(resource, [&](const FieldDescriptor& field) {
      if (has_parent && Is(google::api::IDENTIFIER, field)) return false;
      return is_patch ? IsSetByUpdates(field) : !Is(google::api::OUTPUT_ONLY, field) && field.name() != "etag";
    });
    description = CommentOf(*rule.body_field[0]);
  }
  const std::string media_type = method.client_streaming() ? kLines : kJson;
  Json content = Json::Object().Set("schema", std::move(schema));
  // A linter takes a text of lines for one value.
  if (!method.client_streaming()) content.Set("example", std::move(example));
  Json body = Json::Object();
  if (!description.empty()) body.Set("description", description);
  body.Set("required", Json::Bool(true));
  return body.Set("content", Json::Object().Set(media_type, std::move(content)));
}

Json ResponsesOf(const MethodDescriptor& method, Schemas& schemas) {
  Json answer = schemas.Ref(*method.output_type());
  std::string description = CommentOf(*method.output_type());
  if (description.empty()) description = "The answer.";
  Json content = Json::Object();
  if (method.server_streaming()) {
    Json error = Json::Object().Set("$ref", "#/components/schemas/Error");
    Json result = Json::Object().Set("type", "object");
    result.Set("properties", Json::Object().Set("result", std::move(answer)));
    result.Set("required", Json::List().Add(Json::Text("result")));
    content = Content(kLines, Json::Object().Set("oneOf", Json::List().Add(std::move(result)).Add(std::move(error))));
  } else {
    content = Content(kJson, std::move(answer));
  }
  const Json failed = Json::Object().Set("$ref", "#/components/responses/Error");
  Json responses = Json::Object();
  responses.Set("200", Json::Object().Set("description", description).Set("content", std::move(content)));
  return responses.Set("4XX", failed).Set("5XX", failed);
}

Json OperationOf(const MethodDescriptor& method, const RestRule& rule, const policy::MethodPolicy& policy,
                 Schemas& schemas) {
  Json operation = Json::Object();
  operation.Set("operationId", absl::StrCat(AreaOf(*method.file()), "_", method.name()));
  operation.Set("tags", Json::List().Add(Json::Text(TagOf(*method.service()))));
  operation.Set("summary", FirstSentence(CommentOf(method)));
  operation.Set("description", DescriptionOf(method, policy));
  Json parameters = PathParameters(rule);
  if (rule.body != RestRule::Body::kRequest) AddQueryParameters(*method.input_type(), rule, {}, schemas, parameters);
  if (!parameters.is_empty()) operation.Set("parameters", std::move(parameters));
  if (rule.body != RestRule::Body::kNone) operation.Set("requestBody", BodyOf(method, rule, schemas));
  operation.Set("responses", ResponsesOf(method, schemas));
  Json roles = Json::List();
  for (const int role : policy.roles()) {
    roles.Add(Json::Text(options::v1::Role_Name(static_cast<options::v1::Role>(role))));
  }
  if (absl::c_linear_search(policy.roles(), options::v1::ROLE_PUBLIC)) operation.Set("security", Json::List());
  if (policy.urgency() == options::v1::URGENCY_DECISION) operation.Set("x-jiebang-urgency", "URGENCY_DECISION");
  return operation.Set("x-jiebang-roles", std::move(roles))
      .Set("x-jiebang-method", absl::StrCat("/", method.service()->full_name(), "/", method.name()));
}

}  // namespace

std::string PathOf(const RestRule& rule) {
  const std::vector<std::string> names = ParametersOf(rule.path);
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    absl::StrAppend(&text, "/", names[i].empty() ? rule.path.segments[i].literal : absl::StrCat("{", names[i], "}"));
  }
  return rule.path.verb.empty() ? text : absl::StrCat(text, ":", rule.path.verb);
}

absl::Status AddOperations(const MethodDescriptor& method, Schemas& schemas, Json& paths) {
  ASSIGN_OR_RETURN(const policy::MethodPolicy* const policy, policy::PolicyOf(method));
  ASSIGN_OR_RETURN(const std::vector<RestRule> rules, RestRule::Of(method));
  const RestRule& rule = rules.front();
  paths[PathOf(rule)].Set(absl::AsciiStrToLower(rule.http_method), OperationOf(method, rule, *policy, schemas));
  return absl::OkStatus();
}

std::string TagOf(const google::protobuf::ServiceDescriptor& service) {
  return absl::StrCat(AreaOf(*service.file()), " ", service.name());
}

}  // namespace jiebang::gateway::openapi
