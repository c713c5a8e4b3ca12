#include "services/maturity/domain/least_set.h"

#include <limits>
#include <random>

#include "gmock/gmock.h"

namespace jiebang::maturity {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::int64_t CostOf(const std::vector<Choice>& choices, const std::vector<std::size_t>& set) {
  std::int64_t cost = 0;
  for (const std::size_t i : set) cost += choices[i].cost;
  return cost;
}

std::int64_t GainOf(const std::vector<Choice>& choices, const std::vector<std::size_t>& set) {
  std::int64_t gain = 0;
  for (const std::size_t i : set) gain += choices[i].gain;
  return gain;
}

// Every set there is.
std::int64_t LeastCost(const std::vector<Choice>& choices, std::int64_t wanted) {
  std::int64_t least = std::numeric_limits<std::int64_t>::max();
  for (std::size_t chosen = 0; chosen < (std::size_t{1} << choices.size()); ++chosen) {
    std::vector<std::size_t> set;
    for (std::size_t i = 0; i < choices.size(); ++i) {
      if (((chosen >> i) & 1) != 0) set.push_back(i);
    }
    if (GainOf(choices, set) >= wanted) least = std::min(least, CostOf(choices, set));
  }
  return least;
}

TEST(LeastSetTest, IsAsCheapAsAnySet) {
  const unsigned seed = std::random_device()();
  std::printf("seed %u\n", seed);
  std::mt19937_64 random(seed);
  for (int round = 0; round < 300; ++round) {
    std::vector<Choice> choices(1 + random() % 11);
    std::int64_t all = 0;
    for (Choice& choice : choices) {
      choice = {.gain = 1 + static_cast<std::int64_t>(random() % 50),
                .cost = 1 + static_cast<std::int64_t>(random() % 20)};
      all += choice.gain;
    }
    const std::int64_t wanted = 1 + static_cast<std::int64_t>(random() % all);

    const std::vector<std::size_t> set = LeastSet(choices, wanted);

    EXPECT_GE(GainOf(choices, set), wanted);
    EXPECT_EQ(CostOf(choices, set), LeastCost(choices, wanted));
  }
}

// By gain for cost the first would be taken, and then one more is needed.
TEST(LeastSetTest, IsNotTheGreedySet) {
  const std::vector<Choice> choices = {{.gain = 60, .cost = 5}, {.gain = 100, .cost = 10}, {.gain = 40, .cost = 9}};

  EXPECT_THAT(LeastSet(choices, 100), ElementsAre(1));
}

TEST(LeastSetTest, NothingIsWantedOrEverythingIsNotEnough) {
  const std::vector<Choice> choices = {{.gain = 1, .cost = 1}, {.gain = 1, .cost = 1}};

  EXPECT_THAT(LeastSet(choices, 0), IsEmpty());
  EXPECT_THAT(LeastSet(choices, 3), ElementsAre(0, 1));
  EXPECT_THAT(LeastSet({}, 3), IsEmpty());
}

}  // namespace
}  // namespace jiebang::maturity
