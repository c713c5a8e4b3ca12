#include "services/maturity/domain/weighting.h"

#include <numeric>

#include "services/maturity/domain/weights.h"

namespace jiebang::maturity {
namespace {

// For each leaf the level that its items come from at `level`; 0: it has no score there.
std::vector<int> SourcesAt(int level, const MaturityModel& model, const std::vector<bool>& counts,
                           const std::vector<int>& below) {
  const bool inherits = model.proto().empty_cell_rule() == v1::Model::EMPTY_CELL_RULE_INHERIT;
  std::vector<int> sources(counts.size(), 0);
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (!counts[i]) continue;
    if (!model.leaves()[i].ItemsAt(level).empty()) {
      sources[i] = level;
    } else if (inherits) {
      sources[i] = below[i];
    }
  }
  return sources;
}

LevelWeighting WeightingAt(const MaturityModel& model, v1::ManufacturingType type, const std::vector<int>& sources) {
  std::vector<bool> present;
  for (const int source : sources) present.push_back(source > 0);
  const std::vector<Fraction> weights = WeightsAmong(model, type, present);

  LevelWeighting weighting;
  for (std::size_t i = 0; i < sources.size(); ++i) {
    if (!present[i]) continue;
    const Leaf& leaf = model.leaves()[i];
    weighting.cells.push_back({.leaf = static_cast<int>(i),
                               .of_level = sources[i],
                               .first_item = leaf.FirstItemAt(sources[i]),
                               .item_count = static_cast<int>(leaf.ItemsAt(sources[i]).size()),
                               .weight = weights[i]});
  }
  for (const Cell& cell : weighting.cells) {
    weighting.denominator = std::lcm(weighting.denominator, 10 * cell.item_count * cell.weight.denominator());
  }
  for (Cell& cell : weighting.cells) {
    cell.factor = weighting.denominator / (10 * cell.item_count * cell.weight.denominator()) * cell.weight.numerator();
  }
  return weighting;
}

}  // namespace

Weighting WeightingOf(const MaturityModel& model, v1::ManufacturingType type, const std::vector<bool>& counts) {
  Weighting weighting;
  std::vector<int> sources(counts.size(), 0);
  for (int level = 1; level <= kLevels; ++level) {
    sources = SourcesAt(level, model, counts, sources);
    weighting[level - 1] = WeightingAt(model, type, sources);
  }
  return weighting;
}

}  // namespace jiebang::maturity
