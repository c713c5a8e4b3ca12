// The network: a candidate sends `panel_size` units over arcs to experts and on to the sink. An arc to an expert
// carries at most one unit and costs minus the affinity; the k-th unit from an expert to the sink costs (2k - 1) steps,
// so that loads cost their squares; a seat that stays empty costs more than any chain of exchanges could save.
//
// Most arcs are in no optimum, and a round of 5,000 candidates and 2,000 experts has ten million: the network starts
// with the promising ones, and the prices of its optimum say which of the others could improve it. When none can, the
// optimum is that of the whole network (column generation; the prices are LEMON's potentials).
#include "services/review/domain/assignment_solver.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <utility>

#include "lemon/network_simplex.h"
#include "lemon/smart_graph.h"
#include "services/review/domain/affinity.h"

namespace jiebang::review {
namespace {

using Graph = lemon::SmartDigraph;
using Simplex = lemon::NetworkSimplex<Graph, std::int64_t, std::int64_t>;

// How many arcs a candidate starts with (half of them of the best affinity, half spread over all experts), and how many
// it gets in one round of pricing.
constexpr int kArcsAtFirst = 32;
constexpr int kArcsMore = 24;

class Network {
 public:
  explicit Network(const AssignmentProblem& problem);

  std::vector<std::vector<int>> Solve();

 private:
  struct Pair {
    int candidate;
    int expert;
    Graph::Arc arc;
  };

  Graph::Arc AddArc(Graph::Node from, Graph::Node to, std::int64_t capacity, std::int64_t cost);
  void AddCandidate(int candidate);
  void AddPair(int candidate, int expert);
  void AddLoad(int expert);
  void AddPromisingPairs(int candidate);

  // Adds what could improve the optimum that has these prices. False: nothing could.
  bool AddByPrice(const std::vector<std::int64_t>& price);

  // Where a unit of the candidate for this expert comes from.
  Graph::Node SeatFor(int candidate, int expert) const {
    const bool is_insider = problem_.Affinity(candidate, expert) >= problem_.insider_affinity;
    return is_insider ? insiders_[candidate] : outsiders_[candidate];
  }
  std::int64_t LoadCost(int expert) const { return (2 * loads_[expert] + 1) * step_; }

  const AssignmentProblem& problem_;
  // More than exchanging experts along any chain can change in affinity: a chain meets each expert once.
  const std::int64_t step_;
  Graph graph_;
  Graph::ArcMap<std::int64_t> capacity_{graph_};
  Graph::ArcMap<std::int64_t> cost_{graph_};
  Graph::NodeMap<std::int64_t> supply_{graph_};
  Graph::Node sink_;
  std::vector<Graph::Node> experts_;
  std::vector<Graph::Node> insiders_;   // by candidate
  std::vector<Graph::Node> outsiders_;  // the same node where outsiders are not limited
  std::vector<Pair> pairs_;
  std::vector<std::vector<bool>> open_;  // by candidate, by expert: not excluded, and not in pairs_ yet
  std::vector<std::int64_t> loads_;      // by expert: how many units may go to the sink so far
};

Network::Network(const AssignmentProblem& problem)
    : problem_(problem), step_(std::int64_t{kMostAffinity} * problem.experts() + kMostAffinity + 1) {
  sink_ = graph_.addNode();
  supply_[sink_] = -std::int64_t{problem.panel_size} * problem.candidates();
  for (int expert = 0; expert < problem.experts(); ++expert) experts_.push_back(graph_.addNode());
  for (int candidate = 0; candidate < problem.candidates(); ++candidate) AddCandidate(candidate);
  loads_.assign(problem.experts(), 0);
  const std::int64_t even = problem.experts() == 0 ? 0 : -supply_[sink_] / problem.experts() + 2;  // most need no more
  for (int expert = 0; expert < problem.experts(); ++expert) {
    for (std::int64_t load = 0; load < std::min<std::int64_t>(even, problem.load_limits[expert]); ++load)
      AddLoad(expert);
  }
}

Graph::Arc Network::AddArc(Graph::Node from, Graph::Node to, std::int64_t capacity, std::int64_t cost) {
  const Graph::Arc arc = graph_.addArc(from, to);
  capacity_[arc] = capacity;
  cost_[arc] = cost;
  return arc;
}

void Network::AddCandidate(int candidate) {
  const Graph::Node desk = graph_.addNode();
  supply_[desk] = problem_.panel_size;
  const std::int64_t empty_seat = (2 * std::int64_t{problem_.candidates()} + 1) * step_;
  AddArc(desk, sink_, problem_.panel_size, empty_seat);
  insiders_.push_back(desk);
  outsiders_.push_back(desk);
  if (problem_.most_outsiders < problem_.panel_size) {
    outsiders_.back() = graph_.addNode();
    AddArc(desk, outsiders_.back(), problem_.most_outsiders, 0);
  }
  std::vector<bool> open(problem_.experts(), true);
  for (const int expert : problem_.excluded[candidate]) open[expert] = false;
  for (int expert = 0; expert < problem_.experts(); ++expert) {
    if (problem_.load_limits[expert] == 0) open[expert] = false;
  }
  open_.push_back(std::move(open));
  AddPromisingPairs(candidate);
}

void Network::AddPair(int candidate, int expert) {
  open_[candidate][expert] = false;
  pairs_.push_back({candidate, expert,
                    AddArc(SeatFor(candidate, expert), experts_[expert], 1, -problem_.Affinity(candidate, expert))});
}

void Network::AddLoad(int expert) {
  AddArc(experts_[expert], sink_, 1, LoadCost(expert));
  ++loads_[expert];
}

void Network::AddPromisingPairs(int candidate) {
  const int experts = problem_.experts();
  if (experts <= kArcsAtFirst) {
    for (int expert = 0; expert < experts; ++expert) {
      if (open_[candidate][expert]) AddPair(candidate, expert);
    }
    return;
  }
  // Each candidate begins to look at another place, so that all experts are offered about equally often.
  const int begin = static_cast<int>(std::int64_t{candidate} * problem_.panel_size % experts);
  int wanted = kArcsAtFirst / 2;
  for (int affinity = kMostAffinity; affinity > 0 && wanted > 0; --affinity) {
    for (int i = 0; i < experts && wanted > 0; ++i) {
      const int expert = (begin + i) % experts;
      if (!open_[candidate][expert] || problem_.Affinity(candidate, expert) != affinity) continue;
      AddPair(candidate, expert);
      --wanted;
    }
  }
  wanted = kArcsAtFirst / 2;
  for (int i = 0; i < experts && wanted > 0; ++i) {
    const int expert = (begin + i) % experts;
    if (!open_[candidate][expert]) continue;
    AddPair(candidate, expert);
    --wanted;
  }
}

bool Network::AddByPrice(const std::vector<std::int64_t>& price) {
  const auto of = [&](Graph::Node node) { return price[Graph::id(node)]; };
  const std::size_t before = pairs_.size();
  bool more_load = false;
  for (int expert = 0; expert < problem_.experts(); ++expert) {
    if (loads_[expert] >= problem_.load_limits[expert]) continue;
    if (LoadCost(expert) + of(experts_[expert]) - of(sink_) >= 0) continue;
    AddLoad(expert);
    more_load = true;
  }
  std::vector<std::pair<std::int64_t, int>> improving;
  for (int candidate = 0; candidate < problem_.candidates(); ++candidate) {
    improving.clear();
    for (int expert = 0; expert < problem_.experts(); ++expert) {
      if (!open_[candidate][expert]) continue;
      const std::int64_t reduced =
          -problem_.Affinity(candidate, expert) + of(SeatFor(candidate, expert)) - of(experts_[expert]);
      if (reduced < 0) improving.emplace_back(reduced, expert);
    }
    if (improving.size() > kArcsMore) {
      std::nth_element(improving.begin(), improving.begin() + kArcsMore, improving.end());
      improving.resize(kArcsMore);
    }
    std::sort(improving.begin(), improving.end());
    for (const auto& [reduced, expert] : improving) AddPair(candidate, expert);
  }
  return more_load || pairs_.size() > before;
}

std::vector<std::vector<int>> Network::Solve() {
  while (true) {
    Simplex simplex(graph_);
    simplex.upperMap(capacity_).costMap(cost_).supplyMap(supply_);
    simplex.run();  // always feasible: seats may stay empty
    std::vector<std::int64_t> price(graph_.nodeNum());
    for (Graph::NodeIt node(graph_); node != lemon::INVALID; ++node) price[Graph::id(node)] = simplex.potential(node);
    if (AddByPrice(price)) continue;
    std::vector<std::vector<int>> experts(problem_.candidates());
    for (const Pair& pair : pairs_) {
      if (simplex.flow(pair.arc) > 0) experts[pair.candidate].push_back(pair.expert);
    }
    for (std::vector<int>& panel : experts) std::sort(panel.begin(), panel.end());
    return experts;
  }
}

}  // namespace

std::vector<std::vector<int>> SolveAssignment(const AssignmentProblem& problem) {
  if (problem.candidates() == 0 || problem.panel_size == 0) {
    return std::vector<std::vector<int>>(problem.candidates());
  }
  return Network(problem).Solve();
}

}  // namespace jiebang::review
