// The step that spans quota and application under crashes, lost messages and attack (architecture, 7: 1, 2, 8).
#include <random>
#include <set>
#include <thread>

#include "common/store/sqlite/sqlite_store.h"
#include "common/testing/error_matchers.h"
#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/quota/bench_for_test.h"
#include "services/quota/domain/recommendation_list.h"

namespace jiebang::quota {
namespace {

using absl::StatusCode;
using testing::IsEmpty;
using v1::Recommendation;
using v1::RecommendationList;

using Fault = FakeApplication::Fault;

constexpr char kFactoryOfJiangsu[] = "demonstration-factory";

// The applications of the list, which must all be settled.
std::set<std::string> HeldIn(const RecommendationList& list) {
  std::set<std::string> held;
  for (const auto& one : list.recommendations()) {
    EXPECT_EQ(one.state(), Recommendation::STATE_HELD) << one.application();
    held.insert(one.application());
  }
  return held;
}

std::set<std::string> HeldAt(const FakeApplication& application) {
  std::set<std::string> held;
  for (const auto& [name, holder] : application.Holders()) held.insert(name);
  return held;
}

class CrashTest : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    Process first(world_);
    ASSERT_THAT(Jiangsu(first).Create(), IsOk());
    world_.application.File(ApplicationOf(1), kFactoryOfJiangsu);
  }

  World world_{[](const auto& path) { return *store::OpenSqliteStore(path); }};
};

class RecommendCrashTest : public CrashTest {};
class RemoveCrashTest : public CrashTest {};

TEST_P(RecommendCrashTest, TheNextProcessEndsWhatWasBegun) {
  {
    Process dying(world_);
    dying.DieAt(GetParam());
    EXPECT_THAT(Jiangsu(dying).Recommend(ApplicationOf(1), "r1"), StatusIs(StatusCode::kUnavailable));
  }
  Process next(world_);
  Jiangsu jiangsu(next);
  ASSERT_EQ(jiangsu.List().recommendations(0).state(), Recommendation::STATE_HOLDING);
  EXPECT_THAT(jiangsu.Submit(), IsRefusal(StatusCode::kFailedPrecondition, "LIST_UNSETTLED"));

  next.Settle();

  EXPECT_EQ(HeldIn(jiangsu.List()), HeldAt(world_.application));
  EXPECT_EQ(HeldIn(jiangsu.List()).size(), 1);
  // The caller finds the answer that it never got.
  ASSERT_OK_AND_ASSIGN(const auto answer, jiangsu.Recommend(ApplicationOf(1), "r1"));
  EXPECT_EQ(answer.recommendation().state(), Recommendation::STATE_HELD);
  EXPECT_EQ(answer.used(), 1);
  EXPECT_EQ(answer.limit(), 15);
  EXPECT_THAT(jiangsu.Submit(), IsOk());
}

TEST_P(RecommendCrashTest, ARepetitionEndsWhatWasBegun) {
  {
    Process dying(world_);
    dying.DieAt(GetParam());
    EXPECT_THAT(Jiangsu(dying).Recommend(ApplicationOf(1), "r1"), StatusIs(StatusCode::kUnavailable));
  }
  Process next(world_);
  Jiangsu jiangsu(next);

  ASSERT_OK_AND_ASSIGN(const auto answer, jiangsu.Recommend(ApplicationOf(1), "r1"));

  EXPECT_EQ(answer.recommendation().state(), Recommendation::STATE_HELD);
  EXPECT_EQ(HeldIn(jiangsu.List()), HeldAt(world_.application));
}

INSTANTIATE_TEST_SUITE_P(Points, RecommendCrashTest, testing::Values("recommend.intended", "recommend.held"));

TEST_P(RemoveCrashTest, TheNextProcessEndsWhatWasBegun) {
  {
    Process dying(world_);
    ASSERT_THAT(Jiangsu(dying).Recommend(ApplicationOf(1)), IsOk());
    dying.DieAt(GetParam());
    EXPECT_THAT(Jiangsu(dying).Remove(ApplicationOf(1), "r1"), StatusIs(StatusCode::kUnavailable));
  }
  Process next(world_);
  Jiangsu jiangsu(next);
  ASSERT_EQ(jiangsu.List().recommendations(0).state(), Recommendation::STATE_RELEASING);

  next.Settle();

  EXPECT_THAT(jiangsu.List().recommendations(), IsEmpty());
  EXPECT_THAT(world_.application.Holders(), IsEmpty());
  ASSERT_OK_AND_ASSIGN(const auto answer, jiangsu.Remove(ApplicationOf(1), "r1"));
  EXPECT_EQ(answer.recommendation_list().SerializeAsString(), jiangsu.List().SerializeAsString());
}

INSTANTIATE_TEST_SUITE_P(Points, RemoveCrashTest, testing::Values("remove.intended", "remove.released"));

class SettlementTest : public CrashTest {};

TEST_F(SettlementTest, ARefusalThatTheSettlerHearsGivesTheSeatBack) {
  {
    Process dying(world_);
    dying.DieAt("recommend.intended");
    EXPECT_THAT(Jiangsu(dying).Recommend(ApplicationOf(1)), StatusIs(StatusCode::kUnavailable));
  }
  // The dead process had asked, of course; but say that its question was lost.
  world_.application.SetHeldBy(ApplicationOf(1), "");
  world_.application.SetState(ApplicationOf(1), application::v1::Application::STATE_WITHDRAWN);
  Process next(world_);

  next.Settle();

  EXPECT_THAT(Jiangsu(next).List().recommendations(), IsEmpty());
  EXPECT_THAT(world_.application.Holders(), IsEmpty());
}

TEST_F(SettlementTest, ALostAnswerLeavesTheStepOpenUntilTheSettlerComes) {
  Process process(world_);
  Jiangsu jiangsu(process);
  process.Settle();  // nothing is open at the start
  world_.application.SetFaults([] { return Fault::kAnswerLost; });
  EXPECT_THAT(jiangsu.Recommend(ApplicationOf(1), "r1"), IsRefusal(StatusCode::kUnavailable, "STEP_UNSETTLED"));
  world_.application.SetFaults(nullptr);

  process.Settle();  // finds it in the journal and leaves it to its call
  EXPECT_EQ(jiangsu.List().recommendations(0).state(), Recommendation::STATE_HOLDING);
  process.Settle();

  EXPECT_EQ(HeldIn(jiangsu.List()), HeldAt(world_.application));
  EXPECT_THAT(jiangsu.Recommend(ApplicationOf(1), "r1"), IsOk());
}

TEST_F(SettlementTest, TheTaskOfAServerSettlesByItselfFromTheStart) {
  {
    Process dying(world_);
    dying.DieAt("recommend.intended");
    EXPECT_THAT(Jiangsu(dying).Recommend(ApplicationOf(1)), StatusIs(StatusCode::kUnavailable));
  }
  Process next(world_);
  Jiangsu jiangsu(next);
  const absl::Time patience = absl::Now() + absl::Seconds(30);
  {
    ThreadExecutor loop;
    loop.Post([&] {
      for (Task<void>& task : next.service().Tasks()) Spawn(loop, std::move(task));
    });
    while (jiangsu.List().recommendations(0).state() != Recommendation::STATE_HELD && absl::Now() < patience) {
      absl::SleepFor(absl::Milliseconds(5));
    }
  }  // and ends when the server stops

  EXPECT_EQ(HeldIn(jiangsu.List()), HeldAt(world_.application));
}

// Many hands on one list, messages lost both ways, processes that settle each other's steps, and repetitions.
TEST_F(SettlementTest, TheQuotaHoldsUnderAttackAndBothSidesAgreeAfterwards) {
  constexpr int kLimit = 15;
  constexpr int kCandidates = 40;
  constexpr int kHands = 6;
  const unsigned seed = std::random_device()();
  SCOPED_TRACE(absl::StrCat("seed ", seed));
  std::atomic<int> most = 0;
  std::atomic<int> overruns = 0;
  const auto look = [&](const store::Commit& commit) {
    for (const store::Put& put : commit.puts) {
      if (put.table != "recommendation_list") continue;
      RecommendationList list;
      list.ParseFromString(put.value);
      if (SeatsUsed(list) > kLimit) ++overruns;
      most = std::max<int>(most, SeatsUsed(list));
    }
  };
  for (int i = 1; i <= kCandidates; ++i) world_.application.File(ApplicationOf(i), kFactoryOfJiangsu);
  {
    std::mt19937 random(seed);  // under the fake's lock
    world_.application.SetFaults([&random] {
      const unsigned dice = random() % 10;
      return dice == 0 ? Fault::kRequestLost : dice == 1 ? Fault::kAnswerLost : Fault::kNone;
    });
    std::vector<std::unique_ptr<Process>> processes;
    for (int i = 0; i < kHands; ++i) processes.push_back(std::make_unique<Process>(world_, look));
    std::vector<std::thread> hands;
    for (int hand = 0; hand < kHands; ++hand) {
      hands.emplace_back([&, hand] {
        Process& process = *processes[hand];
        Jiangsu jiangsu(process);
        std::mt19937 own(seed + hand);
        for (int i = 0; i < 60; ++i) {
          const int number = static_cast<int>(own() % kCandidates) + 1;
          const std::string id = absl::StrCat("r", own() % 50);
          if (own() % 4 == 0) {
            (void)jiangsu.Remove(ApplicationOf(number), absl::StrCat(id, "-", number));
          } else {
            (void)jiangsu.Recommend(ApplicationOf(number), absl::StrCat(id, "-", number));
          }
          if (own() % 8 == 0) process.Settle();
        }
      });
    }
    for (std::thread& hand : hands) hand.join();
    world_.application.SetFaults(nullptr);
  }

  Process last(world_, look);
  Jiangsu jiangsu(last);
  last.Settle();
  for (int i = 1; i <= kCandidates; ++i) (void)jiangsu.Recommend(ApplicationOf(i));

  EXPECT_EQ(overruns, 0);
  EXPECT_EQ(most, kLimit);
  EXPECT_EQ(SeatsUsed(jiangsu.List()), kLimit);
  EXPECT_EQ(HeldIn(jiangsu.List()), HeldAt(world_.application));
}

// A question that arrives after others have ended its step and undone what it asks for.
TEST_F(SettlementTest, AHoldThatArrivesTooLateTakesNothing) {
  Process process(world_);
  Process other(world_);
  Jiangsu jiangsu(process);
  Jiangsu through_other(other);
  bool first = true;
  world_.application.SetFaults([&] { return std::exchange(first, false) ? Fault::kRequestLost : Fault::kNone; });
  EXPECT_THAT(jiangsu.Recommend(ApplicationOf(1)), IsRefusal(StatusCode::kUnavailable, "STEP_UNSETTLED"));

  v1::Intention late;
  late.set_kind(v1::Intention::KIND_HOLD);
  late.set_recommendation_list(kJiangsuFactories.ToString());
  late.set_application(ApplicationOf(1));
  late.set_revision(1);
  late.set_number(1);
  // Others end the step and take the application off the list.
  ASSERT_THAT(through_other.Recommend(ApplicationOf(1)), IsRefusal(StatusCode::kAlreadyExists, "ALREADY_RECOMMENDED"));
  ASSERT_THAT(through_other.Remove(ApplicationOf(1)), IsOk());

  ListRepository lists(*world_.store);
  FakePeer peer(world_.application);
  Settlement settlement(lists, peer, world_.clock, {});
  ThreadExecutor executor;
  const auto settled = executor.RunUntilDone(settlement.Settle(late, nullptr));

  ASSERT_THAT(settled, IsOk());
  EXPECT_THAT(settled->outcome, IsRefusal(StatusCode::kAborted, "CONCURRENT_CHANGE"));
  EXPECT_THAT(jiangsu.List().recommendations(), IsEmpty());
  EXPECT_THAT(world_.application.Holders(), IsEmpty());
}

TEST_F(SettlementTest, AReleaseThatArrivesTooLateGivesNothingBack) {
  Process process(world_);
  Jiangsu jiangsu(process);
  ASSERT_THAT(jiangsu.Recommend(ApplicationOf(1)), IsOk());
  v1::Intention late;
  late.set_kind(v1::Intention::KIND_RELEASE);
  late.set_recommendation_list(kJiangsuFactories.ToString());
  late.set_application(ApplicationOf(1));
  late.set_number(0);

  ListRepository lists(*world_.store);
  FakePeer peer(world_.application);
  Settlement settlement(lists, peer, world_.clock, {});
  ThreadExecutor executor;
  ASSERT_THAT(executor.RunUntilDone(settlement.Settle(late, nullptr)), IsOk());

  EXPECT_EQ(HeldIn(jiangsu.List()), HeldAt(world_.application));
  EXPECT_EQ(HeldIn(jiangsu.List()).size(), 1);
}

}  // namespace
}  // namespace jiebang::quota
