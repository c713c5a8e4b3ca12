#include "common/field_limits/wire_check.h"

#include <memory>
#include <random>
#include <string>

#include "common/field_limits/check.h"
#include "common/testing/proto_source.h"
#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"

namespace jiebang::field_limits {
namespace {

constexpr char kContract[] = R"(
  enum Colour { COLOUR_UNSPECIFIED = 0; COLOUR_RED = 1; COLOUR_LATE = 7; }

  message Part {
    string title = 1 [(google.api.field_behavior) = REQUIRED, (jiebang.options.v1.limits) = {max_length: 10}];
    repeated string links = 2 [(jiebang.options.v1.limits) = {max_items: 2, max_length: 4, pattern: "[a-z]{1,4}"}];
    Colour colour = 3 [(google.api.field_behavior) = REQUIRED];
  }
  message Whole {
    string text = 1 [(jiebang.options.v1.limits) = {max_length: 3}];
    string code = 2 [(jiebang.options.v1.limits) = {pattern: "[0-9]{2}|x"}];
    bytes image = 3 [(jiebang.options.v1.limits) = {max_bytes: 4}];
    repeated Part parts = 4 [(jiebang.options.v1.limits) = {max_items: 3}];
    int32 year = 5 [(jiebang.options.v1.limits) = {minimum: -2, maximum: 100}];
    optional int64 maybe = 6 [(jiebang.options.v1.limits) = {minimum: 1}];
    uint64 large = 7 [(jiebang.options.v1.limits) = {maximum: 9}];
    map<string, Part> named = 8 [(jiebang.options.v1.limits) = {max_items: 2}];
    repeated Colour colours = 9;
    oneof choice { string word = 10 [(jiebang.options.v1.limits) = {max_length: 2}]; Part part = 11; }
    Part receipt = 12 [(google.api.field_behavior) = OUTPUT_ONLY];
    Whole inner = 13;
    bool agrees = 14;
  }
  message StartsAtOne { int32 number = 1 [(jiebang.options.v1.limits) = {minimum: 1}]; }
  message Far { string text = 300 [(jiebang.options.v1.limits) = {max_length: 3}]; }
)";

class WireCheckTest : public testing::Test {
 protected:
  WireCheckTest() { std::printf("seed %u\n", seed_); }

  std::shared_ptr<const Plan> PlanOf(const std::string& type) const { return *Compile(contract_.Message(type)); }
  bool Surely(const std::string& type, const std::string& text) const {
    return SurelyKeepsLimits(*PlanOf(type), contract_.New(type, text)->SerializeAsString());
  }

  void AddVarint(std::uint64_t value, std::string& bytes) {
    for (; value >= 0x80; value >>= 7) bytes.push_back(static_cast<char>(value | 0x80));
    bytes.push_back(static_cast<char>(value));
  }
  // Something that is mostly a message of the contract, sometimes with what it should not have.
  std::string AnyMessage(int depth) {
    static const std::string kTexts[] = {"", "a", "ab", "abc", "abcd", "x", "42", "字", "字字字字", "\x01", "AB"};
    std::string bytes;
    for (std::size_t fields = random_() % 6; fields > 0; --fields) {
      const std::uint64_t number = 1 + random_() % 15;
      const bool is_number = (number >= 5 && number <= 7) || number == 3 || number == 9 || number == 14;
      const std::uint64_t wire_type = random_() % 40 == 0 ? random_() % 6 : is_number ? 0 : 2;
      AddVarint(number << 3 | wire_type, bytes);
      if (wire_type == 0) {
        AddVarint(random_() % 4 == 0 ? random_() : random_() % 12, bytes);
      } else {
        const bool is_message = number == 4 || number == 8 || number >= 11;
        const std::string content =
            is_message && depth < 4 ? AnyMessage(depth + 1) : kTexts[random_() % std::size(kTexts)];
        AddVarint(content.size(), bytes);
        bytes += content;
      }
    }
    return bytes;
  }

  const ProtoSource contract_{kContract};
  const unsigned seed_ = std::random_device()();
  std::mt19937_64 random_{seed_};
};

TEST_F(WireCheckTest, NeverPassesWhatTheWalkFindsFaultWith) {
  int passed = 0;
  int faulty = 0;
  for (const std::string type : {"Whole", "Part"}) {
    const auto plan = PlanOf(type);
    for (int round = 0; round < 100'000; ++round) {
      const std::string bytes = AnyMessage(0);
      const auto message = contract_.New(type);
      if (!message->ParsePartialFromString(bytes)) continue;
      const bool keeps_limits = Walk(*plan, *message).empty();
      const bool surely = SurelyKeepsLimits(*plan, bytes);
      passed += surely ? 1 : 0;
      faulty += keeps_limits ? 0 : 1;
      ASSERT_TRUE(keeps_limits || !surely) << type << ": " << message->ShortDebugString();
    }
  }
  EXPECT_GT(passed, 1'000);
  EXPECT_GT(faulty, 1'000);
}

TEST_F(WireCheckTest, PassesWhatKeepsItsLimits) {
  EXPECT_TRUE(Surely("Whole", ""));
  EXPECT_TRUE(Surely("Whole", R"(text: "字字字" code: "42" image: "\377\377" year: -2 maybe: 1 large: 9 agrees: true
                                 parts { title: "t" links: "ab" links: "c" colour: COLOUR_RED }
                                 named { key: "k" value { title: "t" colour: COLOUR_LATE } }
                                 word: "ab" receipt { links: "NOT LOOKED AT" }
                                 inner { inner { text: "abc" } })"));
}

TEST_F(WireCheckTest, LeavesToTheWalkWhatItDoesNotReadIn) {
  EXPECT_FALSE(Surely("StartsAtOne", "")) << "a number that is absent is 0";
  EXPECT_TRUE(Surely("StartsAtOne", "number: 1"));
  EXPECT_FALSE(Surely("Whole", "colours: COLOUR_RED")) << "a packed list";
  EXPECT_FALSE(Surely("Far", R"(text: "a")")) << "a number beyond 255";
  const std::string twice = contract_.New("Whole", R"(text: "a")")->SerializeAsString();
  EXPECT_FALSE(SurelyKeepsLimits(*PlanOf("Whole"), twice + twice)) << "a field twice";
  EXPECT_FALSE(SurelyKeepsLimits(*PlanOf("Whole"), "\x0a\x7f")) << "cut off";
}

}  // namespace
}  // namespace jiebang::field_limits
