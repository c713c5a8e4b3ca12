#include "services/gateway/openapi/pages.h"

#include <string>

#include "gmock/gmock.h"
#include "google/protobuf/struct.pb.h"
#include "google/protobuf/util/json_util.h"
#include "gtest/gtest.h"

namespace jiebang::gateway {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

TEST(PagesTest, HaveTheDocumentOfTheSuite) {
  const std::string document(OpenApiJson());
  EXPECT_THAT(document, StartsWith("{\n \"openapi\": \"3.1.0\""));
  EXPECT_THAT(document, HasSubstr("\"operationId\": \"application_SubmitApplication\""));
  google::protobuf::Struct json;
  EXPECT_TRUE(google::protobuf::util::JsonStringToMessage(document, &json).ok());
}

TEST(PagesTest, LoadNothingFromElsewhere) {
  for (const Page& page : Pages()) {
    EXPECT_FALSE(page.body.empty()) << page.path;
    EXPECT_NE(page.body.back(), '\0') << page.path;
    if (page.path != "/docs") continue;
    EXPECT_THAT(std::string(page.body), AllOf(HasSubstr("script-src 'self';"), Not(HasSubstr("//"))));
    for (const Page& loaded : Pages()) {
      EXPECT_TRUE(!loaded.path.starts_with("/docs/") || page.body.find(loaded.path) != std::string_view::npos)
          << loaded.path;
    }
  }
}

}  // namespace
}  // namespace jiebang::gateway
