#include "services/review/domain/selection.h"

#include "common/testing/error_matchers.h"
#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace jiebang::review {
namespace {

v1::Candidate WithResult(std::int64_t numerator, std::int64_t denominator) {
  v1::Candidate candidate;
  candidate.set_result_numerator(numerator);
  candidate.set_result_denominator(denominator);
  return candidate;
}

TEST(Selection, NoneAndAllMayBeSelected) {
  EXPECT_THAT(CheckSelection(0, 3, std::nullopt, {}), IsOk());
  EXPECT_THAT(CheckSelection(3, 3, WithResult(1, 1), {}), IsOk());
}

TEST(Selection, NoMoreThanThereAre) {
  EXPECT_THAT(CheckSelection(4, 3, std::nullopt, {}),
              IsRefusal(absl::StatusCode::kInvalidArgument, "TOO_FEW_CANDIDATES"));
}

TEST(Selection, NoneThatFailedAVeto) {
  v1::Candidate last = WithResult(90, 1);
  last.set_failed_criterion("safety");
  EXPECT_THAT(CheckSelection(1, 3, last, {}), IsRefusal(absl::StatusCode::kInvalidArgument, "SELECTION_FAILS_VETO"));
}

TEST(Selection, NoMoreThanTheBestThatPass) {
  programme::v1::Stage stage;
  stage.mutable_passing()->set_best(2);
  EXPECT_THAT(CheckSelection(2, 9, WithResult(1, 1), stage), IsOk());
  EXPECT_THAT(CheckSelection(3, 9, WithResult(1, 1), stage),
              IsRefusal(absl::StatusCode::kInvalidArgument, "SELECTION_ABOVE_PASSING"));
}

TEST(Selection, NoneBelowTheScoreThatPassesToTheLastFraction) {
  programme::v1::Stage stage;
  stage.mutable_passing()->set_least_score_hundredths(8000);
  EXPECT_THAT(CheckSelection(2, 9, WithResult(80, 1), stage), IsOk());
  EXPECT_THAT(CheckSelection(2, 9, WithResult(239999, 3000), stage),
              IsRefusal(absl::StatusCode::kInvalidArgument, "SELECTION_ABOVE_PASSING"));
}

TEST(Selection, DecisionIsARangeOfRanks) {
  v1::Round round;
  round.set_selected_count(2);
  EXPECT_EQ(DecisionAt(1, round), v1::Candidate::DECISION_UNSPECIFIED) << "not decided yet";
  round.set_state(v1::Round::STATE_DECIDED);
  EXPECT_EQ(DecisionAt(2, round), v1::Candidate::DECISION_SELECTED);
  EXPECT_EQ(DecisionAt(3, round), v1::Candidate::DECISION_NOT_SELECTED);
}

}  // namespace
}  // namespace jiebang::review
