// The REST surface of the suite itself: every method of every contract has its path, and each path leads back to it.
#include <set>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/policy/policy.h"
#include "common/testing/status_matchers.h"
#include "google/protobuf/descriptor_database.h"
#include "gtest/gtest.h"
#include "jiebang/application/v1/application_service.pb.h"
#include "services/gateway/rest/rest_routes.h"

namespace jiebang::gateway {
namespace {

// Every service that the suite's contracts declare, so that a new one is tested when its package is named here.
std::vector<Backend> SuiteBackends() {
  std::vector<Backend> backends;
  for (const char* const package : {"application", "maturity", "publiclist", "quota", "rehearsal", "review"}) {
    std::vector<std::string> files;
    google::protobuf::DescriptorPool::internal_generated_database()->FindAllFileNames(&files);
    for (const std::string& name : files) {
      if (!absl::StartsWith(name, absl::StrCat("jiebang/", package, "/"))) continue;
      const auto* const file = google::protobuf::DescriptorPool::generated_pool()->FindFileByName(name);
      for (int i = 0; i < file->service_count(); ++i) backends.push_back({file->service(i)->full_name(), nullptr});
    }
  }
  return backends;
}

class SuiteRoutesTest : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_THAT(routes_, IsOk());
    ASSERT_THAT(rest_, IsOk());
  }

  const absl::StatusOr<Routes> routes_ = Routes::To(SuiteBackends());
  const absl::StatusOr<RestRoutes> rest_ = routes_.ok() ? RestRoutes::Of(*routes_) : routes_.status();
};

// A path of the template: its stars are numbers, which fit every type of field.
std::string PathOf(const PathTemplate& path, std::size_t begin, std::size_t end) {
  std::vector<std::string> segments;
  for (std::size_t i = begin; i < end; ++i) {
    const PathSegment& segment = path.segments[i];
    segments.push_back(segment.kind == PathSegment::Kind::kLiteral ? segment.literal : absl::StrCat(i + 1));
  }
  return absl::StrJoin(segments, "/");
}

TEST_F(SuiteRoutesTest, HasEveryMethodOfEveryContract) {
  EXPECT_GE(routes_->All().size(), 100U);
  for (const Route* const route : routes_->All()) {
    ASSERT_OK_AND_ASSIGN(const std::vector<RestRule> rules, RestRule::Of(*route->method));
    for (const RestRule& rule : rules) {
      const std::string path = absl::StrCat("/", PathOf(rule.path, 0, rule.path.segments.size()),
                                            rule.path.verb.empty() ? "" : ":", rule.path.verb);
      ASSERT_OK_AND_ASSIGN(const RestMatch match, rest_->Match(rule.http_method, path));
      EXPECT_EQ(match.route, route) << path;
      ASSERT_EQ(match.values.size(), rule.path.variables.size()) << path;
      for (std::size_t i = 0; i < match.values.size(); ++i) {
        EXPECT_EQ(match.values[i], PathOf(rule.path, rule.path.variables[i].begin, rule.path.variables[i].end)) << path;
      }
    }
  }
}

// Where a request that is no stream can be written as a query.
bool FitsAQuery(const google::protobuf::MethodDescriptor& method) {
  if (method.client_streaming()) return false;
  for (int i = 0; i < method.input_type()->field_count(); ++i) {
    const google::protobuf::FieldDescriptor& field = *method.input_type()->field(i);
    if (field.is_repeated() && !IsText(field)) return false;
  }
  return true;
}

bool HasAResource(const google::protobuf::Descriptor& request) {
  for (int i = 0; i < request.field_count(); ++i) {
    if (!request.field(i)->is_repeated() && !IsText(*request.field(i))) return true;
  }
  return false;
}

TEST_F(SuiteRoutesTest, ReadsWithGetAndChangesWithTheOthers) {
  for (const Route* const route : routes_->All()) {
    ASSERT_OK_AND_ASSIGN(const std::vector<RestRule> rules, RestRule::Of(*route->method));
    const bool is_read = !policy::HasSideEffects(*route->method) && FitsAQuery(*route->method);
    EXPECT_EQ(rules.front().http_method == "GET", is_read) << route->path;
  }
}

TEST_F(SuiteRoutesTest, HasTheStandardMethodsAsAip131To135HaveThem) {
  for (const Route* const route : routes_->All()) {
    ASSERT_OK_AND_ASSIGN(const std::vector<RestRule> rules, RestRule::Of(*route->method));
    const RestRule& rule = rules.front();
    for (const auto& [prefix, http_method] :
         {std::pair("Get", "GET"), std::pair("List", "GET"), std::pair("Create", "POST"), std::pair("Update", "PATCH"),
          std::pair("Delete", "DELETE")}) {
      if (!absl::StartsWith(route->method->name(), prefix)) continue;
      EXPECT_EQ(rule.http_method, http_method) << route->path;
      EXPECT_EQ(rule.path.verb, "") << route->path << ": it is named by what it reads or changes";
      const bool has_body = rule.http_method == "POST" || rule.http_method == "PATCH";
      const bool has_resource = HasAResource(*route->method->input_type());
      EXPECT_TRUE(!has_body || rule.body == (has_resource ? RestRule::Body::kField : RestRule::Body::kRequest))
          << route->path << ": the body is the resource";
    }
  }
}

TEST_F(SuiteRoutesTest, SpellsPathsInCamelCaseWithoutVerbsInTheirSegments) {
  for (const Route* const route : routes_->All()) {
    ASSERT_OK_AND_ASSIGN(const std::vector<RestRule> rules, RestRule::Of(*route->method));
    for (const RestRule& rule : rules) {
      std::vector<std::string> words = {rule.path.verb};
      for (const PathSegment& segment : rule.path.segments) words.push_back(segment.literal);
      for (const std::string& word : words) {
        EXPECT_EQ(word.find_first_of("-_."), std::string::npos) << route->path;
        EXPECT_TRUE(word.empty() || absl::ascii_islower(static_cast<unsigned char>(word[0]))) << route->path;
      }
      EXPECT_EQ(rule.path.segments.front().literal, "v1") << route->path;
    }
  }
}

TEST_F(SuiteRoutesTest, BindsARequest) {
  ASSERT_OK_AND_ASSIGN(const RestMatch match,
                       rest_->Match("PATCH", "/v1/programmes/p/units/gd/applicants/91/applications/a"));
  application::v1::UpdateApplicationRequest request;
  ASSERT_THAT(Bind(match, "requestId=r1", R"({"title": "智能工厂", "sections": []})", request), IsOk());
  EXPECT_EQ(request.ShortDebugString(),
            "application { name: \"programmes/p/units/gd/applicants/91/applications/a\" title: "
            "\"\\346\\231\\272\\350\\203\\275\\345\\267\\245\\345\\216\\202\" } "
            "update_mask { paths: \"title\" paths: \"sections\" } request_id: \"r1\"");
}

}  // namespace
}  // namespace jiebang::gateway
