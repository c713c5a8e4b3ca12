#include "services/maturity/domain/scoring.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "services/maturity/domain/fraction.h"
#include "services/maturity/domain/weights.h"

namespace jiebang::maturity {
namespace {

using TenthsByItem = std::unordered_map<std::string_view, int>;

// A subdomain's score at a level, if it has one.
struct Mean {
  bool exists = false;
  Fraction score;
  int of_level = 0;  // where its items are
};

v1::Fraction ToProto(const Fraction& fraction) {
  v1::Fraction proto;
  proto.set_numerator(fraction.numerator());
  proto.set_denominator(fraction.denominator());
  proto.set_decimal(fraction.Decimal());
  return proto;
}

Mean MeanOf(const std::vector<const v1::Item*>& items, const TenthsByItem& tenths, int level) {
  std::int64_t sum = 0;
  for (const v1::Item* const item : items) {
    const auto found = tenths.find(item->id());
    if (found != tenths.end()) sum += found->second;
  }
  return {.exists = true, .score = Fraction(sum, 10 * static_cast<std::int64_t>(items.size())), .of_level = level};
}

// The means of all leaves at `level`, from those at the level below.
std::vector<Mean> MeansAt(int level, const Scope& scope, const TenthsByItem& tenths, const std::vector<Mean>& below) {
  const bool inherits = scope.model().proto().empty_cell_rule() == v1::Model::EMPTY_CELL_RULE_INHERIT;
  const std::vector<Leaf>& leaves = scope.model().leaves();
  std::vector<Mean> means(leaves.size());
  for (std::size_t i = 0; i < leaves.size(); ++i) {
    if (!scope.counts()[i]) continue;
    if (!leaves[i].ItemsAt(level).empty()) {
      means[i] = MeanOf(leaves[i].ItemsAt(level), tenths, level);
    } else if (inherits) {
      means[i] = below[i];
    }
  }
  return means;
}

v1::LevelScore ScoreOf(int level, const Scope& scope, const std::vector<Mean>& means, Fraction& score) {
  std::vector<bool> counts;
  for (const Mean& mean : means) counts.push_back(mean.exists);
  const std::vector<Fraction> weights = WeightsAmong(scope.model(), scope.type(), counts);

  v1::LevelScore proto;
  proto.set_level(level);
  for (std::size_t i = 0; i < means.size(); ++i) {
    if (!means[i].exists) continue;
    score = score + weights[i] * means[i].score;
    v1::SubdomainScore& subdomain = *proto.add_subdomains();
    subdomain.set_subdomain(scope.model().leaves()[i].id());
    *subdomain.mutable_score() = ToProto(means[i].score);
    *subdomain.mutable_weight() = ToProto(weights[i]);
    if (means[i].of_level != level) subdomain.set_inherited_from_level(means[i].of_level);
  }
  *proto.mutable_score() = ToProto(score);
  return proto;
}

// Up from level 1: a satisfied level counts 1, the first that is not its score, those above nothing. The level is the
// last one before it, so it never contradicts the thresholds 0.8, 1.8, ... of the total.
void StopAtFirstUnsatisfied(const std::vector<Fraction>& scores, const Fraction& threshold, v1::Result& result) {
  Fraction total;
  int level = 0;
  while (level < kLevels && scores[level] >= threshold) {
    total = total + Fraction(1, 1);
    ++level;
  }
  if (level < kLevels) total = total + scores[level];
  result.set_level(level);
  *result.mutable_total() = ToProto(total);
}

// Every satisfied level counts 1, every other its score, and the total alone decides: level k from k - 1 plus the
// threshold on. Points above an unsatisfied level may lift the result; that is what this reading says.
void LiteralSum(const std::vector<Fraction>& scores, const Fraction& threshold, v1::Result& result) {
  Fraction total;
  for (const Fraction& score : scores) total = total + (score >= threshold ? Fraction(1, 1) : score);
  int level = 0;
  while (level < kLevels && total >= Fraction(level, 1) + threshold) ++level;
  result.set_level(level);
  *result.mutable_total() = ToProto(total);
}

}  // namespace

v1::Result Evaluate(const Scope& scope, const Answers& answers) {
  TenthsByItem tenths;
  for (const v1::Answer& answer : answers) tenths[answer.item()] = TenthsOf(answer.degree()).value_or(0);
  const v1::Model& model = scope.model().proto();
  const Fraction threshold(model.satisfied_permille(), 1000);

  v1::Result result;
  std::vector<Fraction> scores(kLevels);
  std::vector<Mean> means(scope.model().leaves().size());
  for (int level = 1; level <= kLevels; ++level) {
    means = MeansAt(level, scope, tenths, means);
    *result.add_levels() = ScoreOf(level, scope, means, scores[level - 1]);
    result.mutable_levels(level - 1)->set_satisfied(scores[level - 1] >= threshold);
  }
  if (model.total_rule() == v1::Model::TOTAL_RULE_LITERAL_SUM) {
    LiteralSum(scores, threshold, result);
  } else {
    StopAtFirstUnsatisfied(scores, threshold, result);
  }

  for (std::size_t i = 0; i < scope.counts().size(); ++i) {
    if (!scope.counts()[i]) continue;
    for (const auto& items : scope.model().leaves()[i].items) {
      result.set_item_count(result.item_count() + static_cast<int>(items.size()));
      result.set_answered_count(result.answered_count() +
                                static_cast<int>(std::count_if(items.begin(), items.end(), [&](const v1::Item* item) {
                                  return tenths.contains(item->id());
                                })));
    }
  }
  return result;
}

}  // namespace jiebang::maturity
