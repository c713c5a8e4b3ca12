#include "common/programme/programme.h"

#include "common/programme/loader.h"
#include "common/programme/test_programme.h"
#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace jiebang::programme {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::IsNull;
using testing::Pointee;
using testing::Property;

class ProgrammeTest : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_OK_AND_ASSIGN(programmes_, ParseProgrammes({{.path = "small.textproto", .text = kTestProgramme}}));
    programme_ = programmes_.Find("small");
    ASSERT_NE(programme_, nullptr);
  }

  // Ids of the rules of a track.
  std::vector<std::string> RuleIds(std::string_view track) const {
    std::vector<std::string> ids;
    for (const auto* rule : programme_->RulesFor(track)) ids.push_back(rule->id());
    return ids;
  }

  // The cap of a unit that has had so many provincial projects.
  int LimitOf(std::string unit, int64_t projects, std::string_view track = "factory") const {
    const auto* rule = programme_->QuotaFor(
        track,
        {.id = std::move(unit), .category = "province", .attributes = {{"cumulative_provincial_projects", projects}}});
    return rule == nullptr ? -1 : rule->limit();
  }

  Programmes programmes_;
  std::shared_ptr<const Programme> programme_;
};

TEST_F(ProgrammeTest, AnExtendingTrackMeetsTheRulesOfItsBaseAndMore) {
  EXPECT_THAT(RuleIds("factory"), ElementsAre("level-2", "honest"));
  EXPECT_THAT(RuleIds("chain"), ElementsAre("level-2", "coverage", "honest"));
  EXPECT_THAT(RuleIds("zone"), ElementsAre("honest"));
  EXPECT_THAT(RuleIds("nowhere"), IsEmpty());
}

TEST_F(ProgrammeTest, AnExtendingTrackIsRankedAndCountedWithItsBase) {
  EXPECT_EQ(programme_->FindListTrack("chain")->id(), "factory");
  EXPECT_EQ(programme_->FindListTrack("factory")->id(), "factory");
  EXPECT_EQ(LimitOf("610000", 0, "chain"), LimitOf("610000", 0, "factory"));
}

TEST_F(ProgrammeTest, TakesApplicationsOnlyInTracksThatAreOpened) {
  EXPECT_TRUE(programme_->TakesApplications("factory"));
  EXPECT_TRUE(programme_->TakesApplications("chain"));
  EXPECT_FALSE(programme_->TakesApplications("zone"));
  EXPECT_FALSE(programme_->TakesApplications("nowhere"));
}

TEST_F(ProgrammeTest, TheLastMomentIsTheFirstInstantThatIsTooLate) {
  const auto at = [](int month, int day, int hour) {
    return absl::FromCivil(absl::CivilSecond(2023, month, day, hour, 0, 0), absl::FixedTimeZone(8 * 3600));
  };
  EXPECT_EQ(programme_->LastMoment("factory", v1::ACT_FILE), at(9, 1, 0));
  EXPECT_EQ(programme_->LastMoment("chain", v1::ACT_FILE), at(9, 1, 0));
  EXPECT_EQ(programme_->LastMoment("factory", v1::ACT_RECOMMEND), at(9, 15, 17));
  EXPECT_EQ(programme_->LastMoment("factory", v1::ACT_AUDIT), absl::InfiniteFuture());
  EXPECT_EQ(programme_->LastMoment("zone", v1::ACT_FILE), absl::InfinitePast());
  EXPECT_EQ(programme_->LastMoment("nowhere", v1::ACT_FILE), absl::InfinitePast());
}

TEST_F(ProgrammeTest, FindsWhatTheCatalogueHolds) {
  EXPECT_EQ(programme_->FindScenario("welding")->number(), 3);
  EXPECT_EQ(programme_->LinkOfScenario("welding")->id(), "making");
  EXPECT_EQ(programme_->AreaOfLink("making")->id(), "shop");
  EXPECT_THAT(programme_->AreaOfLink("design"), IsNull());
  EXPECT_EQ(programme_->FindLinkSet("all-links")->links_size(), 2);
  EXPECT_EQ(programme_->FindLinkSet("shop")->links_size(), 1);
  EXPECT_THAT(programme_->FindScenario("knitting"), IsNull());
}

TEST_F(ProgrammeTest, TheLongestIndustryCodeDecides) {
  EXPECT_EQ(programme_->SubSectorOf("2671")->id(), "explosives");
  EXPECT_EQ(programme_->SubSectorOf("2672")->id(), "chemicals");
  EXPECT_EQ(programme_->SubSectorOf("26")->id(), "chemicals");
  EXPECT_EQ(programme_->FamilyOf("2671")->id(), "raw");
  EXPECT_THAT(programme_->SubSectorOf("39"), IsNull());
}

TEST_F(ProgrammeTest, AQuotaOnTheUnitGoesBeforeOneWithAConditionBeforeOneWithout) {
  EXPECT_EQ(LimitOf("620000", 0), 15);
  EXPECT_EQ(LimitOf("620000", 300), 15);  // strictly more than 300
  EXPECT_EQ(LimitOf("620000", 301), 20);
  EXPECT_EQ(LimitOf("610000", 301), 9);
  EXPECT_THAT(programme_->QuotaFor("factory", {.id = "cg-1", .category = "central-group"}), IsNull());
  EXPECT_THAT(programme_->QuotaFor("nowhere", {.id = "610000", .category = "province"}), IsNull());
}

TEST_F(ProgrammeTest, OfTwoConditionsThatAreMetTheHarderGoesFirst) {
  v1::Programme proto = programme_->proto();
  v1::QuotaRule* harder = proto.add_quotas();
  *harder = proto.quotas(1);
  harder->mutable_when()->set_more_than(500);
  harder->set_limit(30);
  const Programme programme(std::move(proto));
  const auto limit = [&](int64_t projects) {
    return programme
        .QuotaFor("factory", {.category = "province", .attributes = {{"cumulative_provincial_projects", projects}}})
        ->limit();
  };
  EXPECT_EQ(limit(500), 20);
  EXPECT_EQ(limit(501), 30);
}

TEST_F(ProgrammeTest, FindsWhatFollows) {
  EXPECT_EQ(programme_->StagesFor("chain").size(), 1u);
  EXPECT_EQ(programme_->FindRubric("sheet")->criteria_size(), 2);
  EXPECT_EQ(programme_->PublicityFor("factory")->days(), 5);
  EXPECT_EQ(programme_->TitleGranted("chain", v1::HONOUR_STATE_LISTED)->id(), "task");
  EXPECT_THAT(programme_->TitleGranted("factory", v1::HONOUR_STATE_ACCEPTED), IsNull());
  EXPECT_EQ(programme_->LayoutFor("factory", v1::LIST_KIND_RECOMMENDATION)->columns_size(), 2);
  EXPECT_THAT(programme_->LayoutFor("factory", v1::LIST_KIND_PUBLIC), IsNull());
  EXPECT_THAT(programme_->RankingFor("factory"), IsNull());
}

TEST_F(ProgrammeTest, ProgrammesAreFoundById) {
  EXPECT_THAT(programmes_.ids(), ElementsAre("small"));
  EXPECT_THAT(programmes_.Find("small"), Pointee(Property(&Programme::id, "small")));
  EXPECT_THAT(programmes_.Find("large"), IsNull());
}

}  // namespace
}  // namespace jiebang::programme
