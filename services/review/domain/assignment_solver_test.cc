#include "services/review/domain/assignment_solver.h"

#include <algorithm>
#include <chrono>
#include <functional>
#include <iostream>
#include <limits>
#include <random>
#include <tuple>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace jiebang::review {
namespace {

using Panels = std::vector<std::vector<int>>;
using testing::ElementsAre;

// What is minimised, in this order: empty seats, squares of loads, affinity with its sign turned.
using Objective = std::tuple<int, std::int64_t, std::int64_t>;

std::vector<int> LoadsOf(const AssignmentProblem& problem, const Panels& panels) {
  std::vector<int> loads(problem.experts(), 0);
  for (const std::vector<int>& panel : panels) {
    for (const int expert : panel) ++loads[expert];
  }
  return loads;
}

Objective ObjectiveOf(const AssignmentProblem& problem, const Panels& panels) {
  int seats = problem.panel_size * problem.candidates();
  std::int64_t affinity = 0;
  std::int64_t squares = 0;
  for (int candidate = 0; candidate < problem.candidates(); ++candidate) {
    seats -= static_cast<int>(panels[candidate].size());
    for (const int expert : panels[candidate]) affinity += problem.Affinity(candidate, expert);
  }
  for (const int load : LoadsOf(problem, panels)) squares += std::int64_t{load} * load;
  return {seats, squares, -affinity};
}

bool IsPanel(const AssignmentProblem& problem, int candidate, const std::vector<int>& panel) {
  if (static_cast<int>(panel.size()) > problem.panel_size) return false;
  int outsiders = 0;
  for (const int expert : panel) {
    if (std::binary_search(problem.excluded[candidate].begin(), problem.excluded[candidate].end(), expert))
      return false;
    if (problem.Affinity(candidate, expert) < problem.insider_affinity) ++outsiders;
  }
  return outsiders <= problem.most_outsiders;
}

bool KeepsRules(const AssignmentProblem& problem, const Panels& panels) {
  for (int candidate = 0; candidate < problem.candidates(); ++candidate) {
    if (!IsPanel(problem, candidate, panels[candidate])) return false;
    if (std::adjacent_find(panels[candidate].begin(), panels[candidate].end()) != panels[candidate].end()) return false;
  }
  const std::vector<int> loads = LoadsOf(problem, panels);
  for (int expert = 0; expert < problem.experts(); ++expert) {
    if (loads[expert] > problem.load_limits[expert]) return false;
  }
  return true;
}

class RandomProblems {
 public:
  explicit RandomProblems(unsigned seed) : random_(seed) {}

  int UpTo(int most) { return std::uniform_int_distribution<int>(0, most)(random_); }

  AssignmentProblem Draw(int candidates, int experts, int panel_size, int most_load, int conflict_percent) {
    AssignmentProblem problem{.panel_size = panel_size, .most_outsiders = panel_size, .insider_affinity = 2};
    if (UpTo(1) == 1) problem.most_outsiders = UpTo(panel_size);
    const int industries = 1 + UpTo(std::min(candidates, 12) - 1);
    for (int expert = 0; expert < experts; ++expert) problem.load_limits.push_back(UpTo(most_load));
    for (int industry = 0; industry < industries; ++industry) {
      std::vector<std::int8_t>& row = problem.affinities.emplace_back();
      for (int expert = 0; expert < experts; ++expert) row.push_back(static_cast<std::int8_t>(UpTo(4)));
    }
    for (int candidate = 0; candidate < candidates; ++candidate) {
      problem.industry_of.push_back(UpTo(industries - 1));
      std::vector<int>& excluded = problem.excluded.emplace_back();
      for (int expert = 0; expert < experts; ++expert) {
        if (UpTo(99) < conflict_percent) excluded.push_back(expert);
      }
    }
    return problem;
  }

 private:
  std::mt19937 random_;
};

// Every assignment that keeps the rules, one after the other.
void ForEachAssignment(const AssignmentProblem& problem, const std::function<void(const Panels&)>& visit) {
  Panels panels(problem.candidates());
  const std::function<void(int)> choose = [&](int candidate) {
    if (candidate == problem.candidates()) {
      if (KeepsRules(problem, panels)) visit(panels);
      return;
    }
    for (int set = 0; set < 1 << problem.experts(); ++set) {
      panels[candidate].clear();
      for (int expert = 0; expert < problem.experts(); ++expert) {
        if ((set >> expert & 1) == 1) panels[candidate].push_back(expert);
      }
      if (IsPanel(problem, candidate, panels[candidate])) choose(candidate + 1);
    }
  };
  choose(0);
}

// Another algorithm for the same: one unit after the other along the cheapest path (Bellman-Ford), all arcs present.
class CheapestPaths {
 public:
  explicit CheapestPaths(const AssignmentProblem& problem) : problem_(problem), loads_(problem.experts(), 0) {
    const int step = 1'000'000;
    const int nodes = 2 + 3 * problem.candidates() + problem.experts();
    arcs_of_.resize(nodes);
    for (int candidate = 0; candidate < problem.candidates(); ++candidate) {
      const int desk = 2 + 3 * candidate;
      Add(0, desk, problem.panel_size, 0);
      Add(desk, desk + 1, problem.panel_size, 0);
      Add(desk, desk + 2, problem.most_outsiders, 0);
      for (int expert = 0; expert < problem.experts(); ++expert) {
        const std::vector<int>& excluded = problem.excluded[candidate];
        if (std::binary_search(excluded.begin(), excluded.end(), expert)) continue;
        const int affinity = problem.Affinity(candidate, expert);
        Add(affinity >= problem.insider_affinity ? desk + 1 : desk + 2, ExpertNode(expert), 1, -affinity);
      }
    }
    for (int expert = 0; expert < problem.experts(); ++expert) {
      for (int load = 0; load < problem.load_limits[expert]; ++load)
        Add(ExpertNode(expert), 1, 1, (2 * load + 1) * step);
    }
    while (Augment()) {
    }
  }

  Panels panels() const {
    Panels panels(problem_.candidates());
    for (const Arc& arc : arcs_) {
      const int expert = arc.to - 2 - 3 * problem_.candidates();
      if (arc.from >= 2 && arc.from < ExpertNode(0) && expert >= 0 && arc.is_forward && arc.left == 0) {
        panels[(arc.from - 2) / 3].push_back(expert);
      }
    }
    for (std::vector<int>& panel : panels) std::sort(panel.begin(), panel.end());
    return panels;
  }

 private:
  struct Arc {
    int from, to, left;
    std::int64_t cost;
    bool is_forward;
  };

  int ExpertNode(int expert) const { return 2 + 3 * problem_.candidates() + expert; }

  void Add(int from, int to, int capacity, std::int64_t cost) {
    arcs_of_[from].push_back(static_cast<int>(arcs_.size()));
    arcs_.push_back({from, to, capacity, cost, true});
    arcs_of_[to].push_back(static_cast<int>(arcs_.size()));
    arcs_.push_back({to, from, 0, -cost, false});
  }

  bool Augment() {
    constexpr std::int64_t kFar = std::numeric_limits<std::int64_t>::max() / 2;
    std::vector<std::int64_t> distance(arcs_of_.size(), kFar);
    std::vector<int> by(arcs_of_.size(), -1);
    distance[0] = 0;
    for (bool moved = true; moved;) {
      moved = false;
      for (std::size_t i = 0; i < arcs_.size(); ++i) {
        const Arc& arc = arcs_[i];
        if (arc.left == 0 || distance[arc.from] == kFar || distance[arc.from] + arc.cost >= distance[arc.to]) continue;
        distance[arc.to] = distance[arc.from] + arc.cost;
        by[arc.to] = static_cast<int>(i);
        moved = true;
      }
    }
    if (distance[1] == kFar) return false;
    for (int node = 1; node != 0; node = arcs_[by[node]].from) {
      --arcs_[by[node]].left;
      ++arcs_[by[node] ^ 1].left;
    }
    return true;
  }

  const AssignmentProblem& problem_;
  std::vector<int> loads_;
  std::vector<Arc> arcs_;
  std::vector<std::vector<int>> arcs_of_;
};

TEST(AssignmentSolver, GivesEachCandidateTheExpertsOfItsIndustry) {
  const AssignmentProblem problem{.panel_size = 1,
                                  .most_outsiders = 1,
                                  .load_limits = {1, 1},
                                  .industry_of = {0, 1},
                                  .affinities = {{0, 4}, {4, 0}},
                                  .excluded = {{}, {}}};
  EXPECT_THAT(SolveAssignment(problem), ElementsAre(ElementsAre(1), ElementsAre(0)));
}

TEST(AssignmentSolver, AsGoodAsEveryAssignmentOfSmallProblems) {
  const unsigned seed = std::random_device()();
  SCOPED_TRACE(testing::Message() << "seed " << seed);
  RandomProblems problems(seed);
  for (int i = 0; i < 400; ++i) {
    const AssignmentProblem problem =
        problems.Draw(1 + problems.UpTo(2), 1 + problems.UpTo(4), 1 + problems.UpTo(2), 3, 10 * problems.UpTo(5));
    Objective best = {std::numeric_limits<int>::max(), 0, 0};
    ForEachAssignment(problem, [&](const Panels& panels) { best = std::min(best, ObjectiveOf(problem, panels)); });

    const Panels solved = SolveAssignment(problem);

    ASSERT_TRUE(KeepsRules(problem, solved)) << "problem " << i;
    ASSERT_EQ(ObjectiveOf(problem, solved), best) << "problem " << i;
  }
}

TEST(AssignmentSolver, NoFullAssignmentHasALessMostLoadOrAGreaterLeastLoad) {
  const unsigned seed = std::random_device()();
  SCOPED_TRACE(testing::Message() << "seed " << seed);
  RandomProblems problems(seed);
  for (int i = 0; i < 200; ++i) {
    const AssignmentProblem problem =
        problems.Draw(1 + problems.UpTo(2), 2 + problems.UpTo(3), 1 + problems.UpTo(1), 3, 10 * problems.UpTo(4));
    const Panels solved = SolveAssignment(problem);
    const int empty = std::get<0>(ObjectiveOf(problem, solved));
    const std::vector<int> loads = LoadsOf(problem, solved);
    ForEachAssignment(problem, [&](const Panels& panels) {
      if (std::get<0>(ObjectiveOf(problem, panels)) > empty) return;
      const std::vector<int> others = LoadsOf(problem, panels);
      EXPECT_LE(*std::max_element(loads.begin(), loads.end()), *std::max_element(others.begin(), others.end()));
      EXPECT_GE(*std::min_element(loads.begin(), loads.end()), *std::min_element(others.begin(), others.end()));
    });
  }
}

// More experts than a candidate's first arcs: the optimum must come through the prices.
TEST(AssignmentSolver, AsGoodAsCheapestPathsWhereMostArcsAreLeftOutAtFirst) {
  const unsigned seed = std::random_device()();
  SCOPED_TRACE(testing::Message() << "seed " << seed);
  RandomProblems problems(seed);
  for (int i = 0; i < 12; ++i) {
    const AssignmentProblem problem = problems.Draw(10 + problems.UpTo(20), 150 + problems.UpTo(150),
                                                    1 + problems.UpTo(6), 1 + problems.UpTo(2), problems.UpTo(60));

    const Panels solved = SolveAssignment(problem);

    ASSERT_TRUE(KeepsRules(problem, solved)) << "problem " << i;
    ASSERT_EQ(ObjectiveOf(problem, solved), ObjectiveOf(problem, CheapestPaths(problem).panels())) << "problem " << i;
  }
}

TEST(AssignmentSolver, SameProblemSameAnswer) {
  RandomProblems problems(7);
  const AssignmentProblem problem = problems.Draw(60, 200, 5, 6, 10);
  EXPECT_EQ(SolveAssignment(problem), SolveAssignment(problem));
}

TEST(AssignmentSolver, FillsWhatCanBeFilled) {
  const AssignmentProblem problem{.panel_size = 3,
                                  .most_outsiders = 3,
                                  .load_limits = {1, 2, 2},
                                  .industry_of = {0, 0},
                                  .affinities = {{0, 0, 0}},
                                  .excluded = {{1}, {}}};
  const Panels panels = SolveAssignment(problem);
  EXPECT_EQ(panels[0].size() + panels[1].size(), 4u);
  EXPECT_TRUE(KeepsRules(problem, panels));
}

TEST(AssignmentSolver, HasNoExpertsOrNoCandidates) {
  EXPECT_THAT(SolveAssignment({.panel_size = 3, .industry_of = {0}, .affinities = {{}}, .excluded = {{}}}),
              ElementsAre(testing::IsEmpty()));
  EXPECT_THAT(SolveAssignment({.panel_size = 3, .load_limits = {3, 3}}), testing::IsEmpty());
}

// The national programme of 2023: at most about 1,970 scenarios and 985 factories could be recommended.
TEST(AssignmentSolver, AssignsANationalRoundInSeconds) {
  std::mt19937 random(2023);
  const int candidates = 1500;
  const int experts = 600;
  AssignmentProblem problem{.panel_size = 5, .most_outsiders = 1, .insider_affinity = 2};
  for (int expert = 0; expert < experts; ++expert) problem.load_limits.push_back(15);
  const auto code = [&] {  // popular divisions are more popular than others
    const int division = 13 + static_cast<int>(random() % 31 * (random() % 31) / 31);
    return division * 100 + static_cast<int>(random() % 4) * 10 + static_cast<int>(random() % 4);
  };
  std::vector<std::vector<int>> codes(experts);
  for (std::vector<int>& own : codes) own = {code(), code(), code()};
  for (int candidate = 0; candidate < candidates; ++candidate) {
    const int industry = code();
    problem.industry_of.push_back(candidate);
    std::vector<std::int8_t>& row = problem.affinities.emplace_back();
    for (const std::vector<int>& own : codes) {
      int most = 0;
      for (const int one : own) {
        most = std::max(most, one == industry                 ? 4
                              : one / 10 == industry / 10     ? 3
                              : one / 100 == industry / 100   ? 2
                              : one / 1000 == industry / 1000 ? 1
                                                              : 0);
      }
      row.push_back(static_cast<std::int8_t>(most));
    }
    problem.excluded.push_back({candidate % experts});
  }

  const auto begin = std::chrono::steady_clock::now();
  const Panels panels = SolveAssignment(problem);
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();

  std::cout << candidates << " candidates, " << experts << " experts: " << seconds << " s\n";
  EXPECT_TRUE(KeepsRules(problem, panels));
  EXPECT_LT(seconds, 30) << "1 s is usual; this catches another order of magnitude, also under sanitizers";
}

}  // namespace
}  // namespace jiebang::review
