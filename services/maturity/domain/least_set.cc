#include "services/maturity/domain/least_set.h"

#include <algorithm>
#include <numeric>

namespace jiebang::maturity {
namespace {

// A set that is enough, by gain for its cost, without what it turns out not to need: a bound for the search.
std::int64_t CostOfGreedySet(const std::vector<Choice>& choices, std::int64_t wanted) {
  std::vector<std::size_t> order(choices.size());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return static_cast<__int128>(choices[a].gain) * choices[b].cost >
           static_cast<__int128>(choices[b].gain) * choices[a].cost;
  });
  std::int64_t gain = 0;
  std::int64_t cost = 0;
  for (const std::size_t i : order) {
    if (gain >= wanted) break;
    gain += choices[i].gain;
    cost += choices[i].cost;
  }
  return cost;
}

}  // namespace

std::vector<std::size_t> LeastSet(const std::vector<Choice>& choices, std::int64_t wanted) {
  std::int64_t all = 0;
  for (const Choice& choice : choices) all += choice.gain;
  std::vector<std::size_t> chosen;
  if (wanted <= 0) return chosen;
  if (all < wanted) {
    chosen.resize(choices.size());
    std::iota(chosen.begin(), chosen.end(), 0);
    return chosen;
  }

  // best[c]: the greatest gain for a cost of c at most, of the choices so far; taken[i][c]: choice i is part of it.
  const std::int64_t bound = CostOfGreedySet(choices, wanted);
  std::vector<std::int64_t> best(bound + 1, 0);
  std::vector<std::vector<bool>> taken(choices.size(), std::vector<bool>(bound + 1, false));
  for (std::size_t i = 0; i < choices.size(); ++i) {
    for (std::int64_t cost = bound; cost >= choices[i].cost; --cost) {
      const std::int64_t with = best[cost - choices[i].cost] + choices[i].gain;
      if (with > best[cost]) {
        best[cost] = with;
        taken[i][cost] = true;
      }
    }
  }
  std::int64_t left = std::lower_bound(best.begin(), best.end(), wanted) - best.begin();
  for (std::size_t i = choices.size(); i-- > 0;) {
    if (!taken[i][left]) continue;
    chosen.push_back(i);
    left -= choices[i].cost;
  }
  std::reverse(chosen.begin(), chosen.end());
  return chosen;
}

}  // namespace jiebang::maturity
