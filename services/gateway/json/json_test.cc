#include "services/gateway/json/json.h"

#include <cmath>
#include <limits>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/errors/error.h"
#include "common/errors/error_details.h"
#include "common/testing/error_matchers.h"
#include "common/testing/status_matchers.h"
#include "google/protobuf/text_format.h"
#include "google/rpc/error_details.pb.h"
#include "gtest/gtest.h"
#include "services/gateway/json/check.h"
#include "services/gateway/json/testing/kinds.pb.h"

namespace jiebang::gateway {
namespace {

using kinds::v1::Kinds;

std::string Text(const Kinds& kinds) { return kinds.ShortDebugString(); }

absl::StatusOr<std::string> Read(std::string_view json) {
  Kinds kinds;
  const absl::Status read = FromJson(json, kinds);
  if (!read.ok()) return read;
  return Text(kinds);
}

std::string Nested(int levels) {
  std::string json;
  for (int i = 1; i < levels; ++i) json += R"({"part":)";
  json += "{}";
  return json.append(static_cast<std::size_t>(levels - 1), '}');
}

struct Case {
  std::string json;
  std::string expected;  // the message as text, or the field of the violation
};

TEST(FromJson, ReadsWhatTheMappingAllows) {
  const Case cases[] = {
      {R"({})", ""},
      {" {\t}\r\n", ""},
      {R"({"pageSize": 5})", "page_size: 5"},
      {R"({"page_size": 5})", "page_size: 5"},
      {R"({"text": null, "names": null, "part": null, "attributes": null, "updateTime": null})", ""},
      {R"({"text": "\u4e2d\ud83d\ude00\n\/"})", R"(text: "\344\270\255\360\237\230\200\n/")"},
      {R"({"text": "中"})", R"(text: "\344\270\255")"},
      {R"({"amount": 9007199254740993})", "amount: 9007199254740993"},
      {R"({"amount": "9007199254740993"})", "amount: 9007199254740993"},
      {R"({"amount": "-9223372036854775808"})", "amount: -9223372036854775808"},
      {R"({"amount": -9223372036854775808})", "amount: -9223372036854775808"},
      {R"({"large": 18446744073709551615})", "large: 18446744073709551615"},
      {R"({"amount": 1e3})", "amount: 1000"},
      {R"({"amount": 1.50E+2})", "amount: 150"},
      {R"({"pageSize": 1.0})", "page_size: 1"},
      {R"({"pageSize": -0})", ""},
      {R"({"pageSize": "7"})", "page_size: 7"},
      {R"({"rank": 0})", "rank: 0"},
      {R"({"limit": "3"})", "limit { value: 3 }"},
      {R"({"limit": 0})", "limit { }"},
      {R"({"remark": ""})", "remark { }"},
      {R"({"colour": "COLOUR_RED"})", "colour: COLOUR_RED"},
      {R"({"colour": 1})", "colour: COLOUR_RED"},
      {R"({"colour": 77})", "colour: 77"},
      {R"({"colours": ["COLOUR_RED", 0]})", "colours: COLOUR_RED colours: COLOUR_UNSPECIFIED"},
      {R"({"data": "+/8="})", R"(data: "\373\377")"},
      {R"({"data": "-_8"})", R"(data: "\373\377")"},
      {R"({"ratio": "NaN"})", "ratio: nan"},
      {R"({"ratio": "-Infinity"})", "ratio: -inf"},
      {R"({"ratio": "1.5"})", "ratio: 1.5"},
      {R"({"ratio": 1e300})", "ratio: 1e+300"},
      {R"({"updateTime": "2023-08-26T05:46:40+08:00"})", "update_time { seconds: 1693000000 }"},
      {R"({"wait": "1.5s"})", "wait { seconds: 1 nanos: 500000000 }"},
      {R"({"updateMask": "displayName,unit.areaCode"})",
       R"(update_mask { paths: "display_name" paths: "unit.area_code" })"},
      {R"({"updateMask": "display_name"})", R"(update_mask { paths: "display_name" })"},
      {R"({"updateMask": "*"})", R"(update_mask { paths: "*" })"},
      {R"({"attributes": {"a": "1", "a.b\"c": 2}})",
       R"(attributes { key: "a" value: 1 } attributes { key: "a.b\"c" value: 2 })"},
      {R"({"byNumber": {"-3": {"text": "x"}}})", R"(by_number { key: -3 value { text: "x" } })"},
      {R"({"byAnswer": {"true": "x"}})", R"(by_answer { key: true value: "x" })"},
      {R"({"parts": [{"text": "a"}, {}]})", R"(parts { text: "a" } parts { })"},
  };
  for (const Case& c : cases) EXPECT_THAT(Read(c.json), IsOkAndHolds(c.expected)) << c.json;
}

TEST(FromJson, ReplacesWhatTheMessageHeld) {
  Kinds kinds;
  kinds.set_text("before");
  ASSERT_THAT(FromJson(R"({"pageSize": 1})", kinds), IsOk());
  EXPECT_EQ(Text(kinds), "page_size: 1");
}

TEST(FromJson, ReadsAnAnyOfAKnownType) {
  Kinds kinds;
  ASSERT_THAT(FromJson(R"({"detail": {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "R"}})", kinds),
              IsOk());
  google::rpc::ErrorInfo info;
  ASSERT_TRUE(kinds.detail().UnpackTo(&info));
  EXPECT_EQ(info.reason(), "R");
}

TEST(FromJson, RefusesWhatIsNoJson) {
  const std::string texts[] = {
      "",
      "nul",
      "{",
      "{}}",
      "{} {}",
      R"({"text")",
      R"({"text":)",
      R"({"text":})",
      R"({"text" "a"})",
      R"({"text": "a",})",
      R"({"names": ["a",]})",
      R"({"names": ["a" "b"]})",
      R"({"names": ["a"})",
      R"({"text": 'a'})",
      R"({'text': "a"})",
      R"({text: "a"})",
      R"({"text": "a" /* comment */})",
      R"({"text": "a)",
      "{\"text\": \"a\nb\"}",
      R"({"text": "\x"})",
      R"({"text": "\)",
      R"({"text": "\u12)",
      R"({"text": "\u12G4"})",
      R"({"text": "\ud83d"})",
      R"({"text": "\ud83dx"})",
      R"({"text": "\ud83d\u0041"})",
      R"({"text": "\ude00"})",
      R"({"amount": 01})",
      R"({"amount": +1})",
      R"({"amount": 1.})",
      R"({"amount": .5})",
      R"({"amount": 1e})",
      R"({"amount": 0x10})",
      R"({"amount": -})",
      R"({"ratio": NaN})",
      R"({"ratio": Infinity})",
      R"({"isOpen": True})",
      R"({"isOpen": trueish})",
      "\xEF\xBB\xBF{}",
  };
  for (const std::string& text : texts) {
    EXPECT_THAT(Read(text), IsRefusal(absl::StatusCode::kInvalidArgument, "JSON_MALFORMED")) << text;
  }
}

TEST(FromJson, SaysWhereTheTextIsNoJson) {
  EXPECT_THAT(Read("{\"part\":\n {\"text\": x}}"), HasViolation("part.text", "line 2, byte 11"));
  EXPECT_THAT(Read("{\"part\":\n {\"text\": x}}"), HasViolation("part.text", "第 2 行第 11 字节"));
}

TEST(FromJson, RefusesWhatIsNoUtf8) {
  for (const std::string bytes : {"\xC3", "\xC0\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xFF"}) {
    EXPECT_THAT(Read(absl::StrCat(R"({"text": ")", bytes, R"("})")),
                IsRefusal(absl::StatusCode::kInvalidArgument, "JSON_NOT_UTF8"));
  }
}

TEST(FromJson, RefusesAFieldThatIsSetTwice) {
  const Case cases[] = {
      {R"({"pageSize": 1, "pageSize": 1})", "page_size"},
      {R"({"pageSize": 1, "page_size": 2})", "page_size"},
      {R"({"pageSize": null, "pageSize": 1})", "page_size"},
      {R"({"page\u0053ize": 1, "pageSize": 1})", "page_size"},
      {R"({"parts": [{}, {"text": "a", "text": "b"}]})", "parts[1].text"},
      {R"({"attributes": {"a": 1, "a": 2}})", R"(attributes["a"])"},
      {R"({"free": {"a": {"b": 1, "b": 2}}})", R"(free["a"]["b"])"},
  };
  for (const Case& c : cases) {
    EXPECT_THAT(Read(c.json), IsRefusal(absl::StatusCode::kInvalidArgument, "JSON_DUPLICATE_KEY")) << c.json;
    EXPECT_THAT(Read(c.json), HasViolation(c.expected, "already")) << c.json;
  }
}

TEST(FromJson, RefusesBothSidesOfAOneof) {
  EXPECT_THAT(Read(R"({"left": "a", "right": "b"})"),
              IsRefusal(absl::StatusCode::kInvalidArgument, "JSON_VALUE_INVALID"));
}

TEST(FromJson, RefusesAFieldThatIsNone) {
  const Case cases[] = {
      {R"({"pagesize": 1})", "pagesize"},
      {R"({"part": {"txet": "a"}})", "part.txet"},
      {R"({"parts": [{}, {"part": {"": 1}}]})", "parts[1].part."},
      {R"({"byNumber": {"1": {"nope": 1}}})", R"(by_number["1"].nope)"},
      {R"({"@type": "x"})", "@type"},
  };
  for (const Case& c : cases) {
    EXPECT_THAT(Read(c.json), IsRefusal(absl::StatusCode::kInvalidArgument, "JSON_UNKNOWN_FIELD")) << c.json;
    EXPECT_THAT(Read(c.json), HasViolation(c.expected, "jiebang.kinds.v1.Kinds")) << c.json;
  }
}

TEST(FromJson, RefusesUnknownFieldsOfAnAny) {
  EXPECT_THAT(Read(R"({"detail": {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "raeson": "R"}})"),
              IsRefusal(absl::StatusCode::kInvalidArgument, "JSON_VALUE_INVALID"));
  EXPECT_THAT(Read(R"({"detail": {"@type": "type.googleapis.com/no.such.Type"}})"),
              IsRefusal(absl::StatusCode::kInvalidArgument, "JSON_VALUE_INVALID"));
}

TEST(FromJson, RefusesValuesOfAnotherType) {
  const Case cases[] = {
      {R"([])", ""},
      {R"("text")", ""},
      {R"(null)", ""},
      {R"({"text": 1})", "text"},
      {R"({"text": {}})", "text"},
      {R"({"text": ["a"]})", "text"},
      {R"({"data": "a"})", "data"},
      {R"({"data": "+_8="})", "data"},
      {R"({"data": "YQ="})", "data"},
      {R"({"data": "Y Q=="})", "data"},
      {R"({"isOpen": "true"})", "is_open"},
      {R"({"isOpen": 1})", "is_open"},
      {R"({"pageSize": 2147483648})", "page_size"},
      {R"({"pageSize": 1.5})", "page_size"},
      {R"({"pageSize": 1e-1})", "page_size"},
      {R"({"pageSize": ""})", "page_size"},
      {R"({"pageSize": " 1"})", "page_size"},
      {R"({"pageSize": "+1"})", "page_size"},
      {R"({"pageSize": "01"})", "page_size"},
      {R"({"pageSize": true})", "page_size"},
      {R"({"count": -1})", "count"},
      {R"({"amount": 9223372036854775808})", "amount"},
      {R"({"amount": "9223372036854775808"})", "amount"},
      {R"({"amount": 9007199254740993.0})", "amount"},  // would pass through a double and come out as another number
      {R"({"amount": 1e18})", "amount"},
      {R"({"amount": 1e999999999999999999999})", "amount"},
      {R"({"large": 18446744073709551616})", "large"},
      {R"({"large": -1})", "large"},
      {R"({"ratio": 1e999})", "ratio"},
      {R"({"ratio": "inf"})", "ratio"},
      {R"({"ratio": "nan"})", "ratio"},
      {R"({"ratio": "1 "})", "ratio"},
      {R"({"share": 1e39})", "share"},
      {R"({"amount": "NaN"})", "amount"},
      {R"({"colour": "RED"})", "colour"},
      {R"({"colour": "colour_red"})", "colour"},
      {R"({"colour": "1"})", "colour"},
      {R"({"colour": 1.5})", "colour"},
      {R"({"colour": 4294967296})", "colour"},
      {R"({"colours": "COLOUR_RED"})", "colours"},
      {R"({"colours": ["COLOUR_RED", "COLOUR_BLUE"]})", "colours[1]"},
      {R"({"names": "a"})", "names"},
      {R"({"names": [["a"]]})", "names[0]"},
      {R"({"names": ["a", null]})", "names[1]"},
      {R"({"parts": [null]})", "parts[0]"},
      {R"({"parts": {}})", "parts"},
      {R"({"part": []})", "part"},
      {R"({"attributes": []})", "attributes"},
      {R"({"attributes": {"a": null}})", R"(attributes["a"])"},
      {R"({"byNumber": {"x": {}}})", R"(by_number["x"])"},
      {R"({"byNumber": {"01": {}}})", R"(by_number["01"])"},
      {R"({"byAnswer": {"TRUE": "x"}})", R"(by_answer["TRUE"])"},
      {R"({"updateTime": "2023-08-26"})", "update_time"},
      {R"({"updateTime": "2023-02-30T00:00:00Z"})", "update_time"},
      {R"({"updateTime": 1692999999})", "update_time"},
      {R"({"updateTime": {"seconds": 1}})", "update_time"},
      {R"({"wait": "1.5"})", "wait"},
      {R"({"updateMask": ["text"]})", "update_mask"},
      {R"({"updateMask": "a b"})", "update_mask"},
      {R"({"limit": {"value": 3}})", "limit"},
  };
  for (const Case& c : cases) {
    EXPECT_THAT(Read(c.json), IsRefusal(absl::StatusCode::kInvalidArgument, "JSON_VALUE_INVALID")) << c.json;
    EXPECT_THAT(Read(c.json), HasViolation(c.expected, "must be")) << c.json;
    EXPECT_THAT(Read(c.json), HasViolation(c.expected, "须为")) << c.json;
  }
}

TEST(FromJson, RefusesWhatNestsTooDeeply) {
  EXPECT_THAT(Read(Nested(json::kMaxDepth)), IsOk());
  EXPECT_THAT(Read(Nested(json::kMaxDepth + 1)), IsRefusal(absl::StatusCode::kInvalidArgument, "JSON_TOO_DEEP"));
  for (const std::string opening : {R"({"part":)", R"({"free":{"a":)", R"({"parts":[)"}) {
    std::string bomb;
    for (int i = 0; i < 100'000; ++i) bomb += opening;
    EXPECT_THAT(Read(bomb), StatusIs(absl::StatusCode::kInvalidArgument)) << opening;
  }
  EXPECT_THAT(Read(absl::StrCat(R"({"free":{"a":)", std::string(100'000, '['))),
              IsRefusal(absl::StatusCode::kInvalidArgument, "JSON_TOO_DEEP"));
}

TEST(FromJson, RefusesAFreeValueThatProtobufCannotHold) {
  // A list of google.protobuf.Value is two messages a level, and protobuf reads a hundred messages deep.
  const auto free = [](int levels) {
    const auto count = static_cast<std::size_t>(levels);
    return absl::StrCat(R"({"free":{"a":)", std::string(count, '['), std::string(count, ']'), "}}");
  };
  EXPECT_THAT(Read(free(40)), IsOk());
  EXPECT_THAT(Read(free(json::kMaxDepth - 2)), IsRefusal(absl::StatusCode::kInvalidArgument, "JSON_VALUE_INVALID"));
}

TEST(FromJson, RefusesWhatIsTooLarge) {
  const std::string large = absl::StrCat(R"({"text":")", std::string(kMaxJsonBytes, 'a'), R"("})");
  EXPECT_THAT(Read(large), IsRefusal(absl::StatusCode::kInvalidArgument, "JSON_TOO_LARGE"));
}

TEST(FromJson, NamesFieldsBelowTheOneThatTheTextStandsIn) {
  Kinds kinds;
  EXPECT_THAT(FromJson(R"({"part": {"pageSize": "x"}})", "unit", kinds),
              HasViolation("unit.part.page_size", "must be"));
  EXPECT_THAT(FromJson(R"({"nope": 1})", "unit", kinds), HasViolation("unit.nope", "no field"));
  EXPECT_THAT(FromJson("[]", "unit", kinds), HasViolation("unit", "must be an object"));
}

TEST(JsonString, EscapesWhatMustBe) {
  const std::string text = "中\"\\\n\x01/\x7F";
  EXPECT_EQ(JsonString(text), "\"中\\\"\\\\\\u000a\\u0001/\x7F\"");
  Kinds kinds;
  ASSERT_THAT(FromJson(absl::StrCat(R"({"text":)", JsonString(text), "}"), kinds), IsOk());
  EXPECT_EQ(kinds.text(), text);
}

TEST(ToJson, WritesTheMapping) {
  const Case cases[] = {
      {"", "{}"},
      {R"(text: "中<文>\"\n\001")", "{\"text\":\"中\\u003c文\\u003e\\\"\\n\\u0001\"}"},
      {"page_size: 5", R"({"pageSize":5})"},
      {"amount: 9007199254740993", R"({"amount":"9007199254740993"})"},
      {"large: 18446744073709551615", R"({"large":"18446744073709551615"})"},
      {"rank: 0", R"({"rank":0})"},
      {"colour: COLOUR_RED", R"({"colour":"COLOUR_RED"})"},
      {"colour: 77", R"({"colour":77})"},
      {R"(data: "\373\377")", R"({"data":"+/8="})"},
      {"ratio: inf", R"({"ratio":"Infinity"})"},
      {"update_time { seconds: 1692999999 nanos: 5000000 }", R"({"updateTime":"2023-08-25T21:46:39.005Z"})"},
      {"update_time { }", R"({"updateTime":"1970-01-01T00:00:00Z"})"},
      {"wait { seconds: 1 nanos: 500000000 }", R"({"wait":"1.500s"})"},
      {R"(update_mask { paths: "display_name" paths: "unit.area_code" })",
       R"({"updateMask":"displayName,unit.areaCode"})"},
      {"limit { }", R"({"limit":"0"})"},
      {R"(attributes { key: "a" value: 1 })", R"({"attributes":{"a":"1"}})"},
      {R"(by_number { key: -3 value { } })", R"({"byNumber":{"-3":{}}})"},
      {"is_open: true parts { } parts { }", R"({"isOpen":true,"parts":[{},{}]})"},
  };
  for (const Case& c : cases) {
    Kinds kinds;
    ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(c.json, &kinds));
    EXPECT_THAT(ToJson(kinds), IsOkAndHolds(c.expected));
    Kinds again;
    EXPECT_THAT(FromJson(c.expected, again), IsOk()) << c.expected;
    EXPECT_EQ(Text(again), Text(kinds));
  }
}

TEST(ToJson, ResolvesTheDetailsOfErrors) {
  const absl::Status refusal = MalformedField("unit.name", "wrong", "错误");
  ASSERT_OK_AND_ASSIGN(const std::string json, ToJson(*DetailsOf(refusal)));
  EXPECT_THAT(json, testing::HasSubstr(R"("@type":"type.googleapis.com/google.rpc.BadRequest")"));
  EXPECT_THAT(json, testing::HasSubstr(R"("field":"unit.name")"));
  EXPECT_THAT(json, testing::HasSubstr(R"("message":"错误")"));
}

TEST(ToJson, SaysThatATypeIsUnknown) {
  Kinds kinds;
  kinds.mutable_detail()->set_type_url("type.googleapis.com/no.such.Type");
  kinds.mutable_detail()->set_value("x");
  EXPECT_THAT(ToJson(kinds), StatusIs(absl::StatusCode::kInternal));
}

}  // namespace
}  // namespace jiebang::gateway
