#include "services/gateway/openapi/schemas.h"

#include "common/testing/proto_source.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace jiebang::gateway::openapi {
namespace {

using testing::HasSubstr;
using testing::Not;

class SchemasTest : public testing::Test {
 protected:
  std::string FieldText(const std::string& name) {
    return schemas_.Field(*source_.Message("Thing").FindFieldByName(name)).ToString();
  }

  const ProtoSource source_{R"(
    enum Colour { COLOUR_UNSPECIFIED = 0; COLOUR_RED = 1; }
    message Part { string id = 1 [(google.api.field_behavior) = REQUIRED]; Part part = 2; }
    message Thing {
      string name = 1 [(google.api.field_behavior) = REQUIRED, (jiebang.options.v1.limits) = {max_length: 70}];
      string code = 2 [(jiebang.options.v1.limits) = {pattern: "[0-9]{6}"}];
      int64 amount = 3 [(jiebang.options.v1.limits) = {minimum: 0 maximum: 5}];
      int32 size = 4 [(jiebang.options.v1.limits) = {minimum: 0 maximum: 5}];
      Colour colour = 5;
      repeated Part parts = 6 [(jiebang.options.v1.limits) = {max_items: 9}];
      google.protobuf.Timestamp time = 7 [(google.api.field_behavior) = OUTPUT_ONLY];
      bytes data = 8 [(jiebang.options.v1.limits) = {max_bytes: 4}];
      map<string, int64> attributes = 9;
      string kind = 10 [(google.api.field_behavior) = IMMUTABLE];
      string remark = 11 [(google.api.field_behavior) = OUTPUT_ONLY];
    })"};
  Schemas schemas_;
};

TEST_F(SchemasTest, WritesTheLimitsOfWhatCallersSend) {
  schemas_.TakeFromCallers(source_.Message("Thing"));
  EXPECT_THAT(FieldText("name"), HasSubstr("\"minLength\": 1,\n \"maxLength\": 70"));
  EXPECT_THAT(FieldText("code"), HasSubstr(R"("pattern": "^(?:[0-9]{6})?$")"));
  EXPECT_THAT(FieldText("amount"), HasSubstr("\"type\": \"string\",\n \"format\": \"int64\""));
  EXPECT_THAT(FieldText("amount"), HasSubstr(R"("x-maximum": 5)"));
  EXPECT_THAT(FieldText("size"), HasSubstr("\"minimum\": 0,\n \"maximum\": 5"));
  EXPECT_THAT(FieldText("parts"), HasSubstr(R"("maxItems": 9)"));
  EXPECT_THAT(FieldText("data"), HasSubstr(R"("maxLength": 8)"));
  EXPECT_THAT(FieldText("attributes"), HasSubstr(R"("additionalProperties")"));
  EXPECT_THAT(FieldText("time"), HasSubstr(R"("readOnly": true)"));
  EXPECT_THAT(FieldText("kind"), HasSubstr("No update changes it"));
  EXPECT_THAT(FieldText("remark"), Not(HasSubstr("maxLength"))) << "the suite writes it";
}

TEST_F(SchemasTest, WritesNoLimitsOfWhatIsOnlyAnswered) {
  EXPECT_THAT(FieldText("name"), Not(HasSubstr("maxLength")));
  EXPECT_THAT(FieldText("size"), Not(HasSubstr("maximum")));
}

TEST_F(SchemasTest, GathersWhatAMessageHolds) {
  EXPECT_THAT(schemas_.Ref(source_.Message("Thing")).ToString(), HasSubstr("#/components/schemas/test.Thing"));
  const std::string all = schemas_.All().ToString();
  EXPECT_THAT(all, HasSubstr("\"test.Part\": {"));
  EXPECT_THAT(all, HasSubstr("\"enum\": [\n   \"COLOUR_UNSPECIFIED\",\n   \"COLOUR_RED\"\n  ]"));
}

TEST_F(SchemasTest, LeavesOutOfABodyWhatThePathSays) {
  const auto& thing = source_.Message("Thing");
  EXPECT_THAT(schemas_.RefToBody(thing, {thing.FindFieldByName("name")}).ToString(), HasSubstr("test.Thing.Body"));
  EXPECT_THAT(schemas_.All().ToString(), Not(HasSubstr("\"name\"")));
}

TEST_F(SchemasTest, AsksNothingOfAPatch) {
  EXPECT_THAT(schemas_.RefToPatch(source_.Message("Part")).ToString(), HasSubstr("test.Part.Patch"));
  const std::string all = schemas_.All().ToString();
  EXPECT_EQ(all.find("required"), all.rfind("required")) << "of the part within alone";
}

}  // namespace
}  // namespace jiebang::gateway::openapi
