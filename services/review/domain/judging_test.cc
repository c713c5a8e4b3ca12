// The programmes that are shipped, as this service reads them.
#include "services/review/domain/judging.h"

#include "common/programme/loader.h"
#include "common/testing/error_matchers.h"
#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/review/domain/ranking.h"

namespace jiebang::review {
namespace {

using absl::StatusCode;

constexpr char kNotice2023[] = "pilot-demonstration-2023";

class ShippedProgrammes : public testing::Test {
 protected:
  void SetUp() override { ASSERT_OK_AND_ASSIGN(programmes_, programme::LoadProgrammes(JIEBANG_PROGRAMMES_DIRECTORY)); }

  programme::Programmes programmes_;
};

TEST_F(ShippedProgrammes, SayHowFactoriesAreJudged) {
  ASSERT_OK_AND_ASSIGN(const Judging judging,
                       JudgingOf(programmes_, {kNotice2023, "demonstration-factory"}, "factory-online-review"));
  EXPECT_EQ(judging.panel().size() % 2, 1);
  EXPECT_GE(judging.panel().size(), 5);
  EXPECT_FALSE(judging.rubric->criteria().empty());
}

TEST_F(ShippedProgrammes, JudgeSupplyChainsAmongFactories) {
  EXPECT_THAT(JudgingOf(programmes_, {kNotice2023, "smart-supply-chain"}, "factory-online-review"),
              IsRefusal(StatusCode::kNotFound, "TRACK_RANKED_IN_BASE"));
}

TEST_F(ShippedProgrammes, DoNotScoreWhereExpertsOnlyVisit) {
  EXPECT_THAT(JudgingOf(programmes_, {kNotice2023, "demonstration-factory"}, "site-visit"),
              IsRefusal(StatusCode::kFailedPrecondition, "STAGE_NOT_SCORED"));
  EXPECT_THAT(JudgingOf(programmes_, {kNotice2023, "demonstration-factory"}, "online-review"),
              IsRefusal(StatusCode::kNotFound, "STAGE_NOT_FOUND"))
      << "that one is for scenarios";
}

// A quorum that the rubric could not aggregate would make a round that nobody can rank.
TEST_F(ShippedProgrammes, CanBeRankedAtEveryQuorum) {
  for (const std::string& id : programmes_.ids()) {
    const auto programme = programmes_.Find(id);
    for (const programme::v1::Stage& stage : programme->proto().stages()) {
      if (!stage.has_panel()) continue;
      const programme::v1::Rubric& rubric = *programme->FindRubric(stage.rubric());
      std::vector<JudgedCandidate> judged(1);
      for (int i = 0; i < stage.panel().quorum(); ++i) {
        v1::Score& score = judged[0].scores.emplace_back();
        score.set_total_hundredths(8000);
        for (const programme::v1::Criterion& criterion : rubric.criteria()) {
          score.add_criteria()->set_criterion(criterion.id());
          score.mutable_criteria()->rbegin()->set_points(1);
        }
      }
      EXPECT_EQ(Rank(judged, rubric)[0].result(), "80.00") << id << " " << stage.id();
    }
  }
}

}  // namespace
}  // namespace jiebang::review
