// Rounds that do not fit one commit, processes that die in the middle, and calls that meet.
#include <map>
#include <set>
#include <thread>

#include "common/store/sqlite/sqlite_store.h"
#include "common/testing/error_matchers.h"
#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/review/bench_for_test.h"

namespace jiebang::review {
namespace {

using absl::StatusCode;
using testing::IsEmpty;
using testing::SizeIs;

constexpr int kEnough = 100;  // commits

class AtomicityTest : public testing::Test {
 protected:
  // 1,200 recommendations of 30 units: three commits with candidates and one with the round.
  void SetUp() override {
    for (int unit = 0; unit < 30; ++unit) world_.peers.lists.push_back(LockedList(absl::StrCat(310000 + unit), 40));
  }
  void Register(int experts) {
    Process process(world_);
    Ministry ministry(process);
    for (int i = 0; i < experts; ++i) ASSERT_THAT(ministry.CreateExpert(absl::StrCat("e", 100 + i)), IsOk());
  }

  World world_{[](const auto& path) { return *store::OpenSqliteStore(path); }};
};

TEST_F(AtomicityTest, ARoundIsThereWithAllItsCandidatesOrNotAtAll) {
  for (int commits = 0; commits < kEnough; ++commits) {
    Process dying(world_);
    dying.store().DieAfter(commits);
    const bool is_done = Ministry(dying).CreateRound().ok();

    Process next(world_);
    Ministry ministry(next);
    if (!is_done) {
      EXPECT_THAT(ministry.GetRound(), IsRefusal(StatusCode::kNotFound, "ROUND_NOT_FOUND"));
      EXPECT_THAT(ministry.Candidates(), IsEmpty());
      // The leftovers must not come up in the round that is opened in the end: its lists are others by then.
      world_.peers.lists[commits].mutable_recommendations()->RemoveLast();
      continue;
    }
    EXPECT_EQ(commits, 4);
    EXPECT_EQ(ministry.GetRound()->round().application_count(), 1196);
    EXPECT_THAT(ministry.Candidates(), SizeIs(1196));
    return;
  }
  FAIL() << "no round after " << kEnough << " commits";
}

TEST_F(AtomicityTest, AnAssignmentIsThereAsAWholeOrNotAtAll) {
  Register(60);
  Process process(world_);
  Ministry ministry(process);
  ASSERT_THAT(ministry.CreateRound(), IsOk());
  for (int commits = 0; commits < kEnough; ++commits) {
    ASSERT_OK_AND_ASSIGN(const auto planned, ministry.Plan());
    Process dying(world_);
    dying.store().DieAfter(commits);
    const bool is_done = Ministry(dying).Commit(planned.plan().digest()).ok();
    if (!is_done) {
      EXPECT_EQ(ministry.GetRound()->round().state(), v1::Round::STATE_OPEN);
      EXPECT_THAT(ministry.Assignments(), IsEmpty());
      if (commits == 5) {  // another plan from here on
        ASSERT_THAT(ministry.CreateExpert("late"), IsOk());
      }
      continue;
    }
    EXPECT_EQ(commits, 9);
    const std::vector<v1::Assignment> assignments = ministry.Assignments("-", 500);
    EXPECT_THAT(assignments, SizeIs(3600));
    std::map<std::string, std::set<std::string>> panels;
    for (const v1::Assignment& assignment : assignments) {
      panels[assignment.candidate()].insert(AssignmentName::Parse(assignment.name())->reviewer.expert);
    }
    EXPECT_THAT(panels, SizeIs(1200));
    for (const auto& [candidate, panel] : panels) EXPECT_THAT(panel, SizeIs(3)) << candidate;
    EXPECT_THAT(ministry.Assignments("late"), SizeIs(59));
    return;
  }
  FAIL() << "no assignment after " << kEnough << " commits";
}

// A second commit of the same plan that comes late must not wipe out scores that were given meanwhile.
TEST_F(AtomicityTest, APlanCommittedTwiceAtOnceKeepsTheScores) {
  Register(60);
  Process process(world_);
  Ministry ministry(process);
  ASSERT_THAT(ministry.CreateRound(), IsOk());
  ASSERT_OK_AND_ASSIGN(const auto planned, ministry.Plan());
  Process slow(world_);
  std::string scored;
  slow.store().BeforeCommit(2, [&] {
    ASSERT_THAT(ministry.Commit(planned.plan().digest()), IsOk());
    for (const v1::Assignment& assignment : ministry.Assignments()) {
      if (scored.empty() || assignment.name().ends_with("310029-040")) {
        scored = assignment.name();
        ASSERT_THAT(SubmitScore(process, assignment, 77, 77), IsOk());
      }
    }
  });
  EXPECT_THAT(Ministry(slow).Commit(planned.plan().digest()), IsRefusal(StatusCode::kAborted, "CONCURRENT_CHANGE"));
  int scores = 0;
  for (const v1::Assignment& assignment : ministry.Assignments("-", 500)) scores += assignment.has_score() ? 1 : 0;
  EXPECT_EQ(scores, ministry.GetRound()->round().scored_count());
  EXPECT_GE(scores, 1);
}

// Rankings of more than one commit, over 600 applications with two scores each.
class RankingAtomicityTest : public AtomicityTest {
 protected:
  void SetUp() override {
    for (int unit = 0; unit < 15; ++unit) world_.peers.lists.push_back(LockedList(absl::StrCat(310000 + unit), 40));
    Register(40);
    ASSERT_THAT(ministry_.CreateRound(), IsOk());
    ASSERT_THAT(ministry_.PlanAndCommit(), IsOk());
    std::map<std::string, int> scores;
    std::vector<v1::Assignment> scored;
    for (const v1::Assignment& assignment : ministry_.Assignments("-", 500)) {
      if (++scores[assignment.candidate()] <= 2) {
        scored.push_back(assignment);
      } else {
        unscored_ = assignment;
      }
    }
    ScoreAtOnce(scored);
    ASSERT_EQ(ministry_.GetRound()->round().scored_count(), 1200) << "no score is lost where experts meet";
  }

  // As experts do: several at the same time.
  void ScoreAtOnce(const std::vector<v1::Assignment>& assignments) {
    std::vector<std::thread> experts;
    for (std::size_t first = 0; first < kAtOnce; ++first) {
      experts.emplace_back([&, first] {
        for (std::size_t i = first; i < assignments.size(); i += kAtOnce) {
          const int points = static_cast<int>(std::hash<std::string>()(assignments[i].name()) % 101);
          EXPECT_THAT(SubmitScore(process_, assignments[i], points, points), IsOk());
        }
      });
    }
    for (std::thread& expert : experts) expert.join();
  }

  static constexpr std::size_t kAtOnce = 12;

  Process process_{world_};
  Ministry ministry_{process_};
  v1::Assignment unscored_;
};

TEST_F(RankingAtomicityTest, ARankingIsSeenAsAWholeOrNotAtAll) {
  for (int commits = 0; commits < kEnough; ++commits) {
    Process dying(world_);
    dying.store().DieAfter(commits);
    const bool is_done = Ministry(dying).Rank().ok();
    if (!is_done) {
      EXPECT_EQ(ministry_.GetRound()->round().state(), v1::Round::STATE_SCORING);
      for (const v1::Candidate& candidate : ministry_.Candidates()) ASSERT_EQ(candidate.rank(), 0);
      continue;
    }
    EXPECT_EQ(commits, 4) << "the closing, two with candidates, the round";
    const std::vector<v1::Candidate> ranking = ministry_.Candidates();
    ASSERT_THAT(ranking, SizeIs(600));
    for (std::size_t i = 0; i < ranking.size(); ++i) {
      EXPECT_EQ(ranking[i].rank(), static_cast<int>(i) + 1);
      if (i == 0) continue;
      EXPECT_GE(Fraction(ranking[i - 1].result_numerator(), ranking[i - 1].result_denominator()),
                Fraction(ranking[i].result_numerator(), ranking[i].result_denominator()));
    }
    return;
  }
  FAIL() << "no ranking after " << kEnough << " commits";
}

TEST_F(RankingAtomicityTest, ScoresAreClosedWhileARankingIsMadeAndOpenAgainIfItDies) {
  Process dying(world_);
  dying.store().DieAfter(2);
  EXPECT_THAT(Ministry(dying).Rank(), StatusIs(StatusCode::kUnavailable));
  EXPECT_THAT(SubmitScore(process_, unscored_, 1, 1), IsRefusal(StatusCode::kFailedPrecondition, "ROUND_NOT_SCORING"));
  world_.clock.Advance(absl::Minutes(6));
  ASSERT_THAT(SubmitScore(process_, unscored_, 1, 1), IsOk());
  ASSERT_THAT(SubmitScore(process_, unscored_, 2, 2), IsOk());
  ASSERT_OK_AND_ASSIGN(const auto ranked, ministry_.Rank());
  EXPECT_EQ(ranked.round().scored_count(), 1201);
}

// The one that sleeps past its closing must not publish a ranking that misses a score.
TEST_F(RankingAtomicityTest, ARankingThatSleptTooLongIsNotMade) {
  Process sleeper(world_);
  sleeper.store().BeforeCommit(4, [&] {
    world_.clock.Advance(absl::Minutes(6));
    ASSERT_THAT(SubmitScore(process_, unscored_, 100, 100), IsOk());
  });
  EXPECT_THAT(Ministry(sleeper).Rank(), IsRefusal(StatusCode::kAborted, "CONCURRENT_CHANGE"));
  ASSERT_OK_AND_ASSIGN(const auto ranked, ministry_.Rank());
  EXPECT_EQ(ranked.round().scored_count(), 1201);
  int counted = 0;
  for (const v1::Candidate& candidate : ministry_.Candidates()) counted += candidate.score_count();
  EXPECT_EQ(counted, 1201);
}

// A score that was on its way when the scores were closed is either in the ranking or refused.
TEST_F(RankingAtomicityTest, AScoreOnItsWayIsCountedOrRefused) {
  Process late(world_);
  late.store().BeforeCommit(1, [&] { ASSERT_THAT(ministry_.Rank(), IsOk()); });
  EXPECT_THAT(SubmitScore(late, unscored_, 100, 100), IsRefusal(StatusCode::kFailedPrecondition, "ROUND_NOT_SCORING"));
  EXPECT_EQ(ministry_.GetRound()->round().scored_count(), 1200);
}

TEST_F(RankingAtomicityTest, TwoRankingsAtOnceGiveOne) {
  Process other(world_);
  other.store().BeforeCommit(2, [&] { ASSERT_THAT(ministry_.Rank(), IsOk()); });
  EXPECT_THAT(Ministry(other).Rank(), IsRefusal(StatusCode::kAborted, "CONCURRENT_CHANGE"));
  EXPECT_THAT(ministry_.Candidates(), SizeIs(600));
}

}  // namespace
}  // namespace jiebang::review
