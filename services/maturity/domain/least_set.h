// The cheapest set of things that together are worth enough.
#ifndef JIEBANG_SERVICES_MATURITY_DOMAIN_LEAST_SET_H_
#define JIEBANG_SERVICES_MATURITY_DOMAIN_LEAST_SET_H_

#include <cstddef>
#include <cstdint>
#include <vector>

namespace jiebang::maturity {

struct Choice {
  std::int64_t gain = 0;  // > 0
  std::int64_t cost = 1;  // >= 1
};

// The choices, ascending, whose gains sum to `wanted` at least at the least sum of costs: exact, by dynamic programming
// over that sum, which the cheapest greedy set bounds. All of them when even they are not enough. Time and memory are
// in proportion to the number of choices times that bound.
std::vector<std::size_t> LeastSet(const std::vector<Choice>& choices, std::int64_t wanted);

}  // namespace jiebang::maturity

#endif  // JIEBANG_SERVICES_MATURITY_DOMAIN_LEAST_SET_H_
