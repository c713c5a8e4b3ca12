// Lists as their readers and the ministry meet them: publication, honours, and that nothing changes what is published.
#include <algorithm>
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

using options::v1::ROLE_APPLICANT;
using options::v1::ROLE_MINISTRY;
using options::v1::ROLE_PUBLIC;
using options::v1::ROLE_SERVICE;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class PublicListServiceTest : public testing::Test {
 protected:
  std::unique_ptr<Process> StartProcess() {
    auto review = std::make_unique<FakeReview>();
    review->Decide(RoundNamed("r"), 5);
    return std::make_unique<Process>(world_, std::move(review), std::make_unique<FakeQuota>());
  }

  // Waits until every announcement is projected.
  v1::ListHonoursResponse HonoursOnceComplete(const std::string& uscc) {
    const absl::Time deadline = absl::Now() + absl::Seconds(60);
    while (absl::Now() < deadline) {
      const auto honours = ministry_.Honours(uscc);
      EXPECT_THAT(honours, IsOk());
      if (honours.ok() && honours->announcements_behind() == 0) return *honours;
      absl::SleepFor(absl::Milliseconds(10));
    }
    ADD_FAILURE() << "the projection never caught up";
    return {};
  }

  absl::StatusOr<v1::ListListsResponse> ListLists(options::v1::Role role, int size = 0, const std::string& token = "") {
    v1::ListListsRequest request;
    request.set_page_size(size);
    request.set_page_token(token);
    return process_->Ask<v1::ListListsResponse>("ListLists", role, request);
  }

  // What anybody can compute from the published entries.
  std::string DigestOf(const std::string& id) {
    EntriesDigest digest;
    for (const v1::ListEntry& entry : ministry_.AllEntries(id)) digest.Add(entry);
    return digest.Hex();
  }

  // Everything that is published of a list, as bytes.
  std::string Snapshot(const std::string& id) {
    std::string all = ministry_.Get(id)->SerializeAsString();
    for (const v1::ListEntry& entry : ministry_.AllEntries(id)) all += entry.SerializeAsString();
    return all;
  }

  World world_{[](const std::filesystem::path& path) { return *store::OpenSqliteStore(path); }};
  std::unique_ptr<Process> process_ = StartProcess();
  Ministry ministry_{*process_};
};

TEST_F(PublicListServiceTest, EveryMethodOfTheContractHasAHandler) {
  const auto* const contract = v1::GetListRequest::descriptor()->file()->FindServiceByName("PublicListService");

  for (int i = 0; i < contract->method_count(); ++i) {
    EXPECT_TRUE(process_->methods().methods().contains(contract->method(i)->name())) << contract->method(i)->name();
  }
}

// Opened on Wednesday 8 November: the fifth working day is Wednesday the 15th.
TEST_F(PublicListServiceTest, ABuiltListIsPublicisedAndThenAnnounced) {
  ASSERT_THAT(ministry_.Build("l", "r"), IsOk());
  EXPECT_THAT(ministry_.Announce("l"), IsRefusal(absl::StatusCode::kFailedPrecondition, "LIST_NOT_IN_PUBLICITY"));

  ASSERT_OK_AND_ASSIGN(const v1::PublicList publicised, ministry_.Open("l"));
  EXPECT_EQ(publicised.state(), v1::PublicList::STATE_PUBLICITY);
  EXPECT_EQ(publicised.content_digest(), DigestOf("l"));
  EXPECT_EQ(FromTimestamp(publicised.publicity_end_time()), ShanghaiTime(2023, 11, 16));
  EXPECT_THAT(ministry_.Open("l"), IsRefusal(absl::StatusCode::kFailedPrecondition, "LIST_NOT_DRAFT"));

  world_.clock.Set(ShanghaiTime(2023, 11, 15, 23));
  EXPECT_THAT(ministry_.Announce("l"), IsRefusal(absl::StatusCode::kFailedPrecondition, "PUBLICITY_NOT_OVER"));
  world_.clock.Set(ShanghaiTime(2023, 11, 16));
  ASSERT_OK_AND_ASSIGN(const v1::PublicList announced, ministry_.Announce("l"));

  EXPECT_EQ(announced.state(), v1::PublicList::STATE_ANNOUNCED);
  EXPECT_EQ(announced.content_digest(), publicised.content_digest());
  EXPECT_EQ(FromTimestamp(announced.announce_time()), ShanghaiTime(2023, 11, 16));
  EXPECT_EQ(FromTimestamp(announced.valid_until_time()), ShanghaiTime(2026, 11, 16));
}

TEST_F(PublicListServiceTest, AnImportedListIsAnnouncedAtItsOwnDate) {
  ASSERT_THAT(ministry_.Import("l", {Entry(1), Entry(2)}), IsOk());
  EXPECT_THAT(ministry_.Open("l"), IsRefusal(absl::StatusCode::kFailedPrecondition, "LIST_NOT_BUILT"));

  ASSERT_OK_AND_ASSIGN(const v1::PublicList announced, ministry_.Announce("l"));

  EXPECT_EQ(announced.state(), v1::PublicList::STATE_ANNOUNCED);
  EXPECT_EQ(FromTimestamp(announced.announce_time()), ShanghaiTime(2022, 12, 20));
  EXPECT_EQ(announced.content_digest(), DigestOf("l"));
  EXPECT_FALSE(announced.has_valid_until_time());  // of a sibling programme: no term is known
}

TEST_F(PublicListServiceTest, PartsOfAnImportMayBeRepeated) {
  ASSERT_OK_AND_ASSIGN(const auto first, ministry_.Import("l", {Entry(1), Entry(2)}));
  ASSERT_OK_AND_ASSIGN(const auto second, ministry_.Import("l", {Entry(2), Entry(3), Entry(1, "另一家")}, false));
  ASSERT_OK_AND_ASSIGN(const auto again, ministry_.Import("l", {Entry(2), Entry(3)}, false));

  EXPECT_EQ(first.list().entry_count(), 2);
  ASSERT_EQ(second.results_size(), 3);
  EXPECT_EQ(second.results(0).outcome(), v1::ImportResult::OUTCOME_UNCHANGED);
  EXPECT_EQ(second.results(1).outcome(), v1::ImportResult::OUTCOME_ADDED);
  EXPECT_EQ(second.results(2).outcome(), v1::ImportResult::OUTCOME_REFUSED);
  EXPECT_EQ(second.list().entry_count(), 3);
  EXPECT_EQ(again.list().SerializeAsString(), second.list().SerializeAsString());
  EXPECT_EQ(ministry_.AllEntries("l")[0].enterprise(), "企业（集团）1");
}

TEST_F(PublicListServiceTest, TheFirstPartSaysWhatListItIs) {
  const auto response = ministry_.Import("l", {Entry(1)}, false);

  EXPECT_THAT(response, IsRefusal(absl::StatusCode::kInvalidArgument, "IMPORT_INCOMPLETE"));
  for (const std::string field : {"list.title_zh", "list.source", "list.announce_time"}) {
    EXPECT_THAT(response, HasViolation(field, "首次导入时必填"));
  }
}

TEST_F(PublicListServiceTest, ARepeatedRequestGetsTheFirstAnswer) {
  ASSERT_THAT(ministry_.Build("l", "r"), IsOk());
  ASSERT_OK_AND_ASSIGN(const v1::PublicList opened, ministry_.Open("l", "r1"));
  world_.clock.Advance(absl::Hours(24 * 30));
  ASSERT_OK_AND_ASSIGN(const v1::PublicList announced, ministry_.Announce("l", "r2"));
  world_.clock.Advance(absl::Hours(1));

  EXPECT_EQ(ministry_.Open("l", "r1")->SerializeAsString(), opened.SerializeAsString());
  EXPECT_EQ(ministry_.Announce("l", "r2")->SerializeAsString(), announced.SerializeAsString());
}

TEST_F(PublicListServiceTest, NothingChangesWhatIsPublished) {
  ASSERT_THAT(ministry_.Build("built", "r"), IsOk());
  EXPECT_THAT(ministry_.Import("built", {Entry(9)}),
              IsRefusal(absl::StatusCode::kFailedPrecondition, "LIST_NOT_IMPORTED"));
  ASSERT_THAT(ministry_.Open("built"), IsOk());
  ASSERT_THAT(ministry_.Import("imported", {Entry(1)}), IsOk());
  ASSERT_THAT(ministry_.Announce("imported"), IsOk());
  const std::string publicised = Snapshot("built");
  const std::string announced = Snapshot("imported");
  world_.clock.Advance(absl::Hours(1));

  for (const std::string id : {"built", "imported"}) {
    EXPECT_FALSE(ministry_.Import(id, {Entry(9)}).ok());
    EXPECT_FALSE(ministry_.Import(id, {Entry(1, "另一家")}, false).ok());
    EXPECT_THAT(ministry_.Build(id, "r"), IsRefusal(absl::StatusCode::kAlreadyExists, "LIST_EXISTS"));
    EXPECT_THAT(ministry_.Open(id), IsRefusal(absl::StatusCode::kFailedPrecondition, "LIST_NOT_DRAFT"));
    EXPECT_FALSE(ministry_.Announce(id).ok());
  }
  EXPECT_THAT(ministry_.Import("imported", {Entry(9)}),
              IsRefusal(absl::StatusCode::kFailedPrecondition, "LIST_NOT_DRAFT"));

  EXPECT_EQ(Snapshot("built"), publicised);
  EXPECT_EQ(Snapshot("imported"), announced);
}

// Parts that arrive while the list is announced are in it, under its digest, or refused.
TEST_F(PublicListServiceTest, AnImportThatRacesAnAnnouncementIsWhollyInOrOut) {
  const std::unique_ptr<Process> other = StartProcess();
  Ministry other_ministry(*other);
  for (int round = 0; round < 5; ++round) {
    const std::string id = absl::StrCat("l", round);
    ASSERT_THAT(ministry_.Import(id, {Entry(1)}), IsOk());
    std::thread thread([&] {
      for (int number = 2; number < 12; ++number) {
        const auto imported = other_ministry.Import(id, {Entry(number)}, false);
        if (!imported.ok()) break;
      }
    });
    const auto announced = ministry_.Announce(id);
    thread.join();

    if (!announced.ok()) {
      EXPECT_THAT(announced, IsRefusal(absl::StatusCode::kAborted, "CONCURRENT_CHANGE"));
      continue;
    }
    EXPECT_THAT(ministry_.AllEntries(id), SizeIs(announced->entry_count()));
    EXPECT_EQ(DigestOf(id), announced->content_digest());
    EXPECT_EQ(ministry_.Get(id)->SerializeAsString(), announced->SerializeAsString());
  }
}

TEST_F(PublicListServiceTest, DraftsAreSeenByTheMinistryAlone) {
  ASSERT_THAT(ministry_.Build("draft", "r"), IsOk());
  ASSERT_THAT(ministry_.Import("old", {Entry(1)}), IsOk());
  ASSERT_THAT(ministry_.Announce("old"), IsOk());

  for (const options::v1::Role role : {ROLE_PUBLIC, ROLE_APPLICANT}) {
    EXPECT_THAT(ministry_.Get("draft", role), IsRefusal(absl::StatusCode::kNotFound, "LIST_NOT_FOUND"));
    EXPECT_THAT(ministry_.Entries("draft", 0, "", "", role), IsRefusal(absl::StatusCode::kNotFound, "LIST_NOT_FOUND"));
    EXPECT_THAT(ministry_.Get("old", role), IsOk());
    EXPECT_THAT(ministry_.Entries("old", 0, "", "", role), IsOk());
    ASSERT_OK_AND_ASSIGN(const auto lists, ListLists(role));
    ASSERT_EQ(lists.lists_size(), 1);
    EXPECT_EQ(lists.lists(0).name(), "lists/old");
  }
  EXPECT_THAT(ministry_.Get("draft", ROLE_SERVICE), IsOk());
  EXPECT_EQ(ListLists(ROLE_MINISTRY)->lists_size(), 2);
}

TEST_F(PublicListServiceTest, OnlyTheMinistryPublishes) {
  v1::AnnounceListRequest request;
  request.set_name("lists/l");
  for (const options::v1::Role role : {ROLE_APPLICANT, ROLE_SERVICE}) {
    EXPECT_THAT(process_->Ask<v1::AnnounceListResponse>("AnnounceList", role, request),
                StatusIs(absl::StatusCode::kPermissionDenied));
  }
}

TEST_F(PublicListServiceTest, ListsByPage) {
  for (const std::string id : {"c", "a", "b"}) ASSERT_THAT(ministry_.Import(id, {Entry(1)}), IsOk());

  ASSERT_OK_AND_ASSIGN(const auto first, ListLists(ROLE_MINISTRY, 2));
  ASSERT_OK_AND_ASSIGN(const auto second, ListLists(ROLE_MINISTRY, 2, first.next_page_token()));

  EXPECT_EQ(first.lists(0).name(), "lists/a");
  EXPECT_EQ(first.lists(1).name(), "lists/b");
  EXPECT_EQ(second.lists(0).name(), "lists/c");
  EXPECT_EQ(second.next_page_token(), "");
  EXPECT_THAT(ListLists(ROLE_PUBLIC, 2, first.next_page_token()),
              IsRefusal(absl::StatusCode::kInvalidArgument, "PAGE_TOKEN_OTHER_REQUEST"));
}

TEST_F(PublicListServiceTest, EntriesComeInOrderByPageAndByUnit) {
  ASSERT_THAT(ministry_.Import("l", {Entry(12), Entry(3), Entry(100), Entry(4), Entry(5)}), IsOk());

  ASSERT_OK_AND_ASSIGN(const auto first, ministry_.Entries("l", 2));
  ASSERT_OK_AND_ASSIGN(const auto second, ministry_.Entries("l", 3, first.next_page_token()));
  ASSERT_OK_AND_ASSIGN(const auto unit, ministry_.Entries("l", 2, "", "320000"));
  ASSERT_OK_AND_ASSIGN(const auto more, ministry_.Entries("l", 2, unit.next_page_token(), "320000"));

  EXPECT_EQ(first.entries(0).number(), 3);
  EXPECT_EQ(first.entries(1).number(), 4);
  EXPECT_EQ(second.entries(2).number(), 100);
  EXPECT_EQ(second.next_page_token(), "");
  EXPECT_EQ(unit.entries(0).number(), 4);
  EXPECT_EQ(unit.entries(1).number(), 12);
  ASSERT_EQ(more.entries_size(), 1);
  EXPECT_EQ(more.entries(0).number(), 100);
  EXPECT_EQ(ministry_.Entries("l", 2, "", "32")->entries_size(), 0);
  EXPECT_EQ(ministry_.Entries("l", 2, "", "320000/0")->entries_size(), 0);
}

TEST_F(PublicListServiceTest, AnAnnouncementBecomesHonours) {
  v1::ListEntry without_uscc = Entry(2);
  without_uscc.clear_uscc();
  ASSERT_THAT(ministry_.Import("old", {Entry(1), without_uscc}), IsOk());
  ASSERT_THAT(ministry_.Announce("old"), IsOk());
  ASSERT_THAT(ministry_.Build("new", "r"), IsOk());
  ASSERT_THAT(ministry_.Open("new"), IsOk());
  EXPECT_EQ(ministry_.Honours(Uscc(1))->announcements_behind(), 1);  // nothing projects yet, and it says so
  EXPECT_THAT(ministry_.Honours(Uscc(1))->honours(), IsEmpty());

  process_->StartTasks();
  EXPECT_EQ(HonoursOnceComplete(Uscc(1)).honours_size(), 1);
  world_.clock.Advance(absl::Hours(24 * 30));
  ASSERT_THAT(ministry_.Announce("new"), IsOk());
  const v1::ListHonoursResponse honours = HonoursOnceComplete(Uscc(1));

  ASSERT_EQ(honours.honours_size(), 2);
  const v1::Honour& latest = honours.honours(0);
  EXPECT_EQ(latest.name(), absl::StrCat("applicants/", Uscc(1), "/honours/new-000001"));
  EXPECT_EQ(latest.title_id(), "demonstration-factory-task");
  EXPECT_EQ(latest.list(), "lists/new");
  EXPECT_EQ(latest.entry(), "lists/new/entries/000001");
  EXPECT_EQ(latest.year(), 2023);
  EXPECT_EQ(latest.government_level(), "national");
  EXPECT_EQ(latest.state(), v1::Honour::STATE_LISTED);
  EXPECT_TRUE(latest.has_valid_until_time());
  EXPECT_EQ(honours.honours(1).year(), 2022);
  EXPECT_THAT(HonoursOnceComplete(Uscc(6)).honours(), IsEmpty());
}

// The process dies in the middle of writing honours; the next one goes on, and nothing is there twice.
TEST_F(PublicListServiceTest, HonoursAreWholeAfterACrash) {
  std::vector<v1::ListEntry> entries;
  for (int number = 1; number <= 300; ++number) entries.push_back(Entry(number));
  entries.back().set_uscc(Uscc(1));  // two entries of one enterprise
  ASSERT_THAT(ministry_.Import("l", entries), IsOk());
  ASSERT_THAT(ministry_.Announce("l"), IsOk());
  {
    const std::unique_ptr<Process> dying = StartProcess();
    dying->store().DieAfter(120);
    dying->StartTasks();
    absl::SleepFor(absl::Milliseconds(300));
    EXPECT_EQ(ministry_.Honours(Uscc(1))->announcements_behind(), 1);
  }

  process_->StartTasks();

  EXPECT_EQ(HonoursOnceComplete(Uscc(1)).honours_size(), 2);
  for (int number = 2; number < 300; ++number) EXPECT_EQ(ministry_.Honours(Uscc(number))->honours_size(), 1) << number;
}

}  // namespace
}  // namespace jiebang::publiclist
