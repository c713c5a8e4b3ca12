#include "services/review/domain/scoring.h"

#include "common/testing/error_matchers.h"
#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace jiebang::review {
namespace {

using Points = std::vector<std::pair<std::string, int>>;

// The shape of the Liaoning sheet: six criteria, weights 20/30/20/10/10/10.
programme::v1::Rubric SixCriteria() {
  programme::v1::Rubric rubric;
  rubric.set_id("six");
  rubric.set_max_points(100);
  const std::vector<std::pair<std::string, int>> weights = {{"maturity", 20},      {"base", 30},     {"technology", 20},
                                                            {"replicability", 10}, {"benefits", 10}, {"plan", 10}};
  for (const auto& [id, weight] : weights) {
    programme::v1::Criterion& criterion = *rubric.add_criteria();
    criterion.set_id(id);
    criterion.set_weight_percent(weight);
  }
  return rubric;
}

v1::Score Given(const Points& points) {
  v1::Score score;
  for (const auto& [criterion, value] : points) {
    v1::CriterionScore& one = *score.add_criteria();
    one.set_criterion(criterion);
    one.set_points(value);
  }
  return score;
}

absl::StatusOr<v1::Score> Scored(const Points& points) {
  return GiveScore(SixCriteria(), Given(points), absl::FromUnixSeconds(1'700'000'000));
}

TEST(Scoring, TotalIsExactInHundredths) {
  ASSERT_OK_AND_ASSIGN(
      const v1::Score score,
      Scored(
          {{"plan", 1}, {"maturity", 87}, {"base", 93}, {"technology", 71}, {"replicability", 55}, {"benefits", 99}}));
  EXPECT_EQ(score.total_hundredths(), 87 * 20 + 93 * 30 + 71 * 20 + 55 * 10 + 99 * 10 + 1 * 10);
  EXPECT_EQ(score.criteria(0).criterion(), "maturity") << "in the order of the rubric";
  EXPECT_EQ(score.score_time().seconds(), 1'700'000'000);
}

TEST(Scoring, FullPointsAreHundredAndNoPointsAreNone) {
  Points all;
  for (const std::string id : {"maturity", "base", "technology", "replicability", "benefits", "plan"})
    all.push_back({id, 100});
  EXPECT_EQ(Scored(all)->total_hundredths(), 10'000);
  for (auto& [id, points] : all) points = 0;
  EXPECT_EQ(Scored(all)->total_hundredths(), 0);
}

TEST(Scoring, TakesNoTotalFromTheExpert) {
  v1::Score given =
      Given({{"maturity", 1}, {"base", 1}, {"technology", 1}, {"replicability", 1}, {"benefits", 1}, {"plan", 1}});
  given.set_total_hundredths(10'000);
  given.set_comment("好");
  ASSERT_OK_AND_ASSIGN(const v1::Score score, GiveScore(SixCriteria(), given, absl::UnixEpoch()));
  EXPECT_EQ(score.total_hundredths(), 100);
  EXPECT_EQ(score.comment(), "好");
}

TEST(Scoring, SaysEverythingThatIsWrongAtOnce) {
  const absl::StatusOr<v1::Score> refused = Scored({{"maturity", 101},
                                                    {"base", -1},
                                                    {"base", 5},
                                                    {"beauty", 5},
                                                    {"technology", 3},
                                                    {"replicability", 3},
                                                    {"plan", 3}});
  EXPECT_THAT(refused, IsRefusal(absl::StatusCode::kInvalidArgument, "SCORE_MALFORMED"));
  EXPECT_THAT(refused, HasViolation("score.criteria[0].points", "101"));
  EXPECT_THAT(refused, HasViolation("score.criteria[1].points", "-1"));
  EXPECT_THAT(refused, HasViolation("score.criteria[2].criterion", "twice"));
  EXPECT_THAT(refused, HasViolation("score.criteria[3].criterion", "beauty"));
  EXPECT_THAT(refused, HasViolation("score.criteria", "benefits"));
}

TEST(Scoring, RefusesAnEmptyScore) {
  EXPECT_THAT(Scored({}), IsRefusal(absl::StatusCode::kInvalidArgument, "SCORE_MALFORMED"));
}

}  // namespace
}  // namespace jiebang::review
