// Pages of records in the order of their ids.
#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "common/store/conformance/conformance.h"
#include "common/testing/status_matchers.h"

namespace jiebang::store {
namespace {

using testing::ElementsAre;
using testing::ElementsAreArray;
using testing::IsEmpty;

TEST_P(Conformance, ScansRecordsInTheOrderOfTheirIds) {
  PutAll({"b", "a", "c"});
  ASSERT_THAT(PutOne("b", "changed"), IsOk());
  ASSERT_OK_AND_ASSIGN(const Page page, Scan("", "", 10));
  EXPECT_THAT(page.records,
              ElementsAre(IsRecord("a", 1, "value of a"), IsRecord("b", 2, "changed"), IsRecord("c", 1, "value of c")));
  EXPECT_FALSE(page.more);
}

TEST_P(Conformance, SaysWhetherRecordsFollowAPage) {
  PutAll({"a", "b", "c"});
  EXPECT_THAT(ScannedIds("", "", 2, /*more=*/true), ElementsAre("a", "b"));
  EXPECT_THAT(ScannedIds("", "", 3, /*more=*/false), ElementsAre("a", "b", "c"));
  EXPECT_THAT(ScannedIds("", "b", 1, /*more=*/false), ElementsAre("c"));
  EXPECT_THAT(ScannedIds("", "c", 1, /*more=*/false), IsEmpty());
}

TEST_P(Conformance, ScansAfterAnIdThatNeedNotExist) {
  PutAll({"a", "c", "e"});
  EXPECT_THAT(ScannedIds("", "b", 10, /*more=*/false), ElementsAre("c", "e"));
  EXPECT_THAT(ScannedIds("", "c", 10, /*more=*/false), ElementsAre("e"));
  EXPECT_THAT(ScannedIds("", std::string("c\0", 2), 10, /*more=*/false), ElementsAre("e"));
  EXPECT_THAT(ScannedIds("", "z", 10, /*more=*/false), IsEmpty());
}

TEST_P(Conformance, ScansAPrefix) {
  PutAll({"a", "b", "b/", "b/1", "b/2", "b0", "c"});
  EXPECT_THAT(ScannedIds("b/", "", 10, /*more=*/false), ElementsAre("b/", "b/1", "b/2"));
  EXPECT_THAT(ScannedIds("b/", "", 2, /*more=*/true), ElementsAre("b/", "b/1"));
  EXPECT_THAT(ScannedIds("b/", "b/1", 10, /*more=*/false), ElementsAre("b/2"));
  EXPECT_THAT(ScannedIds("b/", "a", 10, /*more=*/false), ElementsAre("b/", "b/1", "b/2"));
  EXPECT_THAT(ScannedIds("b/", "b/2", 10, /*more=*/false), IsEmpty());
  EXPECT_THAT(ScannedIds("b/", "c", 10, /*more=*/false), IsEmpty());
  EXPECT_THAT(ScannedIds("x", "", 10, /*more=*/false), IsEmpty());
}

TEST_P(Conformance, OrdersIdsAsUnsignedBytes) {
  const std::vector<std::string> ordered = {std::string("\0", 1),
                                            std::string("\0\0", 2),
                                            std::string("\0a", 2),
                                            "[",
                                            "\\",
                                            "a",
                                            std::string("a\0", 2),
                                            "aa",
                                            "\x7f",
                                            "\x80",
                                            "\xc3\xa4",
                                            "\xff",
                                            std::string("\xff\0", 2),
                                            "\xff\xff",
                                            "\xff\xff\xff"};
  std::vector<std::string> shuffled(ordered.rbegin(), ordered.rend());
  PutAll(shuffled);
  EXPECT_THAT(ScannedIds("", "", 100, /*more=*/false), ElementsAreArray(ordered));
  EXPECT_THAT(ScannedIds("\xff", "", 100, /*more=*/false),
              ElementsAre("\xff", std::string("\xff\0", 2), "\xff\xff", "\xff\xff\xff"));
  EXPECT_THAT(ScannedIds("\xff\xff", "", 100, /*more=*/false), ElementsAre("\xff\xff", "\xff\xff\xff"));
  EXPECT_THAT(ScannedIds(std::string("\0", 1), "", 100, /*more=*/false),
              ElementsAre(std::string("\0", 1), std::string("\0\0", 2), std::string("\0a", 2)));
  EXPECT_THAT(ScannedIds("", "\xff\xff", 100, /*more=*/false), ElementsAre("\xff\xff\xff"));
  EXPECT_THAT(ScannedIds("a\xff", "", 100, /*more=*/false), IsEmpty());
}

TEST_P(Conformance, LeavesOutOfAScanWhatWasDeletedAndWhatIsElsewhere) {
  PutAll({"a", "b", "c"});
  ASSERT_THAT(DeleteOne("b"), IsOk());
  ASSERT_THAT(Apply({.partition = kPartition, .puts = {{"other table", "ab", ""}}}), IsOk());
  ASSERT_THAT(Apply({.partition = "units/440000/", .puts = {{kTable, "ab", ""}}}), IsOk());
  EXPECT_THAT(ScannedIds("", "", 10, /*more=*/false), ElementsAre("a", "c"));
  PutAll({"b"});
  EXPECT_THAT(ScannedIds("", "", 10, /*more=*/false), ElementsAre("a", "b", "c"));
}

TEST_P(Conformance, WalksFromPageToPageOverEverything) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE(testing::Message() << "seed " << seed);
  std::mt19937 random(seed);
  std::set<std::string> ids;
  Commit commit{.partition = kPartition};
  while (ids.size() < 500) {
    std::string id(random() % 4 + 1, '\0');
    for (char& byte : id) byte = static_cast<char>(random());
    if (ids.insert(id).second) commit.puts.push_back({kTable, id, ""});
  }
  ASSERT_THAT(Apply(std::move(commit)), IsOk());

  for (const std::size_t limit : {1, 7, 499, 500, 1000}) {
    std::vector<std::string> walked;
    for (bool more = true; more;) {
      ASSERT_OK_AND_ASSIGN(const Page page, Scan("", walked.empty() ? "" : walked.back(), limit));
      ASSERT_LE(page.records.size(), limit);
      ASSERT_TRUE(!page.more || !page.records.empty());
      for (const Record& record : page.records) walked.push_back(record.id);
      more = page.more;
    }
    EXPECT_THAT(walked, ElementsAreArray(ids));
  }
}

TEST_P(Conformance, EndsAPageEarlyRatherThanGrowWithoutBound) {
  for (const char* const id : {"a", "b", "c", "d", "e", "f"}) {
    ASSERT_THAT(PutOne(id, std::string(kMaxValueBytes, *id)), IsOk());
  }
  ASSERT_OK_AND_ASSIGN(const Page first, Scan("", "", 1000));
  EXPECT_TRUE(first.more);
  ASSERT_GE(first.records.size(), 1);
  ASSERT_LE(first.records.size(), 5);
  ASSERT_OK_AND_ASSIGN(const Page second, Scan("", first.records.back().id, 1000));
  EXPECT_FALSE(second.more);
  EXPECT_EQ(first.records.size() + second.records.size(), 6);
  EXPECT_EQ(second.records.back().value, std::string(kMaxValueBytes, 'f'));
}

}  // namespace
}  // namespace jiebang::store
