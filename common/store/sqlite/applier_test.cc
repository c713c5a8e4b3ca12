#include "common/store/sqlite/applier.h"

#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/clock.h"
#include "common/store/sqlite/schema.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temporary_directory.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace jiebang::store::sqlite {
namespace {

using testing::ElementsAre;

class ApplierTest : public testing::Test {
 protected:
  // An applier to a new file that grows to so many pages of 4 KiB, and not further.
  std::unique_ptr<Applier> Start(int pages = 1'000'000) {
    absl::StatusOr<Database> database = Database::Open(directory_.path() / "store.db");
    EXPECT_THAT(PrepareFile(*database), IsOk());
    EXPECT_THAT(SetUpWriter(*database), IsOk());
    EXPECT_THAT(database->Execute("PRAGMA max_page_count = " + std::to_string(pages)), IsOk());
    absl::StatusOr<std::unique_ptr<Applier>> applier = Applier::Create(*std::move(database), [this] { return now_; });
    EXPECT_THAT(applier, IsOk());
    return *std::move(applier);
  }

  static std::vector<absl::Status> ApplyAll(Applier& applier, const std::vector<Commit>& commits) {
    std::vector<const Commit*> group;
    for (const Commit& commit : commits) group.push_back(&commit);
    return applier.Apply(group);
  }

  TemporaryDirectory directory_;
  absl::Time now_ = absl::Now();
};

const Commit kWithReplay{.partition = "p", .replay = Replay{"request", "", ""}};

TEST_F(ApplierTest, AnswersEachCommitOfAGroupByItself) {
  const auto applier = Start();
  EXPECT_THAT(ApplyAll(*applier, {{.partition = "p", .puts = {{"t", "a", "1"}}, .events = {{"x", "1", ""}}},
                                  {.partition = "p", .preconditions = {{"t", "a", 0}}, .events = {{"x", "no", ""}}},
                                  {.partition = "p", .preconditions = {{"t", "a", 1}}, .events = {{"x", "2", ""}}},
                                  kWithReplay,
                                  kWithReplay}),
              ElementsAre(IsOk(), StatusIs(absl::StatusCode::kAborted), IsOk(), IsOk(),
                          StatusIs(absl::StatusCode::kAlreadyExists)));
  EXPECT_EQ(applier->heads()[ShardOf("p")], 2);
}

TEST_F(ApplierTest, FailsOnlyWhatDoesNotFitOnTheDisk) {
  const auto applier = Start(/*pages=*/100);
  const auto put = [](const std::string& id, std::size_t bytes) {
    return Commit{.partition = "p", .puts = {{"t", id, std::string(bytes, 'x')}}, .events = {{"x", id, ""}}};
  };
  EXPECT_THAT(ApplyAll(*applier, {put("a", 10), put("b", 1'000'000), put("c", 10)}),
              ElementsAre(IsOk(), StatusIs(absl::StatusCode::kResourceExhausted), IsOk()));
  EXPECT_EQ(applier->heads()[ShardOf("p")], 2);
  EXPECT_THAT(ApplyAll(*applier, {{.partition = "p", .preconditions = {{"t", "b", 0}}}, put("b", 100'000)}),
              ElementsAre(IsOk(), IsOk()));
  EXPECT_EQ(applier->heads()[ShardOf("p")], 3);
}

// Somebody else wrote to the file, so that a commit fails after its first write.
TEST_F(ApplierTest, LeavesNothingOfACommitThatFailsHalfway) {
  const auto applier = Start();
  ASSERT_THAT(sqlite::Database::Open(directory_.path() / "store.db")
                  ->Execute("INSERT INTO journal VALUES (" + std::to_string(JournalPosition(ShardOf("p"), 1)) +
                            ", x'', x'', x'', x'')"),
              IsOk());
  EXPECT_THAT(ApplyAll(*applier, {{.partition = "p", .puts = {{"t", "a", ""}}, .events = {{"x", "", ""}}}}),
              ElementsAre(StatusIs(absl::StatusCode::kInternal)));
  EXPECT_THAT(ApplyAll(*applier, {{.partition = "p", .preconditions = {{"t", "a", 0}}, .events = {{"x", "", ""}}}}),
              ElementsAre(IsOk()));
  EXPECT_EQ(applier->heads()[ShardOf("p")], 2);
}

TEST_F(ApplierTest, ForgetsAReplayWhenItsTimeIsOver) {
  const auto applier = Start();
  const auto other = [](int number) {
    return Commit{.partition = "p", .replay = Replay{"other " + std::to_string(number), "", ""}};
  };
  ASSERT_THAT(ApplyAll(*applier, {kWithReplay}), ElementsAre(IsOk()));
  now_ += kReplayKept;
  ASSERT_THAT(ApplyAll(*applier, {other(1), kWithReplay}),
              ElementsAre(IsOk(), StatusIs(absl::StatusCode::kAlreadyExists)));
  now_ += absl::Seconds(2);
  ASSERT_THAT(ApplyAll(*applier, {other(2)}), ElementsAre(IsOk()));
  EXPECT_THAT(ApplyAll(*applier, {kWithReplay, other(1)}),
              ElementsAre(IsOk(), StatusIs(absl::StatusCode::kAlreadyExists)));
}

TEST_F(ApplierTest, GoesOnWhereTheJournalEnded) {
  ASSERT_THAT(ApplyAll(*Start(), {{.partition = "p", .events = {{"x", "", ""}, {"x", "", ""}}}}), ElementsAre(IsOk()));
  const auto applier = Start();
  EXPECT_EQ(applier->heads()[ShardOf("p")], 2);
}

}  // namespace
}  // namespace jiebang::store::sqlite
