#include <string>

#include "common/testing/error_matchers.h"
#include "common/testing/status_matchers.h"
#include "gtest/gtest.h"
#include "services/gateway/rest/rest_routes.h"
#include "services/gateway/rest/testing/shelf.h"

namespace jiebang::gateway {
namespace {

using absl::StatusCode;
using shelf::v1::GetBookRequest;
using shelf::v1::GetPageRequest;
using shelf::v1::LendBookRequest;
using shelf::v1::ListBooksRequest;
using shelf::v1::UpdateBookRequest;

constexpr char kBooks[] = "/v1/shelves/a/books";
constexpr char kBook[] = "/v1/shelves/a/books/b";
constexpr char kLend[] = "/v1/shelves/a/books/b:lend";

template <class Request>
absl::StatusOr<std::string> Shown(const absl::StatusOr<Request>& request) {
  if (!request.ok()) return request.status();
  return request->ShortDebugString();
}

absl::StatusOr<std::string> Listed(std::string_view query) {
  return Shown(Shelf().Bound<ListBooksRequest>("GET", kBooks, query));
}

absl::StatusOr<std::string> Updated(std::string_view query, std::string_view body) {
  return Shown(Shelf().Bound<UpdateBookRequest>("PATCH", kBook, query, body));
}

absl::StatusOr<std::string> Lent(std::string_view query, std::string_view body) {
  return Shown(Shelf().Bound<LendBookRequest>("POST", kLend, query, body));
}

TEST(Bind, FillsFieldsFromThePath) {
  EXPECT_THAT(Shown(Shelf().Bound<GetBookRequest>("GET", kBook)), IsOkAndHolds(R"(name: "shelves/a/books/b")"));
  EXPECT_THAT(Shown(Shelf().Bound<GetPageRequest>("GET", "/v1/pages/7/a%2Fb")),
              IsOkAndHolds(R"(number: 7 word: "a/b")"));
}

TEST(Bind, RefusesAPathWithAValueOfAnotherType) {
  for (const char* const path : {"/v1/pages/x/a", "/v1/pages/1.5/a", "/v1/pages/99999999999/a", "/v1/pages/%201/a"}) {
    const auto bound = Shelf().Bound<GetPageRequest>("GET", path);
    EXPECT_THAT(bound, IsRefusal(StatusCode::kInvalidArgument, "JSON_VALUE_INVALID")) << path;
    EXPECT_THAT(bound, HasViolation("number", "whole number"));
  }
}

TEST(Bind, FillsFieldsFromTheQuery) {
  const std::string parent = R"(parent: "shelves/a")";
  const std::pair<std::string, std::string> cases[] = {
      {"", parent},
      {"&&", parent},
      {"pageSize=5", parent + " page_size: 5"},
      {"page_size=5", parent + " page_size: 5"},
      {"states=STATE_LENT&states=0", parent + " states: STATE_LENT states: STATE_UNSPECIFIED"},
      {"years=1999&years=-5", parent + " years: 1999 years: -5"},
      {"like.displayTitle=%E4%B8%AD+a%2Bb", parent + R"( like { display_title: "\344\270\255 a+b" })"},
      {"like.tags=a&like.pages=9007199254740993&like.tags=b",
       parent + R"( like { tags: "a" tags: "b" pages: 9007199254740993 })"},
      {"publishedAfter=2023-08-26T05:46:40%2B08:00", parent + " published_after { seconds: 1693000000 }"},
      {"readMask=displayTitle,tags", parent + R"( read_mask { paths: "display_title" paths: "tags" })"},
      {"atMost=3", parent + " at_most { value: 3 }"},
      {"lentOnly=true", parent + " lent_only: true"},
      {"digest=-_8", parent + R"( digest: "\373\377")"},
      {"author=%22a%5C%22", parent + R"( author: "\"a\\\"")"},
      {"author=a=b", parent + R"( author: "a=b")"},
      {"author=", parent + R"( author: "")"},
  };
  for (const auto& [query, expected] : cases) {
    EXPECT_THAT(Listed(query), IsOkAndHolds(expected)) << query;
  }
}

TEST(Bind, RefusesParametersThatAreNone) {
  for (const char* const query :
       {"pagesize=5", "nope=1", "=1", "like=a", "like.nope=a", "like..pages=1", "like.pages.x=1", "tags.x=1",
        "like.labels=a", "like.labels.a=b", "parent=shelves/b", "states.x=1", "publishedAfter.seconds.x=5", ".=1"}) {
    EXPECT_THAT(Listed(query), IsRefusal(StatusCode::kInvalidArgument, "QUERY_PARAMETER_UNKNOWN")) << query;
  }
  EXPECT_THAT(Listed("pagesize=5"), HasViolation("pagesize", "pagesize"));
}

TEST(Bind, RefusesAParameterTwice) {
  for (const char* const query : {"pageSize=5&pageSize=5", "page_size=5&pageSize=6", "like.pages=1&like.pages=1"}) {
    EXPECT_THAT(Listed(query), IsRefusal(StatusCode::kInvalidArgument, "QUERY_PARAMETER_REPEATED")) << query;
  }
  EXPECT_THAT(Listed("author=a&editor=b"), IsRefusal(StatusCode::kInvalidArgument, "QUERY_PARAMETER_REPEATED"));
}

TEST(Bind, RefusesParametersThatDoNotFit) {
  for (const char* const query :
       {"pageSize=", "pageSize=x", "pageSize=+5", "pageSize=5%20", "states=LENT", "lentOnly=1", "lentOnly=TRUE",
        "digest=%21", "publishedAfter=yesterday", "readMask=a%20b", "years=1&years=x"}) {
    EXPECT_THAT(Listed(query), IsRefusal(StatusCode::kInvalidArgument, "JSON_VALUE_INVALID")) << query;
  }
  EXPECT_THAT(Listed("like.pages=x"), HasViolation("like.pages", "whole number"));
  for (const char* const query : {"author=%", "author=%F", "author=%FF", "%FF=a"}) {
    EXPECT_THAT(Listed(query), IsRefusal(StatusCode::kInvalidArgument, "QUERY_MALFORMED")) << query;
  }
}

TEST(Bind, ReadsTheWholeRequestFromTheBody) {
  EXPECT_THAT(Lent("", R"({"toWhom": "x"})"), IsOkAndHolds(R"(name: "shelves/a/books/b" to_whom: "x")"));
  EXPECT_THAT(Lent("", ""), IsOkAndHolds(R"(name: "shelves/a/books/b")")) << "no body is an empty one";
  EXPECT_THAT(Lent("", R"({"name": "shelves/a/books/b"})"), IsOkAndHolds(R"(name: "shelves/a/books/b")"));
  EXPECT_THAT(Lent("toWhom=x", "{}"), IsRefusal(StatusCode::kInvalidArgument, "QUERY_PARAMETER_UNKNOWN"));
}

TEST(Bind, RefusesABodyThatSaysOtherwiseThanThePath) {
  EXPECT_THAT(Lent("", R"({"name": "shelves/a/books/c"})"),
              IsRefusal(StatusCode::kInvalidArgument, "PATH_BODY_CONFLICT"));
  const auto updated = Updated("", R"({"name": "shelves/a/books/c"})");
  EXPECT_THAT(updated, IsRefusal(StatusCode::kInvalidArgument, "PATH_BODY_CONFLICT"));
  EXPECT_THAT(updated, HasViolation("book.name", "not the same"));
}

TEST(Bind, RefusesABodyWhereNoneIsWanted) {
  EXPECT_THAT(Shelf().Bound<GetBookRequest>("GET", kBook, "", "{}"),
              IsRefusal(StatusCode::kInvalidArgument, "BODY_UNWANTED"));
  EXPECT_THAT(Shelf().Bound<LendBookRequest>("DELETE", kBook, "toWhom=x", ""), IsOk());
}

TEST(Bind, ReadsOneFieldFromTheBodyAndTheRestFromTheQuery) {
  EXPECT_THAT(Updated("requestId=r&updateMask=tags", R"({"displayTitle": "x"})"),
              IsOkAndHolds(R"(book { name: "shelves/a/books/b" display_title: "x" } update_mask { paths: "tags" } )"
                           R"(request_id: "r")"));
  EXPECT_THAT(Updated("book.displayTitle=y", "{}"), IsRefusal(StatusCode::kInvalidArgument, "QUERY_PARAMETER_UNKNOWN"));
  EXPECT_THAT(Updated("", R"({"book": {}})"), HasViolation("book.book", "no field"));
  EXPECT_THAT(Updated("", R"({"pages": "x"})"), HasViolation("book.pages", "whole number"));
}

TEST(Bind, TakesTheUpdateMaskFromWhatTheBodySets) {
  EXPECT_THAT(Updated("", R"({"displayTitle": "", "tags": null, "pages": "0"})"),
              IsOkAndHolds(R"(book { name: "shelves/a/books/b" } )"
                           R"(update_mask { paths: "display_title" paths: "tags" paths: "pages" })"));
  EXPECT_THAT(Updated("", R"({"tags": [], "displayTitle": "displayTitle"})"),
              IsOkAndHolds(R"(book { name: "shelves/a/books/b" display_title: "displayTitle" } )"
                           R"(update_mask { paths: "tags" paths: "display_title" })"));
}

TEST(Bind, TakesNothingIntoTheUpdateMaskThatNoUpdateChanges) {
  // What a GET answered, sent back with one change.
  EXPECT_THAT(Updated("", R"({"name": "shelves/a/books/b", "displayTitle": "x", "state": "STATE_LENT", "isbn": "i",
                              "etag": "e"})"),
              IsOkAndHolds(R"(book { name: "shelves/a/books/b" display_title: "x" state: STATE_LENT isbn: "i" )"
                           R"(etag: "e" } update_mask { paths: "display_title" })"));
  EXPECT_THAT(Updated("", "{}"), IsOkAndHolds(R"(book { name: "shelves/a/books/b" })"));
  EXPECT_THAT(Updated("", ""), IsOkAndHolds(R"(book { name: "shelves/a/books/b" })"));
}

}  // namespace
}  // namespace jiebang::gateway
