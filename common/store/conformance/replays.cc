// The memory of answered requests.
#include <string>

#include "common/store/conformance/conformance.h"
#include "common/testing/status_matchers.h"

namespace jiebang::store {
namespace {

using testing::ElementsAre;

TEST_P(Conformance, AppliesACommitOfOneReplayKeyOnce) {
  ASSERT_THAT(Apply({.partition = kPartition,
                     .puts = {{kTable, "a", "first"}},
                     .events = {{"x", "first", ""}},
                     .replay = Replay{"request", "digest 1", "answer 1"}}),
              IsOk());
  EXPECT_THAT(Apply({.partition = kPartition,
                     .puts = {{kTable, "a", "second"}, {kTable, "b", "second"}},
                     .events = {{"x", "second", ""}},
                     .replay = Replay{"request", "digest 2", "answer 2"}}),
              StatusIs(absl::StatusCode::kAlreadyExists));
  EXPECT_THAT(Get("a"), IsOkAndHolds(IsRecord("a", 1, "first")));
  EXPECT_THAT(Get("b"), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(WholeJournal(ShardOf(kPartition)), ElementsAre(IsEntry(1, "first")));
  EXPECT_THAT(FindReplay("request"), IsOkAndHolds(IsReplay({"request", "digest 1", "answer 1"})));
}

// The caller that repeats meets its own change, and must be told of it rather than of a conflict.
TEST_P(Conformance, AnswersARepeatedCommitBeforeItsPreconditions) {
  const Commit create{.partition = kPartition,
                      .preconditions = {{kTable, "a", 0}},
                      .puts = {{kTable, "a", ""}},
                      .replay = Replay{"request", "digest", "answer"}};
  ASSERT_THAT(Apply(create), IsOk());
  EXPECT_THAT(Apply(create), StatusIs(absl::StatusCode::kAlreadyExists));
}

TEST_P(Conformance, LeavesTheReplayKeyOfARefusedCommitUnused) {
  Commit commit{
      .partition = kPartition, .preconditions = {{kTable, "a", 1}}, .replay = Replay{"request", "digest", "refused"}};
  ASSERT_THAT(Apply(commit), StatusIs(absl::StatusCode::kAborted));
  ASSERT_THAT(FindReplay("request"), StatusIs(absl::StatusCode::kNotFound));
  commit.preconditions.clear();
  commit.replay->answer = "applied";
  EXPECT_THAT(Apply(commit), IsOk());
  EXPECT_THAT(FindReplay("request"), IsOkAndHolds(IsReplay({"request", "digest", "applied"})));
}

TEST_P(Conformance, KeepsReplayKeysOfPartitionsApart) {
  const std::string other = "units/110000";
  ASSERT_THAT(Apply({.partition = kPartition, .replay = Replay{"request", "", "here"}}), IsOk());
  EXPECT_THAT(Await(store().FindReplay(other, "request")), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Apply({.partition = other, .replay = Replay{"request", "", "there"}}), IsOk());
  EXPECT_THAT(FindReplay("request"), IsOkAndHolds(IsReplay({"request", "", "here"})));
  EXPECT_THAT(Await(store().FindReplay(other, "request")), IsOkAndHolds(IsReplay({"request", "", "there"})));
}

TEST_P(Conformance, KeepsReplaysByteForByte) {
  const Replay binary{std::string("key\0:{}\xff", 8), std::string("\0 12:", 5), std::string("\0answer\r\n", 9)};
  const Replay empty{"empty", "", ""};
  ASSERT_THAT(Apply({.partition = kPartition, .replay = binary}), IsOk());
  ASSERT_THAT(Apply({.partition = kPartition, .replay = empty}), IsOk());
  EXPECT_THAT(FindReplay(binary.key), IsOkAndHolds(IsReplay(binary)));
  EXPECT_THAT(FindReplay("empty"), IsOkAndHolds(IsReplay(empty)));
  EXPECT_THAT(FindReplay("key"), StatusIs(absl::StatusCode::kNotFound));
}

}  // namespace
}  // namespace jiebang::store
