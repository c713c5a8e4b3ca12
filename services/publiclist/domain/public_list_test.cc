// The life of a list as a table: which step is allowed where.
#include "services/publiclist/domain/public_list.h"

#include <string>

#include "common/clock/timestamp.h"
#include "common/testing/error_matchers.h"
#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"

namespace jiebang::publiclist {
namespace {

constexpr auto kDraft = v1::PublicList::STATE_DRAFT;
constexpr auto kPublicity = v1::PublicList::STATE_PUBLICITY;
constexpr auto kAnnounced = v1::PublicList::STATE_ANNOUNCED;
const absl::Time kNow = absl::FromUnixSeconds(1'700'000'000);

v1::PublicList List(v1::PublicList::State state, bool is_imported, int entry_count = 3) {
  v1::PublicList list;
  list.set_name("lists/l");
  list.set_state(state);
  list.set_entry_count(entry_count);
  list.set_programme("programmes/p");
  list.set_track("t");
  list.set_title_id("title");
  if (is_imported) {
    list.set_source("公告");
    *list.mutable_announce_time() = ToTimestamp(kNow - absl::Hours(1));
  } else {
    list.set_round("programmes/p/tracks/t/rounds/r");
  }
  if (state == kPublicity) {
    list.set_content_digest("d");
    *list.mutable_publicity_end_time() = ToTimestamp(kNow);
  }
  return list;
}

programme::Programme Programme(int years_valid = 0, int publicity_days = 1) {
  programme::v1::Programme proto;
  proto.set_id("p");
  proto.add_tracks()->set_id("t");
  if (publicity_days > 0) {
    proto.add_publicities()->set_days(publicity_days);
    proto.mutable_publicities(0)->set_day_kind(programme::v1::DAY_KIND_CALENDAR);
  }
  programme::v1::Title& title = *proto.add_titles();
  title.set_id("title");
  title.add_tracks("t");
  title.set_granted_on(programme::v1::HONOUR_STATE_LISTED);
  title.set_years_valid(years_valid);
  return programme::Programme(proto);
}

struct Case {
  v1::PublicList list;
  std::string import, open, announce;  // reasons; "": allowed
};

class StepsTest : public testing::TestWithParam<Case> {};

TEST_P(StepsTest, AreAllowedOrRefused) {
  const auto expect = [](const absl::Status& status, const std::string& reason) {
    if (reason.empty()) {
      EXPECT_THAT(status, IsOk());
    } else {
      EXPECT_THAT(status, IsRefusal(absl::StatusCode::kFailedPrecondition, reason));
    }
  };
  expect(MayImport(GetParam().list), GetParam().import);
  expect(MayOpenPublicity(GetParam().list), GetParam().open);
  expect(MayAnnounce(GetParam().list, kNow), GetParam().announce);
}

INSTANTIATE_TEST_SUITE_P(
    , StepsTest,
    testing::Values(Case{List(kDraft, false), "LIST_NOT_IMPORTED", "", "LIST_NOT_IN_PUBLICITY"},
                    Case{List(kDraft, false, 0), "LIST_NOT_IMPORTED", "LIST_EMPTY", "LIST_NOT_IN_PUBLICITY"},
                    Case{List(kPublicity, false), "LIST_NOT_IMPORTED", "LIST_NOT_DRAFT", ""},
                    Case{List(kAnnounced, false), "LIST_NOT_IMPORTED", "LIST_NOT_DRAFT", "LIST_NOT_IN_PUBLICITY"},
                    Case{List(kDraft, true), "", "LIST_NOT_BUILT", ""},
                    Case{List(kDraft, true, 0), "", "LIST_NOT_BUILT", "LIST_EMPTY"},
                    Case{List(kAnnounced, true), "LIST_NOT_DRAFT", "LIST_NOT_DRAFT", "LIST_NOT_IN_PUBLICITY"}));

TEST(PublicListTest, IsNotAnnouncedOneInstantBeforeItsPublicityEnds) {
  const v1::PublicList list = List(kPublicity, false);

  EXPECT_THAT(MayAnnounce(list, kNow - absl::Nanoseconds(1)),
              IsRefusal(absl::StatusCode::kFailedPrecondition, "PUBLICITY_NOT_OVER"));
  EXPECT_THAT(MayAnnounce(list, kNow), IsOk());
}

TEST(PublicListTest, WhatIsAnnouncedIsWhatWasPublicised) {
  const programme::Programme programme = Programme();

  EXPECT_THAT(Announced(List(kPublicity, false), &programme, "d", kNow), IsOk());
  EXPECT_THAT(Announced(List(kPublicity, false), &programme, "other", kNow), StatusIs(absl::StatusCode::kDataLoss));
}

TEST(PublicListTest, TheTermOfATitleRunsFromTheAnnouncement) {
  const programme::Programme without = Programme();
  const programme::Programme with = Programme(3);

  EXPECT_FALSE(Announced(List(kPublicity, false), &without, "d", kNow)->has_valid_until_time());
  EXPECT_TRUE(Announced(List(kPublicity, false), &with, "d", kNow)->has_valid_until_time());
  EXPECT_TRUE(Announced(List(kDraft, true), &with, "d", kNow)->has_valid_until_time());
  EXPECT_FALSE(Announced(List(kDraft, true), nullptr, "d", kNow)->has_valid_until_time());
}

TEST(PublicListTest, ABuiltListNeedsItsProgramme) {
  EXPECT_THAT(InPublicity(List(kDraft, false), nullptr, "d", kNow),
              IsRefusal(absl::StatusCode::kNotFound, "PROGRAMME_NOT_FOUND"));
  EXPECT_THAT(Announced(List(kPublicity, false), nullptr, "d", kNow),
              IsRefusal(absl::StatusCode::kNotFound, "PROGRAMME_NOT_FOUND"));
  const programme::Programme silent = Programme(0, 0);
  EXPECT_THAT(InPublicity(List(kDraft, false), &silent, "d", kNow),
              IsRefusal(absl::StatusCode::kFailedPrecondition, "NO_PUBLICITY_PERIOD"));
}

TEST(PublicListTest, AnImportSaysItsPast) {
  v1::PublicList asked;
  asked.set_title_zh("名单");
  asked.set_source("公告");
  asked.set_round("programmes/p/tracks/t/rounds/r");  // output only
  *asked.mutable_announce_time() = ToTimestamp(kNow + absl::Hours(1));
  asked.set_programme("p");

  const auto refused = NewImportedList({.id = "l"}, asked, kNow);
  EXPECT_THAT(refused, HasViolation("list.announce_time", "past"));
  EXPECT_THAT(refused, HasViolation("list.programme", "programmes/{programme}"));

  *asked.mutable_announce_time() = ToTimestamp(kNow);
  asked.set_programme("programmes/p");
  ASSERT_OK_AND_ASSIGN(const v1::PublicList list, NewImportedList({.id = "l"}, asked, kNow));
  EXPECT_EQ(list.state(), kDraft);
  EXPECT_EQ(list.round(), "");
}

}  // namespace
}  // namespace jiebang::publiclist
