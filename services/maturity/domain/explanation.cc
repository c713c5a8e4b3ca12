#include "services/maturity/domain/explanation.h"

#include <vector>

#include "services/maturity/domain/scoring.h"

namespace jiebang::maturity {
namespace {

using Cells = std::vector<const Cell*>;

// The cells in runs that have the same parent; the model's order keeps those together.
template <class ParentOf>
std::vector<Cells> GroupedBy(const Cells& cells, ParentOf parent_of) {
  std::vector<Cells> groups;
  for (const Cell* const cell : cells) {
    if (groups.empty() || parent_of(*groups.back().front()) != parent_of(*cell)) groups.emplace_back();
    groups.back().push_back(cell);
  }
  return groups;
}

Fraction WeightOf(const Cells& cells) {
  Fraction weight;
  for (const Cell* const cell : cells) weight = weight + cell->weight;
  return weight;
}

// What `part` weighs in `whole`, both in the level.
Fraction Share(const Fraction& part, const Fraction& whole) {
  return Fraction(part.numerator(), part.denominator()) * Fraction(whole.denominator(), whole.numerator());
}

class Explainer {
 public:
  Explainer(const Scope& scope, const AnswerSheet& sheet) : scope_(scope), model_(scope.model()), sheet_(sheet) {}

  v1::ExplainedLevel Level(int number) const {
    v1::ExplainedLevel level;
    level.set_level(number);
    Cells cells;
    for (const Cell& cell : scope_.At(number).cells) cells.push_back(&cell);
    for (const Cells& group : GroupedBy(cells, [this](const Cell& cell) { return LeafOf(cell).element; })) {
      *level.add_elements() = Element(number, group);
    }
    return level;
  }

 private:
  const Leaf& LeafOf(const Cell& cell) const { return model_.leaves()[cell.leaf]; }

  // The mean of the cells, each by its share.
  Fraction ScoreOf(const Cells& cells) const {
    const Fraction whole = WeightOf(cells);
    Fraction score;
    for (const Cell* const cell : cells) score = score + Share(cell->weight, whole) * MeanOf(model_, *cell, sheet_);
    return score;
  }

  v1::ExplainedElement Element(int level, const Cells& cells) const {
    v1::ExplainedElement element;
    element.set_element(LeafOf(*cells.front()).element->id());
    const Fraction weight = WeightOf(cells);
    *element.mutable_weight() = ToProto(weight);
    *element.mutable_score() = ToProto(ScoreOf(cells));
    for (const Cells& group : GroupedBy(cells, [this](const Cell& cell) { return LeafOf(cell).domain; })) {
      *element.add_domains() = Domain(level, group, weight);
    }
    return element;
  }

  v1::ExplainedDomain Domain(int level, const Cells& cells, const Fraction& of_element) const {
    v1::ExplainedDomain domain;
    domain.set_domain(LeafOf(*cells.front()).domain->id());
    const Fraction weight = WeightOf(cells);
    *domain.mutable_weight() = ToProto(Share(weight, of_element));
    *domain.mutable_score() = ToProto(ScoreOf(cells));
    for (const Cell* const cell : cells) *domain.add_subdomains() = Subdomain(level, *cell, weight);
    return domain;
  }

  v1::ExplainedSubdomain Subdomain(int level, const Cell& cell, const Fraction& of_domain) const {
    v1::ExplainedSubdomain subdomain;
    subdomain.set_subdomain(LeafOf(cell).id());
    *subdomain.mutable_weight() = ToProto(Share(cell.weight, of_domain));
    *subdomain.mutable_score() = ToProto(MeanOf(model_, cell, sheet_));
    if (cell.of_level != level) subdomain.set_inherited_from_level(cell.of_level);
    for (int place = cell.first_item; place < cell.first_item + cell.item_count; ++place) {
      v1::ExplainedItem& item = *subdomain.add_items();
      item.set_item(model_.items()[place]->id());
      item.set_degree(sheet_.At(place));
      *item.mutable_score() = ToProto(Fraction(model_.TenthsOf(sheet_.At(place)), 10));
    }
    return subdomain;
  }

  const Scope& scope_;
  const MaturityModel& model_;
  const AnswerSheet& sheet_;
};

// What a level adds to the total.
Fraction CountedOf(const v1::Model& model, const Scores& scores, int level) {
  if (model.total_rule() != v1::Model::TOTAL_RULE_LITERAL_SUM && level > scores.level + 1) return {};
  return scores.satisfied[level - 1] ? Fraction(1, 1) : scores.levels[level - 1];
}

}  // namespace

v1::Explanation Explain(const Scope& scope, const AnswerSheet& sheet) {
  const v1::Model& model = scope.model().proto();
  const Scores scores = ScoresOf(scope, sheet);
  v1::Explanation explanation;
  *explanation.mutable_result() = Evaluate(scope, sheet);
  explanation.set_empty_cell_rule(model.empty_cell_rule());
  explanation.set_total_rule(model.total_rule());
  explanation.set_tailoring_rule(model.tailoring_rule());
  *explanation.mutable_threshold() = ToProto(ThresholdOf(scope.model()));
  const Explainer explainer(scope, sheet);
  for (int number = 1; number <= kLevels; ++number) {
    v1::ExplainedLevel level = explainer.Level(number);
    *level.mutable_score() = ToProto(scores.levels[number - 1]);
    level.set_satisfied(scores.satisfied[number - 1]);
    *level.mutable_counted() = ToProto(CountedOf(model, scores, number));
    *explanation.add_levels() = std::move(level);
  }
  return explanation;
}

}  // namespace jiebang::maturity
