// The examples of the document, as a caller would send them.
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "common/testing/status_matchers.h"
#include "google/protobuf/dynamic_message.h"
#include "google/protobuf/struct.pb.h"
#include "google/protobuf/util/json_util.h"
#include "gtest/gtest.h"
#include "services/gateway/openapi/pages.h"
#include "services/gateway/rest/rest_routes.h"

namespace jiebang::gateway {
namespace {

using google::protobuf::Struct;

constexpr const char* kServices[] = {"application.v1.ApplicationService", "application.v1.ExportService",
                                     "application.v1.JournalService",     "maturity.v1.InsightService",
                                     "maturity.v1.JournalService",        "maturity.v1.KpiService",
                                     "maturity.v1.MaturityService",       "maturity.v1.ObjectService",
                                     "publiclist.v1.JournalService",      "publiclist.v1.PublicListService",
                                     "quota.v1.JournalService",           "quota.v1.QuotaService",
                                     "quota.v1.WebhookService",           "rehearsal.v1.RehearsalService",
                                     "review.v1.JournalService",          "review.v1.ReviewService"};

const Struct& At(const Struct& object, const std::string& key) { return object.fields().at(key).struct_value(); }

// "/v1/units/{unit}" with something for each parameter that a number is, too.
std::string Filled(const std::string& path) {
  std::vector<std::string> segments = absl::StrSplit(path, '/');
  for (std::string& segment : segments) {
    if (segment.starts_with('{')) segment = absl::StrCat("1", segment.substr(segment.find('}') + 1));
  }
  return absl::StrJoin(segments, "/");
}

TEST(ExampleBodiesTest, FitTheirMethods) {
  std::vector<Backend> backends;
  for (const char* const service : kServices) backends.push_back({absl::StrCat("jiebang.", service), nullptr});
  ASSERT_OK_AND_ASSIGN(const Routes routes, Routes::To(backends));
  ASSERT_OK_AND_ASSIGN(const RestRoutes rest, RestRoutes::Of(routes));
  Struct document;
  ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(std::string(OpenApiJson()), &document).ok());

  int bound = 0;
  std::size_t found = 0;
  for (const auto& [path, methods] : At(document, "paths").fields()) {
    for (const auto& [http_method, operation] : methods.struct_value().fields()) {
      if (path == "/oauth2/token") continue;
      ASSERT_OK_AND_ASSIGN(const RestMatch match, rest.Match(absl::AsciiStrToUpper(http_method), Filled(path)));
      EXPECT_EQ(operation.struct_value().fields().at("x-jiebang-method").string_value(), match.route->path);
      ++found;
      if (!operation.struct_value().fields().contains("requestBody")) continue;
      const Struct& content = At(At(operation.struct_value(), "requestBody"), "content");
      if (!content.fields().contains("application/json")) continue;
      std::string body;
      ASSERT_TRUE(
          google::protobuf::util::MessageToJsonString(At(At(content, "application/json"), "example"), &body).ok());
      google::protobuf::DynamicMessageFactory factory;
      const std::unique_ptr<google::protobuf::Message> request(
          factory.GetPrototype(match.route->method->input_type())->New());
      // A resource names itself otherwise than the path that was made up here.
      const absl::Status status = Bind(match, "", body, *request);
      EXPECT_TRUE(status.ok() || absl::StrContains(status.ToString(), "PATH_BODY_CONFLICT")) << path << status << body;
      ++bound;
    }
  }
  EXPECT_EQ(found, routes.All().size()) << "every method has its operation";
  EXPECT_GT(bound, 30);
}

}  // namespace
}  // namespace jiebang::gateway
