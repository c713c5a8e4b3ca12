#include "common/batch_get/batch_get.h"

#include <map>

#include "common/async/thread_executor.h"
#include "common/errors/error.h"
#include "common/errors/error_details.h"
#include "common/testing/error_matchers.h"
#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "google/protobuf/wrappers.pb.h"
#include "google/rpc/error_details.pb.h"
#include "gtest/gtest.h"

namespace jiebang {
namespace {

using google::protobuf::StringValue;
using testing::ElementsAre;

struct BookName {
  std::string text;
  static absl::StatusOr<BookName> Parse(std::string_view text, std::string_view field) {
    if (text.starts_with("shelves/")) return BookName{std::string(text)};
    return MalformedField(std::string(field), "no book", "不是书");
  }
  std::string ToString() const { return text; }
};

class BatchGetTest : public testing::Test {
 protected:
  absl::StatusOr<std::vector<std::string>> Get(const std::vector<std::string>& names, std::size_t at_once = 2) {
    std::vector<BookName> books;
    for (const std::string& name : names) books.push_back({name});
    FetchSome<BookName, StringValue> fetch = [this](std::vector<BookName> some) { return Fetch(std::move(some)); };
    auto found = executor_.RunUntilDone(GetBatch<BookName, StringValue>(books, at_once, fetch));
    if (!found.ok()) return found.status();
    std::vector<std::string> texts;
    for (const StringValue& value : *found) texts.push_back(value.value());
    return texts;
  }

  std::map<std::string, std::string> shelf_;
  std::vector<std::size_t> asked_;

 private:
  Task<absl::StatusOr<std::vector<std::optional<StringValue>>>> Fetch(std::vector<BookName> some) {
    asked_.push_back(some.size());
    std::vector<std::optional<StringValue>> found;
    for (const BookName& name : some) {
      const auto book = shelf_.find(name.text);
      found.emplace_back();
      if (book != shelf_.end()) found.back().emplace().set_value(book->second);
    }
    co_return found;
  }

  ThreadExecutor executor_;
};

TEST_F(BatchGetTest, AnswersInTheOrderOfTheNames) {
  shelf_ = {{"a", "1"}, {"b", "2"}, {"c", "3"}};
  EXPECT_THAT(*Get({"c", "a", "b", "a"}), ElementsAre("3", "1", "2", "1"));
  EXPECT_THAT(asked_, ElementsAre(2, 2));
}

TEST_F(BatchGetTest, NamesAllThatAreMissing) {
  shelf_ = {{"b", "2"}};
  const auto found = Get({"a", "b", "c", "d"});
  EXPECT_THAT(found, IsRefusal(absl::StatusCode::kNotFound, "BATCH_INCOMPLETE"));
  const auto bad = DetailOf<google::rpc::BadRequest>(*DetailsOf(found.status()));
  ASSERT_EQ(bad->field_violations_size(), 4);
  EXPECT_EQ(bad->field_violations(0).field(), "names");
  EXPECT_EQ(bad->field_violations(0).description(), "0,2-3");
  EXPECT_EQ(bad->field_violations(2).field(), "names[2]");
  EXPECT_EQ(bad->field_violations(2).description(), "c");
}

TEST_F(BatchGetTest, NamesAllThatAreMissingHoweverManyTheyAre) {
  std::vector<std::string> names;
  std::vector<std::size_t> missing;
  for (int i = 0; i < 1'000; ++i) {
    names.push_back(absl::StrCat("name-", i, "-", std::string(250, 'x')));
    if (i % 2 == 1) shelf_[names.back()] = "there";
    if (i % 2 == 0) missing.push_back(i);
  }
  const auto bad = DetailOf<google::rpc::BadRequest>(*DetailsOf(Get(names, 100).status()));
  std::string positions;
  for (const auto& violation : bad->field_violations()) {
    if (violation.field() == "names")
      absl::StrAppend(&positions, positions.empty() ? "" : ",", violation.description());
  }
  std::string expected;
  for (const std::size_t position : missing) absl::StrAppend(&expected, expected.empty() ? "" : ",", position);
  EXPECT_EQ(positions, expected);
}

TEST_F(BatchGetTest, SaysHowManyFitIntoOneAnswer) {
  for (const char* name : {"a", "b", "c"}) shelf_[name] = std::string(kMostBatchBytes / 2 - 100, 'x');
  EXPECT_THAT(Get({"a", "b"}), IsOk());
  const auto found = Get({"missing", "a", "b", "c"});
  EXPECT_THAT(found, IsRefusal(absl::StatusCode::kFailedPrecondition, "BATCH_TOO_LARGE"));
  EXPECT_EQ(DetailOf<google::rpc::ErrorInfo>(*DetailsOf(found.status()))->metadata().at("fitting"), "3");
}

TEST(ParseBatch, HoldsEveryNameAgainstTheParent) {
  google::protobuf::RepeatedPtrField<std::string> names;
  names.Add("shelves/1/books/a");
  names.Add("shelves/2/books/b");
  EXPECT_THAT(ParseBatch<BookName>(names), IsOk());
  EXPECT_THAT(ParseBatch<BookName>(names, "shelves/-"), IsOk());
  EXPECT_THAT(ParseBatch<BookName>(names, "shelves/1"),
              IsRefusal(absl::StatusCode::kInvalidArgument, "NAME_NOT_IN_PARENT"));
  EXPECT_THAT(ParseBatch<BookName>(names, "shelves/1/books/a"),
              IsRefusal(absl::StatusCode::kInvalidArgument, "NAME_NOT_IN_PARENT"));
  names.Add("no book");
  EXPECT_THAT(ParseBatch<BookName>(names), IsRefusal(absl::StatusCode::kInvalidArgument, "FIELD_MALFORMED"));
}

TEST(StandsIn, TakesAWildcardForAnIdAndNotForACollection) {
  EXPECT_TRUE(StandsIn("shelves/-", "shelves/1/books/a"));
  EXPECT_FALSE(StandsIn("-/1", "shelves/1/books/a"));
  EXPECT_FALSE(StandsIn("shelves/1", "shelves/10/books/a"));
}

}  // namespace
}  // namespace jiebang
