#include "services/gateway/rest/rest_routes.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/errors/error_details.h"
#include "common/testing/error_matchers.h"
#include "common/testing/proto_source.h"
#include "common/testing/status_matchers.h"
#include "google/rpc/error_details.pb.h"
#include "gtest/gtest.h"
#include "services/gateway/rest/testing/shelf.h"

namespace jiebang::gateway {
namespace {

using absl::StatusCode;
using testing::AllOf;
using testing::HasSubstr;

std::string Matched(const Shelf& shelf, std::string_view http_method, std::string_view path) {
  const absl::StatusOr<RestMatch> match = shelf.Match(http_method, path);
  if (!match.ok()) return ReasonOf(match.status());
  return absl::StrCat(match->route->method->name(), " ", absl::StrJoin(match->values, ","));
}

TEST(RestRoutes, MatchesPaths) {
  const struct {
    const char* http_method;
    const char* path;
    const char* expected;
  } cases[] = {
      {"GET", "/v1/shelves/a/books/b", "GetBook shelves/a/books/b"},
      {"GET", "/v1/shelves/a/books", "ListBooks shelves/a"},
      {"GET", "/v1/shelves/books/books/books", "GetBook shelves/books/books/books"},
      {"GET", "/v1/pages/7/x", "GetPage 7,x"},
      {"PATCH", "/v1/shelves/a/books/b", "UpdateBook shelves/a/books/b"},
      {"POST", "/v1/shelves/a/books/b:lend", "LendBook shelves/a/books/b"},
      // A literal goes before `*`, for the methods that it has.
      {"GET", "/v1/shelves/a/books/first", "GetFirstBook shelves/a/books/first"},
      {"PATCH", "/v1/shelves/a/books/first", "UpdateBook shelves/a/books/first"},
      // `**` is any number of segments.
      {"GET", "/v1/archive", "GetBook archive"},
      {"GET", "/v1/archive/a/b/c", "GetBook archive/a/b/c"},
      // Percent-encoding: literals match decoded; a slash within a value of several segments stays encoded.
      {"GET", "/v1/shelve%73/a/books/b", "GetBook shelves/a/books/b"},
      {"GET", "/v1/shelves/%E4%B8%AD/books/b%20c", "GetBook shelves/中/books/b c"},
      {"GET", "/v1/shelves/a%2Fbooks%2fb/books/c", "GetBook shelves/a%2Fbooks%2fb/books/c"},
      {"GET", "/v1/pages/7/a%2Fb", "GetPage 7,a/b"},
      {"GET", "/v1/pages/7/a+b", "GetPage 7,a+b"},
      {"GET", "/v1/pages/7/%2541", "GetPage 7,%41"},
      {"GET", "/v1/shelves/a/books/b%3Alend", "GetBook shelves/a/books/b:lend"},
      {"GET", "/v1/shelves/a:b/books/c", "GetBook shelves/a:b/books/c"},
      // What is no path of ours.
      {"GET", "/v1/shelves", "PATH_UNKNOWN"},
      {"GET", "/v1/shelves/a/books/", "PATH_UNKNOWN"},
      {"GET", "/v1/shelves//books", "PATH_UNKNOWN"},
      {"GET", "//v1/shelves/a/books", "PATH_UNKNOWN"},
      {"GET", "/v1/shelves/a/books/b/c", "PATH_UNKNOWN"},
      {"GET", "/v1/shelves/a%2Fbooks", "PATH_UNKNOWN"},
      {"GET", "/v1/shelves/a/../books", "PATH_UNKNOWN"},
      {"GET", "/v1/Shelves/a/books", "PATH_UNKNOWN"},
      {"GET", "/", "PATH_UNKNOWN"},
      {"POST", "/v1/shelves/a/books/b:burn", "PATH_UNKNOWN"},
      {"POST", "/v1/shelves/a/books/b:", "PATH_UNKNOWN"},
      {"POST", "/v1/shelves/a/books/b:lend:lend", "LendBook shelves/a/books/b:lend"},
      {"GET", "", "PATH_MALFORMED"},
      {"GET", "v1/shelves", "PATH_MALFORMED"},
      {"GET", "/v1/shelves/%/books", "PATH_MALFORMED"},
      {"GET", "/v1/shelves/%4/books", "PATH_MALFORMED"},
      {"GET", "/v1/shelves/%GG/books", "PATH_MALFORMED"},
      {"GET", "/v1/shelves/%FF/books", "PATH_MALFORMED"},
      {"GET", "/v1/shelves/%C0%AF/books", "PATH_MALFORMED"},
      // Another method than the path has.
      {"POST", "/v1/shelves/a/books/b", "METHOD_NOT_ALLOWED"},
      {"GET", "/v1/shelves/a/books/b:lend", "METHOD_NOT_ALLOWED"},
      {"get", "/v1/shelves/a/books/b", "METHOD_NOT_ALLOWED"},
      {"", "/v1/shelves/a/books/b", "METHOD_NOT_ALLOWED"},
  };
  const Shelf shelf;
  for (const auto& c : cases) EXPECT_EQ(Matched(shelf, c.http_method, c.path), c.expected) << c.path;
}

TEST(RestRoutes, SaysWhichMethodsAPathHas) {
  const absl::StatusOr<RestMatch> match = Shelf().Match("POST", "/v1/shelves/a/books/b");
  EXPECT_THAT(match, StatusIs(StatusCode::kUnimplemented, HasSubstr("DELETE, GET, PATCH")));
  const auto info = DetailOf<google::rpc::ErrorInfo>(*DetailsOf(match.status()));
  EXPECT_EQ(info->metadata().at(kAllow), "DELETE, GET, PATCH");
}

TEST(RestRoutes, TakesLongAndHostilePaths) {
  const Shelf shelf;
  EXPECT_EQ(Matched(shelf, "GET", std::string(100'000, '/')), "PATH_UNKNOWN");
  std::string deep = "/v1/shelves";
  for (int i = 0; i < 100'000; ++i) deep += "/a";
  EXPECT_EQ(Matched(shelf, "GET", deep), "PATH_UNKNOWN");
}

TEST(RestRoutes, RefusesTwoMethodsWithOnePath) {
  ASSERT_OK_AND_ASSIGN(const PathTemplate path, PathTemplate::Parse("/v1/{name=shelves/*}:lend"));
  ASSERT_OK_AND_ASSIGN(const PathTemplate same, PathTemplate::Parse("/v1/shelves/{id}:lend"));
  const RestRule first;
  const RestRule second;
  PathTrie trie;
  EXPECT_EQ(trie.Add("POST", path, first), nullptr);
  EXPECT_EQ(trie.Add("POST", same, second), &first);
  EXPECT_EQ(trie.Add("PUT", same, second), nullptr);
}

TEST(RestRule, NamesEveryFaultOfAMethod) {
  const ProtoSource source(R"(
    message Part { string name = 1; }
    message Request { string name = 1; int32 number = 2; repeated string names = 3; Part part = 4; repeated Part parts = 5; }
    service S {
      rpc NoRule(Request) returns (Part);
      rpc NoField(Request) returns (Part) { option (google.api.http) = { post: "/v1/{nope}" body: "*" }; }
      rpc NoPathField(Request) returns (Part) { option (google.api.http) = { post: "/v1/{part.nope}" body: "*" }; }
      rpc JsonName(Request) returns (Part) { option (google.api.http) = { post: "/v1/{Name}" body: "*" }; }
      rpc List(Request) returns (Part) { option (google.api.http) = { post: "/v1/{names}" body: "*" }; }
      rpc Message(Request) returns (Part) { option (google.api.http) = { post: "/v1/{part}" body: "*" }; }
      rpc Number(Request) returns (Part) { option (google.api.http) = { post: "/v1/{number=a/*}" body: "*" }; }
      rpc NoBody(Request) returns (Part) { option (google.api.http) = { post: "/v1/a" body: "nope" }; }
      rpc TextBody(Request) returns (Part) { option (google.api.http) = { post: "/v1/a" body: "name" }; }
      rpc ListBody(Request) returns (Part) { option (google.api.http) = { post: "/v1/a" body: "parts" }; }
      rpc GetBody(Request) returns (Part) { option (google.api.http) = { get: "/v1/a" body: "*" }; }
      rpc Query(Request) returns (Part) { option (google.api.http) = { get: "/v1/a" }; }
      rpc Path(Request) returns (Part) { option (google.api.http) = { post: "v1/a" body: "*" }; }
      rpc Response(Request) returns (Part) { option (google.api.http) = { post: "/v1/a" body: "*" response_body: "name" }; }
      rpc Two(Request) returns (Part) { option (google.api.http) = { post: "/v1/{a}/{b}" body: "c" }; }
      rpc Fine(Request) returns (Part) { option (google.api.http) = { post: "/v1/{part.name}" body: "*" }; }
    })");
  const auto of = [&source](const std::string& method) { return RestRule::Of(source.Method("S." + method)); };
  EXPECT_THAT(of("NoRule"), StatusIs(StatusCode::kFailedPrecondition, HasSubstr("test.S.NoRule: it has no")));
  EXPECT_THAT(of("NoField"), StatusIs(StatusCode::kFailedPrecondition, HasSubstr("no field nope")));
  EXPECT_THAT(of("NoPathField"), StatusIs(StatusCode::kFailedPrecondition, HasSubstr("no field part.nope")));
  EXPECT_THAT(of("JsonName"), StatusIs(StatusCode::kFailedPrecondition, HasSubstr("no field Name")));
  EXPECT_THAT(of("List"), StatusIs(StatusCode::kFailedPrecondition, HasSubstr("no single value")));
  EXPECT_THAT(of("Message"), StatusIs(StatusCode::kFailedPrecondition, HasSubstr("no single value")));
  EXPECT_THAT(of("Number"), StatusIs(StatusCode::kFailedPrecondition, HasSubstr("no string")));
  for (const char* const method : {"NoBody", "TextBody", "ListBody"}) {
    EXPECT_THAT(of(method), StatusIs(StatusCode::kFailedPrecondition, HasSubstr("no message in the request")))
        << method;
  }
  EXPECT_THAT(of("GetBody"), StatusIs(StatusCode::kFailedPrecondition, HasSubstr("GET has no body")));
  EXPECT_THAT(of("Query"), StatusIs(StatusCode::kFailedPrecondition, HasSubstr("no query can hold")));
  EXPECT_THAT(of("Path"), StatusIs(StatusCode::kFailedPrecondition, HasSubstr("begins with no slash")));
  EXPECT_THAT(of("Response"), StatusIs(StatusCode::kFailedPrecondition, HasSubstr("response_body")));
  EXPECT_THAT(of("Two"), StatusIs(StatusCode::kFailedPrecondition,
                                  AllOf(HasSubstr("field a"), HasSubstr("field b"), HasSubstr("body c"))));
  EXPECT_THAT(of("Fine"), IsOk());
}

}  // namespace
}  // namespace jiebang::gateway
