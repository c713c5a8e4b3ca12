#include "services/maturity/domain/peers.h"

#include <random>

#include "absl/strings/str_cat.h"
#include "common/deterministic/deterministic.h"
#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "services/maturity/domain/decimal.h"

namespace jiebang::maturity {
namespace {

using ::testing::ElementsAre;

constexpr int kYear = 2026;

v1::PeerContribution Adding(std::int64_t total, const std::string& industry = "38", const std::string& province = "32",
                            v1::EnterpriseSize size = v1::ENTERPRISE_SIZE_LARGE) {
  v1::AssessmentObject object;
  object.set_industry_code(industry + "1");
  object.set_region_code(province + "0500");
  object.set_size(size);
  v1::PeerContribution contribution;
  *contribution.mutable_group() = GroupOf(object, kYear);
  (*contribution.mutable_ten_thousandths())["total"] = total;
  (*contribution.mutable_ten_thousandths())["level"] = total / kTenThousand * kTenThousand;
  return contribution;
}

v1::PeerGroup Everybody() {
  v1::PeerGroup group;
  group.set_year(kYear);
  return group;
}

// A cell of enterprises with one object each.
v1::PeerCell CellOf(const std::vector<std::int64_t>& totals) {
  v1::PeerCell cell;
  for (const std::int64_t total : totals) Replace(Everybody(), {}, {{"plant", Adding(total)}}, cell);
  return cell;
}

TEST(PeersTest, AGroupIsTheIndustryTheProvinceTheSizeAndTheYear) {
  const v1::PeerGroup group = Adding(0).group();

  EXPECT_EQ(group.industry_division(), "38");
  EXPECT_EQ(group.province_code(), "320000");
  EXPECT_EQ(GroupsAround(group).size(), 8);
  const v1::PeerDimension by_size[] = {v1::PEER_DIMENSION_SIZE};
  const v1::PeerGroup narrowed = Narrowed(group, by_size);
  EXPECT_EQ(narrowed.industry_division(), "");
  EXPECT_EQ(narrowed.size(), v1::ENTERPRISE_SIZE_LARGE);
}

// Whatever comes and goes in whatever order, cells hold what they would hold if they were counted anew.
TEST(PeersTest, CountingBitByBitIsCountingAnew) {
  const unsigned seed = std::random_device()();
  std::printf("seed %u\n", seed);
  std::mt19937_64 random(seed);
  for (int round = 0; round < 20; ++round) {
    const std::vector<v1::PeerGroup> groups = GroupsAround(Adding(0).group());
    std::vector<v1::PeerCell> cells(groups.size());
    std::map<int, Contributions> enterprises;
    for (int step = 0; step < 200; ++step) {
      Contributions& own = enterprises[static_cast<int>(random() % 12)];
      const Contributions before = own;
      const std::string object = absl::StrCat("plant-", random() % 3);
      if (random() % 4 == 0) {
        own.erase(object);
      } else {
        own[object] = Adding(static_cast<std::int64_t>(random() % 50'001), random() % 2 == 0 ? "38" : "39",
                             random() % 2 == 0 ? "32" : "44", static_cast<v1::EnterpriseSize>(1 + random() % 4));
      }
      for (std::size_t i = 0; i < groups.size(); ++i) Replace(groups[i], before, own, cells[i]);
    }
    for (std::size_t i = 0; i < groups.size(); ++i) {
      v1::PeerCell anew;
      for (const auto& [enterprise, contributions] : enterprises) Replace(groups[i], {}, contributions, anew);
      EXPECT_EQ(DeterministicBytes(cells[i]), DeterministicBytes(anew)) << groups[i].ShortDebugString();
    }
  }
}

TEST(PeersTest, NothingIsToldOfFewerThanFiveOthers) {
  const v1::PeerCell five = CellOf({10'000, 20'000, 30'000, 40'000, 50'000});
  const Contributions own = {{"plant", Adding(50'000)}};

  EXPECT_EQ(Others(Everybody(), five, own), std::nullopt) << "one of the five asks";
  EXPECT_NE(Others(Everybody(), five, {}), std::nullopt);
}

TEST(PeersTest, SeveralObjectsOfOneEnterpriseAreOneOther) {
  v1::PeerCell cell = CellOf({10'000, 20'000, 30'000, 40'000});
  Contributions six;
  for (int i = 0; i < 6; ++i) six[absl::StrCat("plant-", i)] = Adding(25'000);
  EXPECT_EQ(Others(Everybody(), cell, {}), std::nullopt);

  Replace(Everybody(), {}, six, cell);

  EXPECT_EQ(cell.enterprise_count(), 5);
  EXPECT_EQ(cell.tallies().at("total").count(), 10);
  EXPECT_EQ(Others(Everybody(), cell, six), std::nullopt) << "to the owner of the six there are four others";
}

// Each metric has others of its own: what few have is not told although the group is large.
TEST(PeersTest, AMetricOfFewerThanFiveIsLeftOut) {
  v1::PeerCell cell = CellOf({10'000, 20'000, 30'000, 40'000, 50'000});
  v1::PeerContribution rare = Adding(30'000);
  (*rare.mutable_ten_thousandths())["ai-scenarios"] = 120'000;
  Replace(Everybody(), {}, {{"plant", rare}}, cell);

  const auto others = Others(Everybody(), cell, {});

  ASSERT_NE(others, std::nullopt);
  EXPECT_TRUE(others->tallies().contains("total"));
  EXPECT_FALSE(others->tallies().contains("ai-scenarios"));
}

TEST(PeersTest, ADistributionIsMadeOfOthersAlone) {
  std::vector<std::int64_t> totals;
  for (int i = 1; i <= 20; ++i) totals.push_back(i * 2'000);  // 0.2, 0.4, ... 4.0
  v1::PeerCell cell = CellOf(totals);
  const Contributions own = {{"plant", Adding(31'000)}};
  Replace(Everybody(), {}, own, cell);

  const auto others = Others(Everybody(), cell, own);
  ASSERT_NE(others, std::nullopt);
  const v1::Distribution distribution = DistributionOf(others->tallies().at("total"), Binning::kHundredths, 31'000);

  EXPECT_EQ(distribution.count(), 20);
  EXPECT_EQ(distribution.mean(), "2.1000");
  EXPECT_THAT(distribution.percentiles(), ElementsAre("0.4", "1", "2", "3", "3.6"));
  EXPECT_EQ(distribution.best_in_class(), "3.6000") << "five at least: 3.2 3.4 3.6 3.8 4.0";
  EXPECT_EQ(distribution.own(), "3.1");
  EXPECT_EQ(distribution.better_than_permille(), 750);
}

TEST(PeersTest, ATieCountsHalfAndLowerMayBeBetter) {
  const v1::PeerCell cell = CellOf({10'000, 20'000, 20'000, 30'000, 40'000});
  const v1::Tally tally = cell.tallies().at("total");

  EXPECT_EQ(DistributionOf(tally, Binning::kHundredths, 20'000).better_than_permille(), 400);
  EXPECT_EQ(DistributionOf(tally, Binning::kHundredths, 20'000, false).better_than_permille(), 600);
  EXPECT_EQ(DistributionOf(tally, Binning::kHundredths, std::nullopt).better_than_permille(), -1);
  EXPECT_EQ(DistributionOf(tally, Binning::kHundredths, 20'000, false).best_in_class(), "2.4000");
}

}  // namespace
}  // namespace jiebang::maturity
