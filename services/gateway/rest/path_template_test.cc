#include "services/gateway/rest/path_template.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/testing/status_matchers.h"
#include "gtest/gtest.h"

namespace jiebang::gateway {
namespace {

std::string Shown(const PathTemplate& path) {
  const std::string segments = absl::StrJoin(path.segments, "/", [](std::string* out, const PathSegment& segment) {
    out->append(segment.kind == PathSegment::Kind::kLiteral ? segment.literal
                : segment.kind == PathSegment::Kind::kOne   ? "*"
                                                            : "**");
  });
  const std::string variables = absl::StrJoin(path.variables, ",", [](std::string* out, const PathVariable& variable) {
    absl::StrAppend(out, variable.field, "=", variable.begin, "-", variable.end, variable.spans_segments ? "+" : "");
  });
  return absl::StrCat(segments, " ", variables, " ", path.verb);
}

TEST(PathTemplate, ReadsTheGrammarOfHttpProto) {
  const std::pair<std::string, std::string> cases[] = {
      {"/v1/lists", "v1/lists  "},
      {"/v1/lists:build", "v1/lists  build"},
      {"/v1/{name=lists/*}", "v1/lists/* name=1-3+ "},
      {"/v1/{name=lists/*}:openPublicity", "v1/lists/* name=1-3+ openPublicity"},
      {"/v1/{parent=lists/*}/entries", "v1/lists/*/entries parent=1-3+ "},
      {"/v1/shards/{shard}/entries", "v1/shards/*/entries shard=2-3 "},
      {"/v1/{shard=*}", "v1/* shard=1-2 "},
      {"/v1/{unit.name=units/*}", "v1/units/* unit.name=1-3+ "},
      {"/v1/{name=operations/**}:cancel", "v1/operations/** name=1-3+ cancel"},
      {"/v1/{name=**}", "v1/** name=1-2+ "},
      {"/**", "**  "},
      {"/v1/*/x", "v1/*/x  "},
      {"/v1/{a}/{b=x/*}", "v1/*/x/* a=1-2,b=2-4+ "},
  };
  for (const auto& [text, expected] : cases) {
    ASSERT_OK_AND_ASSIGN(const PathTemplate path, PathTemplate::Parse(text));
    EXPECT_EQ(Shown(path), expected) << text;
  }
}

TEST(PathTemplate, RefusesWhatIsNone) {
  for (const char* const text : {"",
                                 "v1",
                                 "/",
                                 "/v1/",
                                 "/v1//x",
                                 "/v1/{",
                                 "/v1/{}",
                                 "/v1/{name",
                                 "/v1/{name=}",
                                 "/v1/{name=a/{b}}",
                                 "/v1/{name=a/}",
                                 "/v1/**/x",
                                 "/v1/{name=**}/x",
                                 "/v1:",
                                 "/v1:a/b",
                                 "/v1:a:b",
                                 "/v1/***",
                                 "/v1/a*",
                                 "/v1/{.a}",
                                 "/v1/{a..b}",
                                 "/v1/{a-b}",
                                 "/v1/a b",
                                 "/v1/{a}x",
                                 "/v1/%41",
                                 "/v1/{a=b:c}"}) {
    EXPECT_THAT(PathTemplate::Parse(text), StatusIs(absl::StatusCode::kInvalidArgument)) << text;
  }
}

}  // namespace
}  // namespace jiebang::gateway
