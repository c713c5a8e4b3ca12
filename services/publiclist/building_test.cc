// Building lists from decisions: what goes in, and that half a list is never one.
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "common/store/sqlite/sqlite_store.h"
#include "common/testing/error_matchers.h"
#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "services/publiclist/bench_for_test.h"
#include "services/publiclist/domain/entries.h"

namespace jiebang::publiclist {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

class BuildingTest : public testing::Test {
 protected:
  std::unique_ptr<Process> StartProcess() {
    auto review = std::make_unique<FakeReview>();
    auto quota = std::make_unique<FakeQuota>();
    review->Decide(RoundNamed("r"), 5);
    review->Decide(RoundNamed("large"), 1'005);
    review->Decide(RoundNamed("none"), 0);
    review_ = review.get();
    quota_ = quota.get();
    return std::make_unique<Process>(world_, std::move(review), std::move(quota));
  }

  World world_{[](const std::filesystem::path& path) { return *store::OpenSqliteStore(path); }};
  FakeReview* review_ = nullptr;
  FakeQuota* quota_ = nullptr;
  std::unique_ptr<Process> process_ = StartProcess();
  Ministry ministry_{*process_};
};

TEST_F(BuildingTest, TheSelectedAreListedByRank) {
  ASSERT_OK_AND_ASSIGN(const v1::PublicList list, ministry_.Build("factories-2023", "r"));

  EXPECT_EQ(list.name(), "lists/factories-2023");
  EXPECT_EQ(list.state(), v1::PublicList::STATE_DRAFT);
  EXPECT_EQ(list.entry_count(), 5);
  EXPECT_EQ(list.programme(), "programmes/pilot-demonstration-2023");
  EXPECT_EQ(list.track(), "demonstration-factory");
  EXPECT_EQ(list.title_id(), "demonstration-factory-task");
  EXPECT_EQ(list.year(), 2023);
  EXPECT_EQ(list.government_level(), "national");
  EXPECT_EQ(list.round(), RoundNamed("r"));
  EXPECT_EQ(list.content_digest(), "");
  const std::vector<v1::ListEntry> entries = ministry_.AllEntries("factories-2023");
  ASSERT_THAT(entries, SizeIs(5));
  EXPECT_EQ(entries[0].name(), "lists/factories-2023/entries/000001");
  EXPECT_EQ(entries[0].enterprise(), "企业1");
  EXPECT_EQ(entries[0].uscc(), Uscc(1));
  EXPECT_EQ(entries[0].unit(), "610000");
  EXPECT_EQ(entries[0].unit_label(), "陕西省");
  EXPECT_EQ(entries[0].industry(), "通用设备");
  EXPECT_EQ(entries[4].number(), 5);
  EXPECT_EQ(entries[4].industry(), "9999");
  EXPECT_EQ(ministry_.Get("factories-2023")->SerializeAsString(), list.SerializeAsString());
}

TEST_F(BuildingTest, ALargeListIsWhole) {
  ASSERT_OK_AND_ASSIGN(const v1::PublicList list, ministry_.Build("l", "large"));

  EXPECT_EQ(list.entry_count(), 1'005);
  EXPECT_THAT(ministry_.AllEntries("l"), SizeIs(1'005));
  EXPECT_THAT(ministry_.AllEntries("l", "320000"), SizeIs(502));
  EXPECT_THAT(ministry_.AllEntries("l", "610000"), SizeIs(503));
}

TEST_F(BuildingTest, WhatCannotBeListedIsRefused) {
  EXPECT_THAT(ministry_.Build("l", "unknown"), IsRefusal(absl::StatusCode::kNotFound, "ROUND_NOT_FOUND"));
  review_->Reopen(RoundNamed("r"));
  EXPECT_THAT(ministry_.Build("l", "r"), IsRefusal(absl::StatusCode::kFailedPrecondition, "ROUND_NOT_DECIDED"));
  review_->LoseACandidate(RoundNamed("large"));
  EXPECT_THAT(ministry_.Build("l", "large"), IsRefusal(absl::StatusCode::kUnavailable, "DECISIONS_INCOMPLETE"));
  review_->BreakWith(absl::InternalError("broken"));
  EXPECT_THAT(ministry_.Build("l", "none"), IsRefusal(absl::StatusCode::kUnavailable, "DECISIONS_UNREADABLE"));
  EXPECT_THAT(ministry_.Get("l"), IsRefusal(absl::StatusCode::kNotFound, "LIST_NOT_FOUND"));
}

TEST_F(BuildingTest, AUnitThatCannotBeReadStopsTheList) {
  quota_->BreakWith(absl::NotFoundError("none"));
  EXPECT_THAT(ministry_.Build("l", "r"), IsRefusal(absl::StatusCode::kFailedPrecondition, "UNIT_NOT_FOUND"));
  quota_->BreakWith(absl::DeadlineExceededError("late"));
  EXPECT_THAT(ministry_.Build("l", "r"), IsRefusal(absl::StatusCode::kUnavailable, "UNIT_UNREADABLE"));
}

TEST_F(BuildingTest, ARepeatedRequestGetsTheFirstAnswer) {
  ASSERT_OK_AND_ASSIGN(const v1::PublicList first, ministry_.Build("l", "r", "once"));

  ASSERT_OK_AND_ASSIGN(const v1::PublicList again, ministry_.Build("l", "r", "once"));

  EXPECT_EQ(again.SerializeAsString(), first.SerializeAsString());
  EXPECT_THAT(ministry_.Build("l", "r"), IsRefusal(absl::StatusCode::kAlreadyExists, "LIST_EXISTS"));
  EXPECT_THAT(ministry_.Build("l", "large", "once"),
              IsRefusal(absl::StatusCode::kInvalidArgument, "REQUEST_ID_REUSED"));
}

TEST_F(BuildingTest, AnEmptyListIsNeverPublished) {
  ASSERT_THAT(ministry_.Build("l", "none"), IsOk());

  EXPECT_THAT(ministry_.Open("l"), IsRefusal(absl::StatusCode::kFailedPrecondition, "LIST_EMPTY"));
}

// Wherever a build of 1,005 entries dies, there is no list, and another one of 5 has nothing of it.
TEST_F(BuildingTest, NothingIsLeftOfABuildThatDied) {
  for (int commits = 0; commits < 6; ++commits) {
    SCOPED_TRACE(commits);
    const std::string id = absl::StrCat("l", commits);
    process_->store().DieAfter(commits);
    const absl::StatusOr<v1::PublicList> died = ministry_.Build(id, "large");
    process_->store().DieAfter(1'000'000);
    if (died.ok()) {
      EXPECT_EQ(commits, 5);  // name, fence, three times 400 entries or the rest of them with the list
      continue;
    }

    EXPECT_THAT(ministry_.Get(id), IsRefusal(absl::StatusCode::kNotFound, "LIST_NOT_FOUND"));
    EXPECT_THAT(ministry_.Entries(id), IsRefusal(absl::StatusCode::kNotFound, "LIST_NOT_FOUND"));
    ASSERT_THAT(ministry_.Build(id, "r"), IsOk());
    EXPECT_THAT(ministry_.AllEntries(id), SizeIs(5));
    EXPECT_THAT(ministry_.AllEntries(id, "320000"), SizeIs(2));
  }
}

TEST_F(BuildingTest, AnImportHasNothingOfABuildThatDied) {
  process_->store().DieAfter(3);
  ASSERT_THAT(ministry_.Build("l", "large"), StatusIs(absl::StatusCode::kUnavailable));
  process_->store().DieAfter(1'000'000);

  ASSERT_THAT(ministry_.Import("l", {Entry(7)}), IsOk());

  EXPECT_THAT(ministry_.AllEntries("l"), SizeIs(1));
}

// Two processes build the same list from different rounds: the list is the one or the other, never a mixture.
TEST_F(BuildingTest, TwoBuildsDoNotMix) {
  const std::unique_ptr<Process> other = StartProcess();
  Ministry other_ministry(*other);
  for (int attempt = 0; attempt < 5; ++attempt) {
    const std::string id = absl::StrCat("l", attempt);
    absl::StatusOr<v1::PublicList> large;
    std::thread thread([&] { large = other_ministry.Build(id, "large"); });
    const absl::StatusOr<v1::PublicList> small = ministry_.Build(id, "r");
    thread.join();

    EXPECT_FALSE(small.ok() && large.ok());
    if (!small.ok() && !large.ok()) continue;  // each ended the other; both are told to try again
    const v1::PublicList& list = small.ok() ? *small : *large;
    const std::vector<v1::ListEntry> entries = ministry_.AllEntries(id);
    ASSERT_THAT(entries, SizeIs(list.entry_count()));
    const std::string round = list.round().substr(list.round().rfind('/') + 1);
    for (const v1::ListEntry& entry : entries) EXPECT_TRUE(entry.project().starts_with(round + " ")) << entry.project();
    EXPECT_EQ(ministry_.AllEntries(id, "320000").size() + ministry_.AllEntries(id, "610000").size(), entries.size());
  }
}

}  // namespace
}  // namespace jiebang::publiclist
