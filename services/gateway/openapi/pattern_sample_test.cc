#include "services/gateway/openapi/pattern_sample.h"

#include "gtest/gtest.h"

namespace jiebang::gateway::openapi {
namespace {

TEST(PatternSampleTest, MakesATextThatMatches) {
  const std::pair<const char*, const char*> cases[] = {
      {"[a-z0-9-]{1,63}", "aaa"},
      {"[0-9]{6}", "000000"},
      {"[0-9a-f]{64}", "9999999999999999999999999999999999999999999999999999999999999999"},
      {"-?[0-9]{1,12}(\\.[0-9]{1,6})?", "000"},
      {"(1[3-9]|[23][0-9]|4[0-3])[0-9]{0,2}", "1300"},
      {"(national|provincial|city)?", ""},
      {"experts/[a-z0-9-]{1,63}", "experts/aaa"},
      {"https?://[^\\s]{1,492}", "http://xxx"},
      {"a+b*c{2,}", "aaaccc"},
  };
  for (const auto& [pattern, sample] : cases) EXPECT_EQ(SampleOf(pattern).value_or("none"), sample) << pattern;
}

TEST(PatternSampleTest, SaysWhenItCannot) {
  EXPECT_EQ(SampleOf("[^x]"), std::nullopt);
  EXPECT_EQ(SampleOf("(?i)a"), std::nullopt);
}

}  // namespace
}  // namespace jiebang::gateway::openapi
