// The journal: dense and in order in each shard, whoever writes.
#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/store/conformance/conformance.h"
#include "common/testing/status_matchers.h"

namespace jiebang::store {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::Eq;
using testing::IsEmpty;

const std::string kBinary("\0 \r\n{}\xff", 7);

TEST_P(Conformance, GivesEventsByteForByte) {
  ASSERT_THAT(Apply({.partition = kPartition, .events = {{"application.submitted", kBinary, kBinary}, {"", "", ""}}}),
              IsOk());
  ASSERT_OK_AND_ASSIGN(const auto entries, ReadJournal(ShardOf(kPartition), 0, 10));
  ASSERT_EQ(entries.size(), 2);
  EXPECT_EQ(entries[0].sequence, 1);
  EXPECT_EQ(entries[0].partition, kPartition);
  EXPECT_EQ(entries[0].event.type, "application.submitted");
  EXPECT_EQ(entries[0].event.resource, kBinary);
  EXPECT_EQ(entries[0].event.payload, kBinary);
  EXPECT_EQ(entries[1].sequence, 2);
  EXPECT_EQ(entries[1].event.type, "");
}

TEST_P(Conformance, ReadsTheJournalInPages) {
  const int shard = ShardOf(kPartition);
  EXPECT_THAT(ReadJournal(shard, 0, 10), IsOkAndHolds(IsEmpty()));
  for (int i = 1; i <= 5; ++i) {
    ASSERT_THAT(Apply({.partition = kPartition, .events = {{"x", absl::StrCat(i), ""}}}), IsOk());
  }
  EXPECT_THAT(ReadJournal(shard, 0, 2), IsOkAndHolds(ElementsAre(IsEntry(1, "1"), IsEntry(2, "2"))));
  EXPECT_THAT(ReadJournal(shard, 2, 2), IsOkAndHolds(ElementsAre(IsEntry(3, "3"), IsEntry(4, "4"))));
  EXPECT_THAT(ReadJournal(shard, 4, 2), IsOkAndHolds(ElementsAre(IsEntry(5, "5"))));
  EXPECT_THAT(ReadJournal(shard, 5, 2), IsOkAndHolds(IsEmpty()));
  EXPECT_THAT(ReadJournal(shard, ~0ull, 2), IsOkAndHolds(IsEmpty()));
}

TEST_P(Conformance, CountsEachShardByItself) {
  std::vector<std::uint64_t> expected(kShards);
  for (int unit = 0; unit < 64; ++unit) {
    const std::string partition = absl::StrCat("units/", unit);
    ASSERT_THAT(Apply({.partition = partition, .events = {{"x", partition, ""}}}), IsOk());
    ++expected[ShardOf(partition)];
  }
  EXPECT_THAT(expected, Each(testing::Gt(0))) << "the partitions reach every shard";
  EXPECT_THAT(Await(store().JournalHeads()), IsOkAndHolds(Eq(expected)));
  for (int shard = 0; shard < kShards; ++shard) {
    const std::vector<JournalEntry> entries = WholeJournal(shard);
    ASSERT_EQ(entries.size(), expected[shard]);
    for (std::size_t i = 0; i < entries.size(); ++i) {
      EXPECT_EQ(entries[i].sequence, i + 1);
      EXPECT_EQ(ShardOf(entries[i].partition), shard);
      EXPECT_EQ(entries[i].event.resource, entries[i].partition);
    }
  }
}

TEST_P(Conformance, LeavesNoGapInTheJournalForARefusedCommit) {
  ASSERT_THAT(Apply({.partition = kPartition, .events = {{"x", "1", ""}}, .replay = Replay{"r", "", ""}}), IsOk());
  EXPECT_THAT(Apply({.partition = kPartition, .events = {{"x", "no", ""}}, .replay = Replay{"r", "", ""}}),
              StatusIs(absl::StatusCode::kAlreadyExists));
  EXPECT_THAT(Apply({.partition = kPartition, .preconditions = {{kTable, "a", 1}}, .events = {{"x", "no", ""}}}),
              StatusIs(absl::StatusCode::kAborted));
  ASSERT_THAT(Apply({.partition = kPartition, .events = {{"x", "2", ""}}}), IsOk());
  EXPECT_THAT(WholeJournal(ShardOf(kPartition)), ElementsAre(IsEntry(1, "1"), IsEntry(2, "2")));
}

// Each writer numbers its commits; each commit has three events. Read back, every shard must count 1, 2, 3, ..., the
// three of a commit must stand together, and the commits of one writer in one partition in the order that it made them.
TEST_P(Conformance, KeepsTheJournalDenseAndInOrderUnderConcurrentWriters) {
  constexpr int kWriters = 8;
  constexpr int kCommits = 40;
  OnThreads(kWriters, [&](int writer, ThreadExecutor& executor) {
    for (int number = 0; number < kCommits; ++number) {
      Commit commit{.partition = absl::StrCat("units/", number % 5)};
      for (int part = 0; part < 3; ++part) {
        commit.events.push_back({absl::StrCat(part), absl::StrCat(writer), absl::StrCat(number)});
      }
      ASSERT_THAT(executor.RunUntilDone(store().Apply(std::move(commit))), IsOk());
    }
  });

  std::size_t total = 0;
  for (int shard = 0; shard < kShards; ++shard) {
    const std::vector<JournalEntry> entries = WholeJournal(shard);
    total += entries.size();
    EXPECT_EQ(Head(shard), entries.size());
    std::map<std::pair<std::string, std::string>, int> last_of;  // by partition and writer
    for (std::size_t i = 0; i < entries.size(); ++i) {
      ASSERT_EQ(entries[i].sequence, i + 1);
      const Event& event = entries[i].event;
      ASSERT_EQ(event.type, absl::StrCat(i % 3));
      if (i % 3 != 0) {
        ASSERT_EQ(event.resource, entries[i - 1].event.resource);
        ASSERT_EQ(event.payload, entries[i - 1].event.payload);
        continue;
      }
      const int number = std::stoi(event.payload);
      const auto [last, first] = last_of.emplace(std::pair(entries[i].partition, event.resource), number);
      if (!first) {
        ASSERT_GT(number, last->second);
        last->second = number;
      }
    }
  }
  EXPECT_EQ(total, kWriters * kCommits * 3);
}

TEST_P(Conformance, EndsAPageOfTheJournalEarlyRatherThanGrowWithoutBound) {
  constexpr std::size_t kEvents = 3 * kMaxPageBytes / kMaxEventBytes;
  Commit commit{.partition = kPartition};
  for (std::size_t i = 0; i < 30; ++i) commit.events.push_back({"x", "", std::string(kMaxEventBytes, 'x')});
  for (std::size_t applied = 0; applied < kEvents; applied += 30) ASSERT_THAT(Apply(commit), IsOk());
  ASSERT_OK_AND_ASSIGN(const auto page, ReadJournal(ShardOf(kPartition), 0, 1000));
  EXPECT_GE(page.size(), 1);
  EXPECT_LE(page.size(), 2 * kMaxPageBytes / kMaxEventBytes);
  EXPECT_GE(WholeJournal(ShardOf(kPartition)).size(), kEvents);
}

TEST_P(Conformance, TakesTheBeginningOfAJournalAway) {
  const int shard = ShardOf(kPartition);
  std::vector<std::uint64_t> compacted(kShards);
  EXPECT_THAT(Await(store().JournalCompacted()), IsOkAndHolds(compacted));
  for (int i = 1; i <= 5; ++i) {
    ASSERT_THAT(Apply({.partition = kPartition, .events = {{"x", absl::StrCat(i), ""}}}), IsOk());
  }
  ASSERT_THAT(Await(store().CompactJournal(shard, 3)), IsOk());
  EXPECT_THAT(Await(store().CompactJournal(shard, 2)), IsOk()) << "it is away already";
  compacted[shard] = 3;
  EXPECT_THAT(Await(store().JournalCompacted()), IsOkAndHolds(compacted));
  EXPECT_EQ(Head(shard), 5);
  EXPECT_THAT(ReadJournal(shard, 3, 10), IsOkAndHolds(ElementsAre(IsEntry(4, "4"), IsEntry(5, "5"))));
  for (const std::uint64_t after : {0, 1, 2}) {
    EXPECT_THAT(ReadJournal(shard, after, 10),
                StatusIs(absl::StatusCode::kOutOfRange, testing::HasSubstr("compacted up to 3")));
  }
  // It goes on where it was, and knows all of this after a restart.
  Reopen();
  ASSERT_THAT(Apply({.partition = kPartition, .events = {{"x", "6", ""}}}), IsOk());
  EXPECT_THAT(ReadJournal(shard, 4, 10), IsOkAndHolds(ElementsAre(IsEntry(5, "5"), IsEntry(6, "6"))));
  EXPECT_THAT(Await(store().JournalCompacted()), IsOkAndHolds(compacted));
}

TEST_P(Conformance, NeverTakesTheLastEntryOfAJournalAway) {
  const int shard = ShardOf(kPartition);
  EXPECT_THAT(Await(store().CompactJournal(shard, 1)), StatusIs(absl::StatusCode::kInvalidArgument));
  ASSERT_THAT(Apply({.partition = kPartition, .events = {{"x", "1", ""}, {"x", "2", ""}}}), IsOk());
  for (const std::uint64_t up_to : {2, 3}) {
    EXPECT_THAT(Await(store().CompactJournal(shard, up_to)),
                StatusIs(absl::StatusCode::kInvalidArgument, testing::HasSubstr("not before the last entry")));
  }
  EXPECT_THAT(WholeJournal(shard), ElementsAre(IsEntry(1, "1"), IsEntry(2, "2")));
  for (const int wrong : {-1, kShards}) {
    EXPECT_THAT(Await(store().CompactJournal(wrong, 1)), StatusIs(absl::StatusCode::kInvalidArgument));
  }
}

}  // namespace
}  // namespace jiebang::store
