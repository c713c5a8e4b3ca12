// What is too much is refused, and the most that is allowed works.
#include <functional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/store/conformance/conformance.h"
#include "common/testing/status_matchers.h"

namespace jiebang::store {
namespace {

const std::string kLongest(kMaxTextBytes, 'x');
const std::string kTooLong(kMaxTextBytes + 1, 'x');
const std::string kTooLarge(kMaxValueBytes + 1, 'x');

struct WrongCommit {
  std::string why;
  Commit commit;
};

std::vector<WrongCommit> WrongCommits() {
  std::vector<WrongCommit> wrong = {
      {"empty partition", {.partition = ""}},
      {"byte 0 in the partition", {.partition = std::string("a\0b", 3)}},
      {"long partition", {.partition = kTooLong}},
      {"empty table", {.partition = "p", .puts = {{"", "a", ""}}}},
      {"byte 0 in a table", {.partition = "p", .puts = {{std::string("a\0b", 3), "a", ""}}}},
      {"empty table of a delete", {.partition = "p", .deletes = {{"", "a"}}}},
      {"empty table of a precondition", {.partition = "p", .preconditions = {{"", "a", 0}}}},
      {"long key", {.partition = "p", .puts = {{"t", std::string(kMaxKeyBytes - 1, 'x'), ""}}}},
      {"long key of a delete", {.partition = "p", .deletes = {{"t", std::string(kMaxKeyBytes - 1, 'x')}}}},
      {"long key of a precondition",
       {.partition = "p", .preconditions = {{"t", std::string(kMaxKeyBytes - 1, 'x'), 0}}}},
      {"large value", {.partition = "p", .puts = {{"t", "a", kTooLarge}}}},
      {"large payload", {.partition = "p", .events = {{"x", "", std::string(kMaxEventBytes + 1, 'x')}}}},
      {"long type", {.partition = "p", .events = {{kTooLong, "", ""}}}},
      {"long resource", {.partition = "p", .events = {{"", kTooLong, ""}}}},
      {"empty replay key", {.partition = "p", .replay = Replay{"", "", ""}}},
      {"long replay key", {.partition = "p", .replay = Replay{kTooLong, "", ""}}},
      {"long fingerprint", {.partition = "p", .replay = Replay{"k", kTooLong, ""}}},
      {"large answer", {.partition = "p", .replay = Replay{"k", "", kTooLarge}}},
      {"key put twice", {.partition = "p", .puts = {{"t", "a", "1"}, {"t", "b", "1"}, {"t", "a", "2"}}}},
      {"key put and deleted", {.partition = "p", .puts = {{"t", "a", "1"}}, .deletes = {{"t", "a"}}}},
      {"key deleted twice", {.partition = "p", .deletes = {{"t", "a"}, {"t", "a"}}}},
  };
  Commit many{.partition = "p", .preconditions = {{"t", "first", 0}}, .events = {{"x", "", ""}}};
  for (std::size_t i = 0; i < kMaxCommitOperations - 1; ++i) many.puts.push_back({"t", absl::StrCat(i), ""});
  wrong.push_back({"many operations", many});
  Commit large{.partition = "p"};
  for (std::size_t i = 0; i <= kMaxCommitBytes / kMaxValueBytes; ++i) {
    large.puts.push_back({"t", absl::StrCat(i), std::string(kMaxValueBytes, 'x')});
  }
  wrong.push_back({"large commit", large});
  return wrong;
}

TEST_P(Conformance, RefusesCommitsBeyondTheLimits) {
  for (const WrongCommit& wrong : WrongCommits()) {
    EXPECT_THAT(Apply(wrong.commit), StatusIs(absl::StatusCode::kInvalidArgument)) << wrong.why;
  }
}

TEST_P(Conformance, RefusesReadsBeyondTheLimits) {
  const auto refused = StatusIs(absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(Get({"", "p", "a"}), refused);
  EXPECT_THAT(Get({"t", "", "a"}), refused);
  EXPECT_THAT(Get({"t", std::string("\0", 1), "a"}), refused);
  EXPECT_THAT(Get({"t", "p", kLongest}), refused);
  EXPECT_THAT(GetMany({{"t", "p", "a"}, {"", "p", "a"}}), refused);
  EXPECT_THAT(GetMany(std::vector<Key>(kMaxScanRecords + 1, Key{"t", "p", "a"})), refused);
  EXPECT_THAT(Scan("", "", 0), refused);
  EXPECT_THAT(Scan("", "", kMaxScanRecords + 1), refused);
  EXPECT_THAT(Scan(kTooLong, "", 1), refused);
  EXPECT_THAT(Scan("", kTooLong, 1), refused);
  EXPECT_THAT(Await(store().Scan("", "p", "", "", 1)), refused);
  EXPECT_THAT(Await(store().Scan("t", "", "", "", 1)), refused);
  EXPECT_THAT(FindReplay(""), refused);
  EXPECT_THAT(FindReplay(kTooLong), refused);
  EXPECT_THAT(Await(store().FindReplay("", "k")), refused);
  EXPECT_THAT(ReadJournal(-1, 0, 1), refused);
  EXPECT_THAT(ReadJournal(kShards, 0, 1), refused);
  EXPECT_THAT(ReadJournal(0, 0, 0), refused);
  EXPECT_THAT(ReadJournal(0, 0, kMaxScanRecords + 1), refused);
}

TEST_P(Conformance, TakesTheLongestKeysAndTexts) {
  const Key key{"t", "p", std::string(kMaxKeyBytes - 2, '\xff')};
  ASSERT_THAT(Apply({.partition = "p",
                     .puts = {{"t", key.id, "value"}},
                     .events = {{kLongest, kLongest, ""}},
                     .replay = Replay{kLongest, kLongest, "answer"}}),
              IsOk());
  EXPECT_THAT(Get(key), IsOkAndHolds(IsRecord(key.id, 1, "value")));
  EXPECT_THAT(Await(store().FindReplay("p", kLongest)), IsOkAndHolds(IsReplay({kLongest, kLongest, "answer"})));
  ASSERT_OK_AND_ASSIGN(const Page page, Await(store().Scan("t", "p", std::string(100, '\xff'), "", 10)));
  EXPECT_THAT(page.records, testing::ElementsAre(IsRecord(key.id, 1, "value")));
}

TEST_P(Conformance, TakesTheLargestCommit) {
  Commit commit{.partition = kPartition};
  for (std::size_t i = 0; i < kMaxCommitOperations / 4; ++i) {
    const std::string id = absl::StrCat(i);
    commit.preconditions.push_back({kTable, id, 0});
    commit.puts.push_back({kTable, id, "value of " + id});
    commit.deletes.push_back({"other table", id});
    commit.events.push_back({"x", id, std::string(kMaxCommitBytes / (kMaxCommitOperations / 4) - 100, 'x')});
  }
  ASSERT_THAT(Apply(commit), IsOk());
  EXPECT_EQ(WholeJournal(ShardOf(kPartition)).size(), kMaxCommitOperations / 4);

  std::vector<Key> keys;
  for (std::size_t i = 0; i < kMaxScanRecords; ++i) keys.push_back({kTable, kPartition, absl::StrCat(i)});
  ASSERT_OK_AND_ASSIGN(const auto records, GetMany(keys));
  EXPECT_THAT(records[249], testing::Optional(IsRecord("249", 1, "value of 249")));
  EXPECT_EQ(records[250], std::nullopt);
}

}  // namespace
}  // namespace jiebang::store
