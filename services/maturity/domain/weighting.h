// What every item adds to the score of every level, worked out once for a model, a type and a tailoring, so that
// scoring is sums of whole numbers.
#ifndef JIEBANG_SERVICES_MATURITY_DOMAIN_WEIGHTING_H_
#define JIEBANG_SERVICES_MATURITY_DOMAIN_WEIGHTING_H_

#include <array>
#include <cstdint>
#include <vector>

#include "services/maturity/domain/fraction.h"
#include "services/maturity/domain/maturity_model.h"

namespace jiebang::maturity {

// A subdomain at a level.
struct Cell {
  int leaf = 0;        // its place in the model
  int of_level = 0;    // where its items are: lower than the level itself where the subdomain has none there
  int first_item = 0;  // the places of its items
  int item_count = 0;
  Fraction weight;  // in the level; the weights of all its cells sum to 1

  // One tenth of an answer to one of its items adds factor / denominator to the level's score.
  std::int64_t factor = 0;
};

struct LevelWeighting {
  std::vector<Cell> cells;
  std::int64_t denominator = 1;
};

using Weighting = std::array<LevelWeighting, kLevels>;  // by level - 1

// `counts`: the leaves in the scope. The model has passed CheckDenominators (model_checks.h).
Weighting WeightingOf(const MaturityModel& model, v1::ManufacturingType type, const std::vector<bool>& counts);

}  // namespace jiebang::maturity

#endif  // JIEBANG_SERVICES_MATURITY_DOMAIN_WEIGHTING_H_
