#include "common/field_limits/field_limits.h"

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/errors/error_details.h"
#include "common/testing/error_matchers.h"
#include "common/testing/proto_source.h"
#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "google/protobuf/message.h"
#include "google/rpc/error_details.pb.h"
#include "gtest/gtest.h"

namespace jiebang {
namespace {

using testing::HasSubstr;

constexpr char kContract[] = R"(
  enum Colour { COLOUR_UNSPECIFIED = 0; COLOUR_RED = 1; COLOUR_LATE = 7; }

  message Scenario {
    string title = 1 [(google.api.field_behavior) = REQUIRED, (jiebang.options.v1.limits) = {max_length: 10}];
    repeated string links = 2 [(jiebang.options.v1.limits) = {max_items: 2, max_length: 4, pattern: "[a-z]+"}];
  }
  message Application {
    string name = 1 [(google.api.field_behavior) = OUTPUT_ONLY, (google.api.field_behavior) = REQUIRED];
    repeated Scenario scenarios = 2 [(jiebang.options.v1.limits) = {max_items: 3}];
    Scenario receipt = 3 [(google.api.field_behavior) = OUTPUT_ONLY];
  }
  message Required {
    string text = 1 [(google.api.field_behavior) = REQUIRED];
    bytes image = 2 [(google.api.field_behavior) = REQUIRED];
    Application application = 3 [(google.api.field_behavior) = REQUIRED];
    repeated int32 numbers = 4 [(google.api.field_behavior) = REQUIRED];
    Colour colour = 5 [(google.api.field_behavior) = REQUIRED];
    int32 number = 6 [(google.api.field_behavior) = REQUIRED];
    bool agrees = 7 [(google.api.field_behavior) = REQUIRED];
    map<string, string> notes = 8 [(google.api.field_behavior) = REQUIRED];
    optional string later = 9 [(google.api.field_behavior) = REQUIRED];
  }
  message Limited {
    string text = 1 [(jiebang.options.v1.limits) = {max_length: 3}];
    string code = 2 [(jiebang.options.v1.limits) = {pattern: "[0-9]{2}|x"}];
    bytes image = 3 [(jiebang.options.v1.limits) = {max_bytes: 4}];
    string free_text = 4;
    bytes free_image = 5;
    repeated string free_list = 6;
    Colour colour = 7;
    repeated Colour colours = 8;
    map<string, string> notes = 9 [(jiebang.options.v1.limits) = {max_items: 2}];
    map<int32, Scenario> scenarios = 10;
    google.protobuf.Timestamp time = 11;
    google.protobuf.FieldMask mask = 12;
    oneof choice { string word = 13 [(jiebang.options.v1.limits) = {max_length: 2}]; Scenario scenario = 14; }
  }
  message Numbers {
    int32 year = 1 [(jiebang.options.v1.limits) = {minimum: 2000, maximum: 2100}];
    optional int32 maybe = 2 [(jiebang.options.v1.limits) = {minimum: 1}];
    int64 wide = 3 [(jiebang.options.v1.limits) = {minimum: -5}];
    uint32 small = 4 [(jiebang.options.v1.limits) = {maximum: 9}];
    uint64 large = 5 [(jiebang.options.v1.limits) = {minimum: -1, maximum: 9}];
    repeated sint32 many = 6 [(jiebang.options.v1.limits) = {minimum: -1, maximum: 1}];
  }
  message UpdateScenarioRequest {
    Scenario scenario = 1 [(google.api.field_behavior) = REQUIRED];
    google.protobuf.FieldMask update_mask = 2;
    Limited other = 3;
  }
  message Chain { Chain next = 1; int32 number = 2; }
)";

class FieldLimitsTest : public testing::Test {
 protected:
  absl::Status Check(const google::protobuf::Message& message) const {
    const auto limits = FieldLimits::For(*message.GetDescriptor());
    if (!limits.ok()) return limits.status();
    const absl::Status status = limits->Check(message);
    EXPECT_EQ(limits->Check(message, message.SerializePartialAsString()), status)
        << "a look at the bytes says otherwise";
    return status;
  }
  absl::Status Check(const std::string& type, const std::string& text) const {
    return Check(*contract_.New(type, text));
  }

  const ProtoSource contract_{kContract};
};

auto IsInvalid() { return IsRefusal(absl::StatusCode::kInvalidArgument, "FIELDS_INVALID"); }

int CountViolations(const absl::Status& status) {
  const auto details = DetailsOf(status);
  const auto bad_request = details ? DetailOf<google::rpc::BadRequest>(*details) : std::nullopt;
  return bad_request ? bad_request->field_violations_size() : 0;
}

TEST_F(FieldLimitsTest, WantsWhatIsRequired) {
  const absl::Status status = Check("Required", "");
  EXPECT_THAT(status, IsInvalid());
  for (const char* field : {"text", "image", "application", "numbers", "colour", "notes", "later"}) {
    EXPECT_THAT(status, HasViolation(field, "is required / 必填"));
  }
  EXPECT_EQ(CountViolations(status), 7) << "numbers and booleans are always there";
  EXPECT_THAT(
      Check("Required",
            R"(text: "t" image: "i" application {} numbers: 0 colour: COLOUR_RED notes { key: "k" } later: "l")"),
      IsOk());
  EXPECT_THAT(Check("Required", R"(later: "")"), HasViolation("later", "required")) << "set, but empty";
}

TEST_F(FieldLimitsTest, WantsOfAnUpdatedResourceOnlyWhatChanges) {
  EXPECT_THAT(Check("UpdateScenarioRequest", "scenario {}"), IsOk());
  EXPECT_THAT(Check("UpdateScenarioRequest", ""), HasViolation("scenario", "required"));
  EXPECT_THAT(Check("UpdateScenarioRequest", R"(scenario { links: "A" })"),
              HasViolation("scenario.links[0]", "[a-z]+"));
  EXPECT_THAT(Check("UpdateScenarioRequest", "scenario {} other { scenario {} }"),
              HasViolation("other.scenario.title", "required"));
}

TEST_F(FieldLimitsTest, NamesTheFieldByItsPath) {
  const absl::Status status = Check("Required", R"(
      text: "t" image: "i" numbers: 0 colour: COLOUR_RED notes { key: "k" } later: "l"
      application { scenarios { title: "a" } scenarios { title: "b" links: "ok" links: "A" } scenarios {} })");
  EXPECT_THAT(status, HasViolation("application.scenarios[1].links[1]", "[a-z]+"));
  EXPECT_THAT(status, HasViolation("application.scenarios[2].title", "required"));
  EXPECT_EQ(CountViolations(status), 2);
}

TEST_F(FieldLimitsTest, SkipsWhatOnlyTheServerSets) {
  EXPECT_THAT(Check("Application", R"(name: "\001" receipt { links: "A" })"), IsOk());
}

TEST_F(FieldLimitsTest, CountsCharacters) {
  EXPECT_THAT(Check("Limited", R"(text: "汉字汉")"), IsOk());
  EXPECT_THAT(Check("Limited", R"(text: "汉字汉字")"), HasViolation("text", "may have 3 characters and has 4"));
  EXPECT_THAT(Check("Limited", R"(text: "汉字汉字")"), HasViolation("text", "最多 3 个字符，现有 4 个"));
  EXPECT_THAT(Check("Limited", R"(image: "1234")"), IsOk());
  EXPECT_THAT(Check("Limited", R"(image: "12345")"), HasViolation("image", "may have 4 bytes and has 5"));
}

TEST_F(FieldLimitsTest, MatchesPatternsAsAWhole) {
  for (const char* code : {"", "12", "x"})
    EXPECT_THAT(Check("Limited", absl::StrCat("code: '", code, "'")), IsOk()) << code;
  for (const char* code : {"1", "123", "12x", " 12", "12\\n", "xx"}) {
    EXPECT_THAT(Check("Limited", absl::StrCat("code: '", code, "'")), HasViolation("code", "[0-9]{2}|x")) << code;
  }
}

TEST_F(FieldLimitsTest, HasLimitsWhereTheContractNamesNone) {
  EXPECT_THAT(Check("Limited", absl::StrCat("free_text: '", std::string(1'000, 'x'), "'")), IsOk());
  EXPECT_THAT(Check("Limited", absl::StrCat("free_text: '", std::string(1'001, 'x'), "'")),
              HasViolation("free_text", "1000"));
  EXPECT_THAT(Check("Limited", absl::StrCat("free_image: '", std::string(1 << 20, 'x'), "'")), IsOk());
  EXPECT_THAT(Check("Limited", absl::StrCat("free_image: '", std::string((1 << 20) + 1, 'x'), "'")),
              HasViolation("free_image", "1048576"));
  std::string list;
  for (int i = 0; i < 1'000; ++i) absl::StrAppend(&list, "free_list: 'x' ");
  EXPECT_THAT(Check("Limited", list), IsOk());
  EXPECT_THAT(Check("Limited", list + "free_list: 'x'"), HasViolation("free_list", "may have 1000 items and has 1001"));
}

TEST_F(FieldLimitsTest, LooksAtNoElementOfAListThatIsTooLong) {
  const absl::Status status = Check("Application", "scenarios {} scenarios {} scenarios {} scenarios {}");
  EXPECT_THAT(status, HasViolation("scenarios", "may have 3 items and has 4"));
  EXPECT_EQ(CountViolations(status), 1);
}

TEST_F(FieldLimitsTest, TakesTabsAndLineEndsButNoOtherControlCharacters) {
  EXPECT_THAT(Check("Limited", R"(free_text: "a\tb\r\nc")"), IsOk());
  for (const char* text : {R"(a\000b)", R"(\033[31m)", R"(\177)", R"(\302\205)"}) {
    EXPECT_THAT(Check("Limited", absl::StrCat("free_text: '", text, "'")), HasViolation("free_text", "控制字符"))
        << text;
  }
  EXPECT_THAT(Check("Limited", R"(free_image: "\000\001\377")"), IsOk()) << "bytes are bytes";
}

TEST_F(FieldLimitsTest, TakesUtf8Only) {
  const auto message = contract_.New("Limited");
  message->GetReflection()->SetString(message.get(), message->GetDescriptor()->FindFieldByName("text"), "\xC0\x80");
  const absl::Status status = Check(*message);
  EXPECT_THAT(status, HasViolation("text", "UTF-8"));
  EXPECT_EQ(CountViolations(status), 1);
}

TEST_F(FieldLimitsTest, TakesNoValueThatTheContractDoesNotKnow) {
  EXPECT_THAT(Check("Limited", "colour: COLOUR_LATE colours: [COLOUR_UNSPECIFIED, COLOUR_RED]"), IsOk());
  EXPECT_THAT(Check("Limited", "colour: 2"), HasViolation("colour", "no value 2"));
  EXPECT_THAT(Check("Limited", "colour: -1"), HasViolation("colour", "no value -1"));
  EXPECT_THAT(Check("Limited", "colours: [COLOUR_RED, 8]"), HasViolation("colours[1]", "no value 8"));
}

TEST_F(FieldLimitsTest, NamesTheEntryOfAMapByItsKey) {
  EXPECT_THAT(Check("Limited", R"(notes { key: "gdp" value: "\001" })"),
              HasViolation(R"(notes["gdp"].value)", "control"));
  EXPECT_THAT(Check("Limited", R"(notes { key: "\001" value: "x" })"), HasViolation(R"(notes["\001"].key)", "control"));
  EXPECT_THAT(Check("Limited", "scenarios { key: 7 value {} }"), HasViolation("scenarios[7].value.title", "required"));
  EXPECT_THAT(Check("Limited", "notes { key: '1' } notes { key: '2' } notes { key: '3' }"),
              HasViolation("notes", "has 3"));
}

TEST_F(FieldLimitsTest, LooksIntoWhatIsChosen) {
  EXPECT_THAT(Check("Limited", "word: 'abc'"), HasViolation("word", "may have 2"));
  EXPECT_THAT(Check("Limited", "scenario {}"), HasViolation("scenario.title", "required"));
  EXPECT_THAT(Check("Limited", "word: 'ab'"), IsOk());
}

TEST_F(FieldLimitsTest, LooksIntoMessagesOfOthers) {
  EXPECT_THAT(Check("Limited", "time { seconds: 1 } mask { paths: 'a' }"), IsOk());
  EXPECT_THAT(Check("Limited", R"(mask { paths: "\001" })"), HasViolation("mask.paths[0]", "control"));
}

TEST_F(FieldLimitsTest, ComparesNumbersOfEveryWidth) {
  EXPECT_THAT(Check("Numbers", "year: 2000 maybe: 1 wide: -5 small: 9 large: 9 many: [-1, 0, 1]"), IsOk());
  EXPECT_THAT(Check("Numbers", "year: 1999"), HasViolation("year", "must be from 2000 to 2100 and is 1999"));
  EXPECT_THAT(Check("Numbers", "year: 2101"), HasViolation("year", "须在 2000 至 2100 之间，现为 2101"));
  EXPECT_THAT(Check("Numbers", ""), HasViolation("year", "is 0"))
      << "a number without presence is 0 when it is left out";
  EXPECT_THAT(Check("Numbers", "year: 2000"), IsOk()) << "one with presence may be left out";
  EXPECT_THAT(Check("Numbers", "maybe: 0"), HasViolation("maybe", "from 1 to ∞ and is 0"));
  EXPECT_THAT(Check("Numbers", "wide: -6"), HasViolation("wide", "from -5"));
  EXPECT_THAT(Check("Numbers", "small: 4294967295"), HasViolation("small", "4294967295"));
  EXPECT_THAT(Check("Numbers", "large: 18446744073709551615"), HasViolation("large", "is 18446744073709551615"));
  EXPECT_THAT(Check("Numbers", "many: [0, 2]"), HasViolation("many[1]", "is 2"));
}

std::string ChainOf(int links) {
  std::string text = "number: 1";
  for (int i = 0; i < links; ++i) text = absl::StrCat("next {", text, "}");
  return text;
}

TEST_F(FieldLimitsTest, BoundsTheNestingOfTypesThatContainThemselves) {
  EXPECT_THAT(Check("Chain", ChainOf(kMaxNesting)), IsOk());
  EXPECT_THAT(Check("Chain", ChainOf(kMaxNesting + 1)), IsInvalid());
  EXPECT_THAT(Check("Chain", ChainOf(kMaxNesting + 1)),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("nested")));
  EXPECT_EQ(CountViolations(Check("Chain", ChainOf(kMaxNesting + 20))), 1);
}

TEST_F(FieldLimitsTest, EndsTheWalkWhereEnoughIsWrong) {
  const auto message = contract_.New("Limited");
  auto* const notes = message->GetDescriptor()->FindFieldByName("scenarios");
  for (int i = 0; i < 1'000; ++i) {
    auto* const entry = message->GetReflection()->AddMessage(message.get(), notes);
    entry->GetReflection()->SetInt32(entry, entry->GetDescriptor()->map_key(), i);
    auto* const scenario = entry->GetReflection()->MutableMessage(entry, entry->GetDescriptor()->map_value());
    scenario->GetReflection()->AddString(scenario, scenario->GetDescriptor()->FindFieldByName("links"), "A");
  }
  EXPECT_THAT(Check(*message), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("invalid: 1000.")));
}

TEST_F(FieldLimitsTest, AreThoseOfOneType) {
  ASSERT_OK_AND_ASSIGN(const FieldLimits limits, FieldLimits::For(contract_.Message("Limited")));
  EXPECT_THAT(limits.Check(*contract_.New("Chain")), StatusIs(absl::StatusCode::kInternal));
  EXPECT_THAT(FieldLimits().Check(*contract_.New("Chain")), StatusIs(absl::StatusCode::kInternal));
}

class SenselessLimits : public testing::TestWithParam<std::string> {};

TEST_P(SenselessLimits, AreRefusedWithTheFieldsName) {
  const ProtoSource contract(absl::StrCat("message Other { int32 number = 1; } message Bad { ", GetParam(), "}",
                                          "message Outer { repeated Bad bad = 1; }"));
  const auto limits = FieldLimits::For(contract.Message("Outer"));
  EXPECT_THAT(limits, IsRefusal(absl::StatusCode::kInvalidArgument, "FIELD_LIMITS_SENSELESS"));
  EXPECT_THAT(limits, StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("test.Bad.field")));
}

std::string Field(const std::string& type, const std::string& limits) {
  return absl::StrCat(type, " field = 1 [(jiebang.options.v1.limits) = {", limits, "}];");
}

INSTANTIATE_TEST_SUITE_P(Fields, SenselessLimits,
                         testing::Values(Field("string", "pattern: '['"), Field("string", "pattern: '(?=x)'"),
                                         Field("int32", "pattern: 'x'"), Field("bytes", "max_length: 3"),
                                         Field("string", "max_bytes: 3"), Field("string", "max_items: 3"),
                                         Field("string", "minimum: 3"), Field("double", "maximum: 3"),
                                         Field("Other", "max_length: 3"), Field("map<string, string>", "max_length: 3"),
                                         Field("int32", "minimum: 3 maximum: 2")));

}  // namespace
}  // namespace jiebang
