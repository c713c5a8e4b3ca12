#include "services/maturity/domain/site_roll_up.h"

#include "absl/strings/str_cat.h"
#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "services/maturity/domain/assessment.h"
#include "services/maturity/domain/exact_mean.h"
#include "services/maturity/domain/scoring.h"
#include "services/maturity/domain/trend.h"
#include "services/maturity/testing/models.h"

namespace jiebang::maturity {
namespace {

using ::testing::ElementsAre;

const absl::Time kRolledUp = absl::FromUnixSeconds(1'790'000'000);

v1::Assessment AssessedAt(const std::string& id, int level) {
  v1::Assessment asked;
  asked.set_manufacturing_type(v1::MANUFACTURING_TYPE_DISCRETE);
  *asked.mutable_answers() = AnswerAll(*ShippedModel(), asked.manufacturing_type(), [&](auto&, const v1::Item& item) {
    return item.level() <= level ? v1::DEGREE_FULLY : v1::DEGREE_NOT;
  });
  const AssessmentName name{.applicant = {.uscc = "91320000000000000X"}, .id = id};
  return *Submitted(ShippedModel(), *NewDraft(ShippedModel(), name, asked, nullptr, {.by = "me", .at = kRolledUp}), {},
                    kRolledUp);
}

Site SiteOf(const std::string& id, std::int64_t employees, std::optional<int> level) {
  Site site;
  site.object.set_name(absl::StrCat("applicants/91320000000000000X/objects/", id));
  site.object.mutable_drivers()->set_employees(employees);
  if (level) site.assessment = AssessedAt(id, *level);
  return site;
}

TEST(SiteRollUpTest, TheWeakestAndTheSpreadStandBesideTheMean) {
  const std::vector<Site> sites = {SiteOf("a", 300, 4), SiteOf("b", 100, 1), SiteOf("c", 0, 2),
                                   SiteOf("d", 50, std::nullopt)};

  ASSERT_OK_AND_ASSIGN(const v1::RollUp roll_up, RollUpOf(ShippedModel(), sites, v1::DRIVER_EMPLOYEES));

  EXPECT_EQ(roll_up.minimum_level(), 1);
  EXPECT_EQ(roll_up.sites(0).object().name(), sites[1].object.name());
  EXPECT_EQ(FromProto(roll_up.sites(0).weight()), Fraction(1, 4));
  // (300 × total of a + 100 × total of b) ÷ 400: a inherits into level 5, b has nothing beyond level 1.
  const Fraction a = FromProto(sites[0].assessment->result().total());
  const Fraction b = FromProto(sites[1].assessment->result().total());
  EXPECT_EQ(roll_up.weighted_mean(), (Fraction(3, 4) * a + Fraction(1, 4) * b).Decimal());
  EXPECT_EQ(FromProto(roll_up.spread()), a + Fraction(-1, 1) * b);
  EXPECT_THAT(roll_up.sites_without_driver(), ElementsAre(sites[2].object.name()));
  EXPECT_THAT(roll_up.sites_without_assessment(), ElementsAre(sites[3].object.name()));
  EXPECT_EQ(roll_up.subdomains_size(), 20);
  EXPECT_EQ(FromProto(roll_up.subdomains(2).minimum()), Fraction(1, 1));
  EXPECT_EQ(FromProto(roll_up.subdomains(2).maximum()), Fraction(4, 1));
}

TEST(SiteRollUpTest, WithoutADriverEverySiteWeighsTheSame) {
  ASSERT_OK_AND_ASSIGN(const v1::RollUp roll_up,
                       RollUpOf(ShippedModel(), {SiteOf("a", 300, 5), SiteOf("b", 100, 5)}, v1::DRIVER_UNSPECIFIED));

  EXPECT_EQ(roll_up.weighted_mean(), "5.0000");
  EXPECT_EQ(FromProto(roll_up.sites(1).weight()), Fraction(1, 2));
}

TEST(SiteRollUpTest, NobodyKnownToTheDriverMeansNoMean) {
  ASSERT_OK_AND_ASSIGN(const v1::RollUp roll_up, RollUpOf(ShippedModel(), {SiteOf("a", 0, 5)}, v1::DRIVER_REVENUE));

  EXPECT_EQ(roll_up.weighted_mean(), "");
  EXPECT_EQ(roll_up.minimum_level(), 5);
}

TEST(ExactMeanTest, DoesNotLoseWhatSixtyThreeBitsCannotHold) {
  ExactMean mean;
  for (const std::int64_t prime : {1'000'000'007, 1'000'000'009, 998'244'353, 1'000'000'021}) {
    mean.Add(Fraction(prime - 1, prime), 1'000'000'000);
  }

  EXPECT_EQ(mean.Decimal(), "1.0000");
  EXPECT_EQ(ExactMean().Decimal(), "");
}

TEST(TrendTest, SaysWhatChangedFromOneToTheNext) {
  std::vector<Submission> submissions;
  for (const int level : {1, 3, 2}) submissions.push_back({.assessment = AssessedAt(absl::StrCat("a", level), level)});
  submissions[1].verified_level = 2;

  ASSERT_OK_AND_ASSIGN(const v1::Trend trend, TrendOf(ShippedModel(), submissions));

  ASSERT_EQ(trend.points_size(), 3);
  EXPECT_EQ(trend.points(0).total_change(), "");
  EXPECT_EQ(trend.points(1).raised_count(), 51 + 56) << "all items of levels 2 and 3";
  EXPECT_EQ(trend.points(1).lowered_count(), 0);
  EXPECT_EQ(trend.points(2).lowered_count(), 56);
  EXPECT_EQ(trend.points(2).total_change().front(), '-');
  EXPECT_TRUE(trend.points(1).has_verified_level());
  EXPECT_FALSE(trend.points(2).has_verified_level());
  EXPECT_EQ(FromProto(trend.points(2).subdomains(2).reach()), Fraction(2, 1));
}

}  // namespace
}  // namespace jiebang::maturity
