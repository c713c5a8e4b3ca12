// Writes the OpenAPI document of the REST surface, at build time:
//   openapi-generator DESCRIPTOR_SET PARTS_FOLDER OUTPUT
// DESCRIPTOR_SET: of protoc, with imports and source information. PARTS_FOLDER: what no contract says (parts/).
#include <fstream>
#include <iostream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/descriptor.pb.h"
#include "services/gateway/openapi/contract.h"
#include "services/gateway/openapi/document.h"
#include "services/gateway/openapi/operations.h"
#include "services/gateway/openapi/schemas.h"

namespace jiebang::gateway::openapi {
namespace {

using google::protobuf::DescriptorPool;
using google::protobuf::ServiceDescriptor;

absl::StatusOr<std::string> Read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return absl::NotFoundError("cannot read " + path);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

// What errors carry: no contract's message holds them, since they travel in an Any.
constexpr const char* kDetails[] = {"ErrorInfo",           "LocalizedMessage", "BadRequest",
                                    "PreconditionFailure", "QuotaFailure",     "RetryInfo"};

Json DetailSchema(const google::protobuf::Descriptor& detail, Schemas& schemas) {
  Json type = Json::Object().Set("const", "type.googleapis.com/" + detail.full_name());
  Json named = Json::Object().Set("type", "object");
  named.Set("properties", Json::Object().Set("@type", std::move(type)));
  named.Set("required", Json::List().Add(Json::Text("@type")));
  return Json::Object().Set("allOf", Json::List().Add(std::move(named)).Add(schemas.Ref(detail)));
}

absl::StatusOr<std::vector<const ServiceDescriptor*>> ServicesOf(const std::string& descriptor_set,
                                                                 DescriptorPool& pool) {
  google::protobuf::FileDescriptorSet files;
  if (!files.ParseFromString(descriptor_set)) return absl::InvalidArgumentError("not a descriptor set");
  std::vector<const ServiceDescriptor*> services;
  for (const google::protobuf::FileDescriptorProto& proto : files.file()) {
    const auto* const file = pool.BuildFile(proto);
    if (file == nullptr) return absl::InvalidArgumentError("does not build: " + proto.name());
    if (!absl::StartsWith(proto.name(), "jiebang/")) continue;
    for (int i = 0; i < file->service_count(); ++i) services.push_back(file->service(i));
  }
  return services;
}

absl::StatusOr<Json> DocumentOf(const std::vector<const ServiceDescriptor*>& services, const DescriptorPool& pool,
                                const std::string& parts) {
  Schemas schemas;
  for (const ServiceDescriptor* const service : services) {
    for (int i = 0; i < service->method_count(); ++i) schemas.TakeFromCallers(*service->method(i)->input_type());
  }
  Json tags = Json::List();
  Json paths = Json::Object();
  for (const ServiceDescriptor* const service : services) {
    tags.Add(Json::Object().Set("name", TagOf(*service)).Set("description", CommentOf(*service)));
    for (int i = 0; i < service->method_count(); ++i) {
      RETURN_IF_ERROR(AddOperations(*service->method(i), schemas, paths));
    }
  }
  ASSIGN_OR_RETURN(const std::string token_tag, Read(parts + "/token_tag.json"));
  ASSIGN_OR_RETURN(const std::string token, Read(parts + "/token_path.json"));
  tags.Add(Json::Raw(token_tag));
  paths.Set("/oauth2/token", Json::Raw(token));

  Json details = Json::List();
  for (const char* const name : kDetails) {
    details.Add(DetailSchema(*pool.FindMessageTypeByName(absl::StrCat("google.rpc.", name)), schemas));
  }
  ASSIGN_OR_RETURN(const std::string introduction, Read(parts + "/introduction.md"));
  ASSIGN_OR_RETURN(const std::string responses, Read(parts + "/responses.json"));
  ASSIGN_OR_RETURN(const std::string error, Read(parts + "/error_schema.json"));
  ASSIGN_OR_RETURN(const std::string security_schemes, Read(parts + "/security_schemes.json"));
  ASSIGN_OR_RETURN(const std::string security, Read(parts + "/security.json"));

  Json all_schemas = schemas.All();
  all_schemas.Set("Error", Json::Raw(error));
  all_schemas.Set("ErrorDetail", Json::Object().Set("anyOf", std::move(details)));

  Json license = Json::Object().Set("name", "Apache-2.0").Set("identifier", "Apache-2.0");
  Json info = Json::Object().Set("title", "揭榜 Jiebang").Set("version", "1");
  info.Set(
      "summary",
      "智能制造项目的申报、推荐、评审、公示与能力成熟度评估 · Applications, recommendations, reviews, public lists and "
      "maturity assessments of smart-manufacturing programmes");
  info.Set("description", introduction).Set("license", std::move(license));

  Json document = Json::Object().Set("openapi", "3.1.0").Set("info", std::move(info));
  document.Set("servers", Json::List().Add(Json::Object().Set("url", "/").Set("description", "This gateway")));
  document.Set("security", Json::Raw(security)).Set("tags", std::move(tags)).Set("paths", std::move(paths));
  Json components = Json::Object().Set("schemas", std::move(all_schemas));
  components.Set("responses", Json::Raw(responses)).Set("securitySchemes", Json::Raw(security_schemes));
  return document.Set("components", std::move(components));
}

absl::Status Generate(const std::string& descriptor_set, const std::string& parts, const std::string& output) {
  ASSIGN_OR_RETURN(const std::string bytes, Read(descriptor_set));
  DescriptorPool pool;
  ASSIGN_OR_RETURN(const std::vector<const ServiceDescriptor*> services, ServicesOf(bytes, pool));
  ASSIGN_OR_RETURN(const Json document, DocumentOf(services, pool, parts));
  std::ofstream file(output, std::ios::binary | std::ios::trunc);
  file << document.ToString();
  file.close();
  return file ? absl::OkStatus() : absl::UnavailableError("cannot write " + output);
}

}  // namespace
}  // namespace jiebang::gateway::openapi

int main(int argc, char** argv) {
  if (argc != 4) {
    std::cerr << "usage: openapi-generator DESCRIPTOR_SET PARTS_FOLDER OUTPUT\n";
    return 2;
  }
  const absl::Status generated = jiebang::gateway::openapi::Generate(argv[1], argv[2], argv[3]);
  if (generated.ok()) return 0;
  std::cerr << "openapi-generator: " << generated << "\n";
  return 1;
}
