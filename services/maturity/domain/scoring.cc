#include "services/maturity/domain/scoring.h"

#include <cstdint>

namespace jiebang::maturity {
namespace {

int TenthsOf(const MaturityModel& model, const Cell& cell, const AnswerSheet& sheet) {
  int tenths = 0;
  for (int place = cell.first_item; place < cell.first_item + cell.item_count; ++place) {
    tenths += model.TenthsOf(sheet.At(place));
  }
  return tenths;
}

// Up from level 1: a satisfied level counts 1, the first that is not its score, those above nothing. The level is the
// last one before it, so it never contradicts the thresholds 0.8, 1.8, ... of the total.
void StopAtFirstUnsatisfied(Scores& scores) {
  while (scores.level < kLevels && scores.satisfied[scores.level]) ++scores.level;
  scores.total = Fraction(scores.level, 1);
  if (scores.level < kLevels) scores.total = scores.total + scores.levels[scores.level];
}

// Every satisfied level counts 1, every other its score, and the total alone decides: level k from k - 1 plus the
// threshold on. Points above an unsatisfied level may lift the result; that is what this reading says.
void LiteralSum(const Fraction& threshold, Scores& scores) {
  for (int i = 0; i < kLevels; ++i) {
    scores.total = scores.total + (scores.satisfied[i] ? Fraction(1, 1) : scores.levels[i]);
  }
  while (scores.level < kLevels && scores.total >= Fraction(scores.level, 1) + threshold) ++scores.level;
}

void AddSubdomains(const Scope& scope, const AnswerSheet& sheet, v1::LevelScore& proto) {
  for (const Cell& cell : scope.At(proto.level()).cells) {
    v1::SubdomainScore& subdomain = *proto.add_subdomains();
    subdomain.set_subdomain(scope.model().leaves()[cell.leaf].id());
    *subdomain.mutable_score() = ToProto(MeanOf(scope.model(), cell, sheet));
    *subdomain.mutable_weight() = ToProto(cell.weight);
    if (cell.of_level != proto.level()) subdomain.set_inherited_from_level(cell.of_level);
  }
}

// Up from level 1 a level whose mean reaches the threshold counts 1, the first that does not its mean.
Fraction ReachOf(const MaturityModel& model, const Leaf& leaf, const AnswerSheet& sheet, const Fraction& threshold) {
  for (int level = 1; level <= kLevels; ++level) {
    if (leaf.ItemsAt(level).empty()) continue;
    const Cell cell{.first_item = leaf.FirstItemAt(level), .item_count = static_cast<int>(leaf.ItemsAt(level).size())};
    const Fraction mean = MeanOf(model, cell, sheet);
    if (mean < threshold) return Fraction(level - 1, 1) + mean;
  }
  return Fraction(kLevels, 1);
}

}  // namespace

Fraction MeanOf(const MaturityModel& model, const Cell& cell, const AnswerSheet& sheet) {
  return Fraction(TenthsOf(model, cell, sheet), std::int64_t{10} * cell.item_count);
}

Fraction ThresholdOf(const MaturityModel& model) { return Fraction(model.proto().satisfied_permille(), 1000); }

v1::Fraction ToProto(const Fraction& fraction) {
  v1::Fraction proto;
  proto.set_numerator(fraction.numerator());
  proto.set_denominator(fraction.denominator());
  proto.set_decimal(fraction.Decimal());
  return proto;
}

Fraction FromProto(const v1::Fraction& proto) {
  return proto.denominator() == 0 ? Fraction() : Fraction(proto.numerator(), proto.denominator());
}

Scores ScoresOf(const Scope& scope, const AnswerSheet& sheet) {
  const Fraction threshold = ThresholdOf(scope.model());
  Scores scores;
  for (int level = 1; level <= kLevels; ++level) {
    const LevelWeighting& weighting = scope.At(level);
    std::int64_t sum = 0;
    for (const Cell& cell : weighting.cells) sum += cell.factor * TenthsOf(scope.model(), cell, sheet);
    scores.levels[level - 1] = Fraction(sum, weighting.denominator);
    scores.satisfied[level - 1] = scores.levels[level - 1] >= threshold;
  }
  if (scope.model().proto().total_rule() == v1::Model::TOTAL_RULE_LITERAL_SUM) {
    LiteralSum(threshold, scores);
  } else {
    StopAtFirstUnsatisfied(scores);
  }
  return scores;
}

std::vector<Reach> ReachesOf(const MaturityModel& model, const std::vector<bool>& counts, const AnswerSheet& sheet) {
  const Fraction threshold = ThresholdOf(model);
  std::vector<Reach> reaches;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (!counts[i]) continue;
    const Leaf& leaf = model.leaves()[i];
    reaches.push_back({.leaf = &leaf, .reach = ReachOf(model, leaf, sheet, threshold)});
  }
  return reaches;
}

v1::Result Evaluate(const Scope& scope, const AnswerSheet& sheet, Detail detail) {
  const Scores scores = ScoresOf(scope, sheet);
  v1::Result result;
  result.set_level(scores.level);
  *result.mutable_total() = ToProto(scores.total);
  for (int level = 1; level <= kLevels; ++level) {
    v1::LevelScore& proto = *result.add_levels();
    proto.set_level(level);
    *proto.mutable_score() = ToProto(scores.levels[level - 1]);
    proto.set_satisfied(scores.satisfied[level - 1]);
    if (detail == Detail::kSubdomains) AddSubdomains(scope, sheet, proto);
  }
  int items = 0;
  int answered = 0;
  for (std::size_t i = 0; i < scope.counts().size(); ++i) {
    if (!scope.counts()[i]) continue;
    const Leaf& leaf = scope.model().leaves()[i];
    items += leaf.item_count();
    for (int place = leaf.first_item; place < leaf.first_item + leaf.item_count(); ++place) {
      answered += sheet.IsAnswered(place) ? 1 : 0;
    }
  }
  result.set_item_count(items);
  result.set_answered_count(answered);
  return result;
}

}  // namespace jiebang::maturity
