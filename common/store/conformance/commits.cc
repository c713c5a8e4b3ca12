// Puts, deletes, versions, preconditions, and all or nothing.
#include <string>
#include <vector>

#include "common/store/conformance/conformance.h"
#include "common/testing/status_matchers.h"

namespace jiebang::store {
namespace {

using testing::ElementsAre;
using testing::Optional;

std::string EveryByte() {
  std::string bytes;
  for (int byte = 0; byte < 256; ++byte) bytes.push_back(static_cast<char>(byte));
  return bytes;
}

TEST_P(Conformance, GivesBackWhatWasPut) {
  ASSERT_THAT(PutOne("a", EveryByte()), IsOk());
  ASSERT_THAT(PutOne("b", ""), IsOk());
  EXPECT_THAT(Get("a"), IsOkAndHolds(IsRecord("a", 1, EveryByte())));
  EXPECT_THAT(Get("b"), IsOkAndHolds(IsRecord("b", 1, "")));
  EXPECT_THAT(Get("c"), StatusIs(absl::StatusCode::kNotFound));
}

TEST_P(Conformance, CountsPutsAsVersions) {
  for (std::uint64_t version = 1; version <= 12; ++version) {
    ASSERT_THAT(PutOne("a", std::to_string(version)), IsOk());
    EXPECT_THAT(Get("a"), IsOkAndHolds(IsRecord("a", version, std::to_string(version))));
  }
}

TEST_P(Conformance, CountsFromOneAgainAfterADelete) {
  ASSERT_THAT(PutOne("a", "first"), IsOk());
  ASSERT_THAT(PutOne("a", "second"), IsOk());
  ASSERT_THAT(DeleteOne("a"), IsOk());
  EXPECT_THAT(Get("a"), StatusIs(absl::StatusCode::kNotFound));
  ASSERT_THAT(DeleteOne("a"), IsOk()) << "of what is absent";
  ASSERT_THAT(PutOne("a", "third"), IsOk());
  EXPECT_THAT(Get("a"), IsOkAndHolds(IsRecord("a", 1, "third")));
}

TEST_P(Conformance, AppliesACommitWhosePreconditionsHold) {
  ASSERT_THAT(PutOne("twice", "1"), IsOk());
  ASSERT_THAT(PutOne("twice", "2"), IsOk());
  EXPECT_THAT(Apply({.partition = kPartition,
                     .preconditions = {{kTable, "absent", 0}, {kTable, "twice", 2}},
                     .puts = {{kTable, "absent", "new"}, {kTable, "twice", "3"}}}),
              IsOk());
  EXPECT_THAT(Get("absent"), IsOkAndHolds(IsRecord("absent", 1, "new")));
  EXPECT_THAT(Get("twice"), IsOkAndHolds(IsRecord("twice", 3, "3")));
}

TEST_P(Conformance, RefusesAStalePrecondition) {
  ASSERT_THAT(PutOne("twice", "1"), IsOk());
  ASSERT_THAT(PutOne("twice", "2"), IsOk());
  ASSERT_THAT(PutOne("deleted", "1"), IsOk());
  ASSERT_THAT(DeleteOne("deleted"), IsOk());
  const std::vector<Precondition> stale = {
      {kTable, "absent", 1}, {kTable, "deleted", 1}, {kTable, "twice", 0},          {kTable, "twice", 1},
      {kTable, "twice", 3},  {kTable, "twice", 22},  {kTable, "twice", 1ull << 40},
  };
  for (const Precondition& wanted : stale) {
    EXPECT_THAT(Apply({.partition = kPartition, .preconditions = {wanted}, .puts = {{kTable, "new", ""}}}),
                StatusIs(absl::StatusCode::kAborted))
        << wanted.id << " " << wanted.version;
  }
  EXPECT_THAT(Get("new"), StatusIs(absl::StatusCode::kNotFound));
}

TEST_P(Conformance, ChecksPreconditionsAgainstWhatWasBeforeTheCommit) {
  EXPECT_THAT(Apply({.partition = kPartition, .preconditions = {{kTable, "a", 1}}, .puts = {{kTable, "a", ""}}}),
              StatusIs(absl::StatusCode::kAborted));
  ASSERT_THAT(PutOne("a", ""), IsOk());
  EXPECT_THAT(Apply({.partition = kPartition, .preconditions = {{kTable, "a", 1}}, .deletes = {{kTable, "a"}}}),
              IsOk());
}

TEST_P(Conformance, LeavesEverythingAsItWasWhenOnePreconditionFails) {
  ASSERT_THAT(PutOne("kept", "before"), IsOk());
  ASSERT_THAT(PutOne("changed", "before"), IsOk());
  const std::uint64_t head = Head(ShardOf(kPartition));
  EXPECT_THAT(Apply({.partition = kPartition,
                     .preconditions = {{kTable, "kept", 1}, {kTable, "changed", 7}},
                     .puts = {{kTable, "changed", "after"}, {kTable, "new", "after"}},
                     .deletes = {{kTable, "kept"}},
                     .events = {{"changed", "applications/1", "payload"}},
                     .replay = Replay{"request", "digest", "answer"}}),
              StatusIs(absl::StatusCode::kAborted));
  EXPECT_THAT(Get("kept"), IsOkAndHolds(IsRecord("kept", 1, "before")));
  EXPECT_THAT(Get("changed"), IsOkAndHolds(IsRecord("changed", 1, "before")));
  EXPECT_THAT(Get("new"), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(FindReplay("request"), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_EQ(Head(ShardOf(kPartition)), head);
}

TEST_P(Conformance, AppliesAllPartsOfACommit) {
  ASSERT_THAT(PutOne("gone", ""), IsOk());
  ASSERT_THAT(Apply({.partition = kPartition,
                     .puts = {{kTable, "a", "1"}, {"other table", "a", "2"}},
                     .deletes = {{kTable, "gone"}},
                     .events = {{"changed", "applications/1", "payload"}},
                     .replay = Replay{"request", "digest", "answer"}}),
              IsOk());
  EXPECT_THAT(Get("a"), IsOkAndHolds(IsRecord("a", 1, "1")));
  EXPECT_THAT(Get({"other table", kPartition, "a"}), IsOkAndHolds(IsRecord("a", 1, "2")));
  EXPECT_THAT(Get("gone"), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(FindReplay("request"), IsOkAndHolds(IsReplay({"request", "digest", "answer"})));
  EXPECT_THAT(WholeJournal(ShardOf(kPartition)), ElementsAre(IsEntry(1, "applications/1")));
}

TEST_P(Conformance, TakesACommitThatOnlyAsks) {
  EXPECT_THAT(Apply({.partition = kPartition}), IsOk());
  EXPECT_THAT(Apply({.partition = kPartition, .preconditions = {{kTable, "a", 0}}}), IsOk());
}

// Keys that an engine might confuse when it joins their parts, or takes bytes of them for its own.
TEST_P(Conformance, TellsEveryKeyFromEveryOther) {
  const std::vector<std::string> parts = {"a", "a:",   ":a", "a:a", "a/a",  "{a}", "}",
                                          "{", "a%00", "\\", "a\\", "\xff", "A"};
  const std::vector<std::string> ids = {"",    "a",       ":a", "a:a", std::string("\0", 1), std::string("a\0", 2),
                                        "{a}", "\xff\xff"};
  std::vector<Key> keys;
  for (const std::string& table : parts) {
    for (const std::string& partition : parts) {
      Commit commit{.partition = partition};
      for (const std::string& id : ids) {
        commit.puts.push_back({table, id, std::to_string(keys.size())});
        keys.push_back({table, partition, id});
      }
      ASSERT_THAT(Apply(std::move(commit)), IsOk());
    }
  }
  for (std::size_t i = 0; i < keys.size(); ++i) {
    ASSERT_THAT(Get(keys[i]), IsOkAndHolds(IsRecord(keys[i].id, 1, std::to_string(i))))
        << testing::PrintToString(keys[i].table) << " " << testing::PrintToString(keys[i].partition) << " "
        << testing::PrintToString(keys[i].id);
  }
}

TEST_P(Conformance, GetsManyInTheOrderOfTheKeys) {
  ASSERT_THAT(PutOne("a", "1"), IsOk());
  ASSERT_THAT(PutOne("b", "2"), IsOk());
  std::vector<Key> keys = {
      {kTable, kPartition, "b"}, {kTable, kPartition, "absent"}, {kTable, kPartition, "a"}, {kTable, kPartition, "b"}};
  // And from every shard.
  for (int unit = 0; unit < 100; ++unit) {
    const std::string partition = "units/" + std::to_string(unit);
    ASSERT_THAT(Apply({.partition = partition, .puts = {{kTable, "a", partition}}}), IsOk());
    keys.push_back({kTable, partition, "a"});
  }
  ASSERT_OK_AND_ASSIGN(const auto records, GetMany(keys));
  ASSERT_EQ(records.size(), keys.size());
  EXPECT_THAT(std::vector(records.begin(), records.begin() + 4),
              ElementsAre(Optional(IsRecord("b", 1, "2")), std::nullopt, Optional(IsRecord("a", 1, "1")),
                          Optional(IsRecord("b", 1, "2"))));
  for (std::size_t i = 4; i < keys.size(); ++i) EXPECT_THAT(records[i], Optional(IsRecord("a", 1, keys[i].partition)));
  EXPECT_THAT(GetMany({}), IsOkAndHolds(testing::IsEmpty()));
}

TEST_P(Conformance, ComesBackToTheExecutorThatAsked) {
  ASSERT_THAT(PutOne("a", ""), IsOk());
  const auto same_thread = [](Store& store) -> Task<bool> {
    const auto before = std::this_thread::get_id();
    Commit commit;
    commit.partition = kPartition;
    const absl::Status applied = co_await store.Apply(std::move(commit));
    const bool after_apply = applied.ok() && std::this_thread::get_id() == before;
    Key key(kTable, kPartition, "a");
    const absl::StatusOr<Record> record = co_await store.Get(std::move(key));
    co_return after_apply&& record.ok() && std::this_thread::get_id() == before;
  };
  EXPECT_TRUE(Await(same_thread(store())));
}

TEST_P(Conformance, KeepsAllWhenItIsOpenedAgain) {
  ASSERT_THAT(Apply({.partition = kPartition,
                     .puts = {{kTable, "a", "1"}, {kTable, "b", "2"}},
                     .events = {{"x", "first", ""}, {"x", "second", ""}},
                     .replay = Replay{"request", "digest", "answer"}}),
              IsOk());
  ASSERT_THAT(PutOne("a", "3"), IsOk());
  Reopen();
  EXPECT_THAT(Get("a"), IsOkAndHolds(IsRecord("a", 2, "3")));
  EXPECT_THAT(Get("b"), IsOkAndHolds(IsRecord("b", 1, "2")));
  EXPECT_THAT(FindReplay("request"), IsOkAndHolds(IsReplay({"request", "digest", "answer"})));
  EXPECT_EQ(Head(ShardOf(kPartition)), 2);
  ASSERT_THAT(Apply({.partition = kPartition, .events = {{"x", "third", ""}}}), IsOk());
  EXPECT_THAT(WholeJournal(ShardOf(kPartition)),
              ElementsAre(IsEntry(1, "first"), IsEntry(2, "second"), IsEntry(3, "third")));
}

}  // namespace
}  // namespace jiebang::store
