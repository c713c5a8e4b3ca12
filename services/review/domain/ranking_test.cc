#include "services/review/domain/ranking.h"

#include <algorithm>
#include <random>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace jiebang::review {
namespace {

using programme::v1::AggregationMethod;
using testing::ElementsAre;

programme::v1::Aggregation By(AggregationMethod method, int trimmed = 0) {
  programme::v1::Aggregation aggregation;
  aggregation.set_method(method);
  aggregation.set_trimmed_each_end(trimmed);
  return aggregation;
}

const programme::v1::Aggregation kMean = By(programme::v1::AGGREGATION_METHOD_MEAN);
const programme::v1::Aggregation kTrimmed = By(programme::v1::AGGREGATION_METHOD_TRIMMED_MEAN, 1);
const programme::v1::Aggregation kMedian = By(programme::v1::AGGREGATION_METHOD_MEDIAN);

struct AggregationCase {
  programme::v1::Aggregation aggregation;
  std::vector<std::int64_t> values;
  Fraction result;
};

class Aggregations : public testing::TestWithParam<AggregationCase> {};

TEST_P(Aggregations, AreExactInWhateverOrder) {
  AggregationCase one = GetParam();
  std::sort(one.values.begin(), one.values.end());
  do {
    ASSERT_EQ(Aggregate(one.values, one.aggregation), one.result);
  } while (std::next_permutation(one.values.begin(), one.values.end()));
}

INSTANTIATE_TEST_SUITE_P(
    Table, Aggregations,
    testing::Values(AggregationCase{kMean, {8000}, {8000, 1}}, AggregationCase{kMean, {8000, 8001, 8001}, {24002, 3}},
                    AggregationCase{kMean, {0, 0, 0}, {0, 1}}, AggregationCase{kMean, {1, 1, 1, 1, 1, 1, 2}, {8, 7}},
                    AggregationCase{kTrimmed, {0, 8000, 10000}, {8000, 1}},
                    AggregationCase{kTrimmed, {10, 20, 30, 41, 99}, {91, 3}},
                    AggregationCase{kTrimmed, {70, 70, 70, 90, 90}, {230, 3}},
                    AggregationCase{By(programme::v1::AGGREGATION_METHOD_TRIMMED_MEAN, 2), {1, 2, 5, 8, 9}, {5, 1}},
                    AggregationCase{kMedian, {7}, {7, 1}}, AggregationCase{kMedian, {1, 9}, {5, 1}},
                    AggregationCase{kMedian, {1, 2, 99}, {2, 1}}, AggregationCase{kMedian, {1, 2, 5, 99}, {7, 2}},
                    AggregationCase{kMedian, {0, 0, 3, 4, 5}, {3, 1}}));

TEST(Fraction, ComparesWhatRoundingWouldMakeEqual) {
  EXPECT_LT(Fraction(8633333, 100000), Fraction(259, 3));
  EXPECT_EQ(Fraction(259, 3), Fraction(518, 6));
  const std::int64_t large = std::int64_t{1} << 62;
  EXPECT_LT(Fraction(large - 1, large), Fraction(large, large + 1)) << "products of more than 64 bits";
}

TEST(Fraction, RoundsHalvesUpForPeople) {
  EXPECT_EQ(Fraction(259, 3).ToTwoDecimals(), "86.33");
  EXPECT_EQ(Fraction(260, 3).ToTwoDecimals(), "86.67");
  EXPECT_EQ(Fraction(80005, 1000).ToTwoDecimals(), "80.01");
  EXPECT_EQ(Fraction(80015, 1000).ToTwoDecimals(), "80.02");
  EXPECT_EQ(Fraction(99995, 1000).ToTwoDecimals(), "100.00");
  EXPECT_EQ(Fraction(0, 1).ToTwoDecimals(), "0.00");
  EXPECT_EQ(Fraction(5, 100).ToTwoDecimals(), "0.05");
}

// Two criteria of half the weight each: a total is 50 × (a + b) hundredths.
programme::v1::Rubric TwoCriteria(const programme::v1::Aggregation& aggregation = kMean) {
  programme::v1::Rubric rubric;
  rubric.set_max_points(100);
  for (const std::string id : {"a", "b"}) {
    programme::v1::Criterion& criterion = *rubric.add_criteria();
    criterion.set_id(id);
    criterion.set_weight_percent(50);
  }
  *rubric.mutable_aggregation() = aggregation;
  return rubric;
}

using Sheet = std::pair<int, int>;

JudgedCandidate Judged(const std::string& id, int unit_rank, const std::vector<Sheet>& sheets) {
  JudgedCandidate judged;
  judged.candidate.set_name(absl::StrCat("r/candidates/", id));
  judged.candidate.set_unit_rank(unit_rank);
  for (const auto& [a, b] : sheets) {
    v1::Score& score = judged.scores.emplace_back();
    score.set_total_hundredths(50 * (a + b));
    v1::CriterionScore& on_a = *score.add_criteria();
    on_a.set_criterion("a");
    on_a.set_points(a);
    v1::CriterionScore& on_b = *score.add_criteria();
    on_b.set_criterion("b");
    on_b.set_points(b);
  }
  return judged;
}

// "x: 86.33 key", best first.
std::vector<std::string> Summary(const std::vector<v1::Candidate>& ranking) {
  std::vector<std::string> lines;
  for (const v1::Candidate& candidate : ranking) {
    EXPECT_EQ(candidate.rank(), static_cast<int>(lines.size()) + 1);
    lines.push_back(absl::StrCat(candidate.name().substr(13), " ", candidate.result(), " ", candidate.tie_key()));
  }
  return lines;
}

TEST(Ranking, BestFirst) {
  EXPECT_THAT(Summary(Rank({Judged("x", 1, {{60, 60}}), Judged("y", 2, {{90, 80}}), Judged("z", 3, {{70, 70}})},
                           TwoCriteria())),
              ElementsAre("y 85.00 ", "z 70.00 ", "x 60.00 "));
}

TEST(Ranking, DoesNotRoundBeforeItRanks) {
  // 86.3333… against 86.3350 and 86.3250: the first two look the same after rounding to two decimals, or less.
  const auto ranking = Rank({Judged("thirds", 1, {{86, 86}, {86, 86}, {87, 87}}),
                             Judged("more", 1, {{86, 86}, {86, 86}, {86, 86}, {87, 88}, {86, 86}, {86, 87}, {87, 87}}),
                             Judged("less", 1, {{86, 86}, {86, 87}, {86, 86}, {86, 87}, {87, 86}, {86, 86}})},
                            TwoCriteria());
  EXPECT_EQ(ranking[0].name(), "r/candidates/more");
  EXPECT_EQ(ranking[1].name(), "r/candidates/thirds");
  EXPECT_EQ(ranking[1].result(), "86.33");
  EXPECT_EQ(ranking[1].result_numerator(), 259);
  EXPECT_EQ(ranking[1].result_denominator(), 3);
  EXPECT_EQ(ranking[2].name(), "r/candidates/less");
}

TEST(Ranking, SameFractionOutOfDifferentNumbersOfScoresIsATie) {
  EXPECT_THAT(Summary(Rank({Judged("six", 1, {{80, 80}, {80, 80}, {80, 81}, {80, 80}, {80, 80}, {80, 81}}),
                            Judged("three", 1, {{80, 80}, {80, 80}, {80, 81}})},
                           TwoCriteria())),
              ElementsAre("six 80.17 candidate_id", "three 80.17 candidate_id"));
}

TEST(Ranking, AsksTheKeysInOrder) {
  programme::v1::Rubric rubric = TwoCriteria();
  rubric.add_tie_keys()->set_criterion("a");
  rubric.add_tie_keys()->set_smaller_spread(true);
  rubric.add_tie_keys()->set_unit_rank(true);
  EXPECT_THAT(Summary(Rank({Judged("last-by-id", 1, {{70, 90}, {70, 90}}),       //
                            Judged("by-criterion", 9, {{90, 70}, {90, 70}}),     //
                            Judged("by-spread", 9, {{70, 85}, {70, 95}}),        // spread 500
                            Judged("by-more-spread", 1, {{70, 80}, {70, 100}}),  // spread 1000
                            Judged("by-unit-rank", 2, {{70, 90}, {70, 90}}),     //
                            Judged("first-by-id", 1, {{70, 90}, {70, 90}})},
                           rubric)),
              ElementsAre("by-criterion 80.00 criterion:a",  //
                          "first-by-id 80.00 criterion:a",   //
                          "last-by-id 80.00 candidate_id",   //
                          "by-unit-rank 80.00 unit_rank",    //
                          "by-spread 80.00 smaller_spread",  //
                          "by-more-spread 80.00 smaller_spread"));
}

TEST(Ranking, NoKeyIsNamedWhereNoneWasNeeded) {
  programme::v1::Rubric rubric = TwoCriteria();
  rubric.add_tie_keys()->set_unit_rank(true);
  EXPECT_THAT(
      Summary(Rank({Judged("x", 1, {{80, 80}}), Judged("y", 2, {{80, 80}}), Judged("z", 3, {{80, 79}})}, rubric)),
      ElementsAre("x 80.00 unit_rank", "y 80.00 unit_rank", "z 79.50 "));
}

TEST(Ranking, CriterionKeyIsAggregatedLikeTheTotal) {
  programme::v1::Rubric rubric = TwoCriteria(kMedian);
  rubric.add_tie_keys()->set_criterion("a");
  // Both have the median total 80.00; on `a` x has the median 80, y the median 75, though y's mean is higher.
  EXPECT_THAT(
      Summary(Rank({Judged("y", 1, {{75, 85}, {75, 85}, {100, 60}}), Judged("x", 1, {{80, 80}, {80, 80}, {10, 90}})},
                   rubric)),
      ElementsAre("x 80.00 criterion:a", "y 80.00 criterion:a"));
}

TEST(Ranking, DoesNotDependOnTheOrderOfInput) {
  const unsigned seed = std::random_device()();
  SCOPED_TRACE(testing::Message() << "seed " << seed);
  std::mt19937 random(seed);
  std::vector<JudgedCandidate> judged;
  for (int i = 0; i < 60; ++i) {
    std::vector<Sheet> sheets;
    for (int expert = 0; expert < 3; ++expert) sheets.emplace_back(random() % 3, random() % 3);
    judged.push_back(Judged(absl::StrCat("c", i), static_cast<int>(random() % 5), sheets));
  }
  programme::v1::Rubric rubric = TwoCriteria();
  rubric.add_tie_keys()->set_smaller_spread(true);
  rubric.add_tie_keys()->set_criterion("b");
  const std::vector<std::string> expected = Summary(Rank(judged, rubric));
  for (int i = 0; i < 20; ++i) {
    std::shuffle(judged.begin(), judged.end(), random);
    for (JudgedCandidate& one : judged) std::shuffle(one.scores.begin(), one.scores.end(), random);
    EXPECT_EQ(Summary(Rank(judged, rubric)), expected);
  }
}

TEST(Ranking, VetoedGoLastWhateverTheirTotal) {
  programme::v1::Rubric rubric = TwoCriteria(kMedian);
  rubric.mutable_criteria(1)->set_veto(true);
  const auto ranking =
      Rank({Judged("vetoed", 1, {{100, 0}, {100, 0}, {100, 90}}), Judged("poor", 1, {{1, 1}, {1, 0}, {1, 1}})}, rubric);
  EXPECT_EQ(ranking[0].name(), "r/candidates/poor") << "one expert's 0 among three is outvoted by the median";
  EXPECT_EQ(ranking[0].failed_criterion(), "");
  EXPECT_EQ(ranking[1].failed_criterion(), "b");
  EXPECT_EQ(ranking[1].rank(), 2);
}

TEST(Ranking, CallsAModeratorAboveTheSpreadAndNotAtIt) {
  programme::v1::Rubric rubric = TwoCriteria();
  rubric.set_moderator_spread_hundredths(2000);
  const auto ranking = Rank({Judged("x", 1, {{90, 90}, {70, 70}}), Judged("y", 1, {{90, 90}, {70, 69}})}, rubric);
  EXPECT_EQ(ranking[0].spread_hundredths(), 2000);
  EXPECT_FALSE(ranking[0].moderator_wanted());
  EXPECT_EQ(ranking[1].spread_hundredths(), 2050);
  EXPECT_TRUE(ranking[1].moderator_wanted());
}

TEST(Quorum, NamesThoseBelowIt) {
  const std::vector<MissingScores> missing =
      BelowQuorum({Judged("x", 1, {{1, 1}, {1, 1}}), Judged("y", 1, {{1, 1}}), Judged("z", 1, {})}, 2);
  ASSERT_EQ(missing.size(), 2u);
  EXPECT_EQ(missing[0].candidate, "r/candidates/y");
  EXPECT_EQ(missing[0].scored, 1);
  EXPECT_EQ(missing[1].candidate, "r/candidates/z");
  EXPECT_EQ(missing[1].wanted, 2);
}

}  // namespace
}  // namespace jiebang::review
