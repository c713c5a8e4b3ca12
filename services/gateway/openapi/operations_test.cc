#include "services/gateway/openapi/operations.h"

#include "common/testing/proto_source.h"
#include "common/testing/status_matchers.h"
#include "gtest/gtest.h"

namespace jiebang::gateway::openapi {
namespace {

TEST(OperationsTest, GivesEachStarANameOfItsOwn) {
  const ProtoSource source(R"(
    message Request { string name = 1; int32 shard = 2; }
    message Answer {}
    service S {
      rpc A(Request) returns (Answer) { option (google.api.http) = { get: "/v1/{name=units/*/kpiReports/*}:verb" }; }
      rpc B(Request) returns (Answer) { option (google.api.http) = { get: "/v1/shards/{shard}/entries" }; }
      rpc C(Request) returns (Answer) { option (google.api.http) = { get: "/v1/{name=categories/*/quota}" }; }
    })");
  const auto path = [&source](const std::string& method) {
    return PathOf(RestRule::Of(source.Method("S." + method))->front());
  };
  EXPECT_EQ(path("A"), "/v1/units/{unit}/kpiReports/{kpiReport}:verb");
  EXPECT_EQ(path("B"), "/v1/shards/{shard}/entries");
  EXPECT_EQ(path("C"), "/v1/categories/{category}/quota");
}

}  // namespace
}  // namespace jiebang::gateway::openapi
