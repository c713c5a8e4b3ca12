#include "services/gateway/openapi/document.h"

#include "gtest/gtest.h"

namespace jiebang::gateway::openapi {
namespace {

TEST(DocumentTest, KeepsItsOrderAndIndents) {
  Json document = Json::Object().Set("b", "中\"").Set("a", Json::List().Add(Json::Number(-1)).Add(Json::Bool(true)));
  document["c"].Set("d", Json::Raw("null"));
  document["c"].Set("e", Json::Object());
  EXPECT_EQ(document.ToString(), R"({
 "b": "中\"",
 "a": [
  -1,
  true
 ],
 "c": {
  "d": null,
  "e": {}
 }
}
)");
}

}  // namespace
}  // namespace jiebang::gateway::openapi
