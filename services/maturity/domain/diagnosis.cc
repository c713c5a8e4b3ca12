#include "services/maturity/domain/diagnosis.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/maturity/domain/errors.h"
#include "services/maturity/domain/insight_errors.h"
#include "services/maturity/domain/least_set.h"
#include "services/maturity/domain/scoring.h"

namespace jiebang::maturity {
namespace {

// An item that is not fully satisfied, and what it would add to the next level's score, in parts of its denominator.
struct Candidate {
  int place = 0;
  Choice choice;
};

std::vector<Candidate> CandidatesAt(int level, const Scope& scope, const AnswerSheet& sheet, const Efforts& efforts) {
  std::vector<Candidate> candidates;
  for (const Cell& cell : scope.At(level).cells) {
    for (int place = cell.first_item; place < cell.first_item + cell.item_count; ++place) {
      const int missing = 10 - scope.model().TenthsOf(sheet.At(place));
      if (missing == 0) continue;
      candidates.push_back({.place = place, .choice = {.gain = cell.factor * missing, .cost = efforts.Of(place)}});
    }
  }
  // Largest gain first, so that of sets that cost the same the plan prefers what brings most.
  std::stable_sort(candidates.begin(), candidates.end(),
                   [](const Candidate& a, const Candidate& b) { return a.choice.gain > b.choice.gain; });
  return candidates;
}

// The least number of parts of the level's denominator that reach the threshold.
std::int64_t PartsWanted(const LevelWeighting& weighting, const Fraction& threshold) {
  const __int128 parts = static_cast<__int128>(weighting.denominator) * threshold.numerator();
  return static_cast<std::int64_t>((parts + threshold.denominator() - 1) / threshold.denominator());
}

v1::ItemGain ToProto(const Scope& scope, const AnswerSheet& sheet, std::int64_t denominator,
                     const Candidate& candidate) {
  v1::ItemGain gain;
  const v1::Item& item = *scope.model().items()[candidate.place];
  gain.set_item(item.id());
  gain.set_subdomain(scope.model().LeafOfItem(candidate.place).id());
  gain.set_level(item.level());
  gain.set_degree(sheet.At(candidate.place));
  *gain.mutable_gain() = maturity::ToProto(Fraction(candidate.choice.gain, denominator));
  gain.set_effort(candidate.choice.cost);
  return gain;
}

// Where all cost the same, the largest gains are the fewest items.
std::vector<std::size_t> PlanOf(const std::vector<Candidate>& candidates, std::int64_t wanted, bool all_cost_the_same) {
  std::vector<std::size_t> plan;
  if (all_cost_the_same) {
    for (std::size_t i = 0; i < candidates.size() && wanted > 0; ++i) {
      wanted -= candidates[i].choice.gain;
      plan.push_back(i);
    }
    return plan;
  }
  std::vector<Choice> choices;
  for (const Candidate& candidate : candidates) choices.push_back(candidate.choice);
  return LeastSet(choices, wanted);
}

}  // namespace

absl::StatusOr<Efforts> Efforts::Of(const MaturityModel& model,
                                    const google::protobuf::RepeatedPtrField<v1::ItemEffort>& efforts,
                                    std::int64_t default_effort) {
  Efforts result(model);
  if (efforts.empty()) return result;
  result.all_the_same_ = false;
  result.efforts_.assign(model.items().size(), std::max<std::int64_t>(default_effort, 1));
  std::vector<bool> seen(model.items().size());
  std::vector<FieldViolation> violations;
  for (int i = 0; i < efforts.size(); ++i) {
    const std::string field = absl::StrCat("efforts[", i, "].item");
    const std::optional<int> place = model.PlaceOfItem(efforts[i].item());
    if (!place) {
      violations.push_back(errors::ItemUnknown(field, efforts[i].item()));
    } else if (seen[*place]) {
      violations.push_back(errors::ItemTwice(field, efforts[i].item()));
    } else {
      seen[*place] = true;
      result.efforts_[*place] = efforts[i].effort();
    }
  }
  if (!violations.empty()) return errors::EffortsInvalid(std::move(violations));
  return result;
}

absl::StatusOr<v1::Diagnosis> Diagnose(const Scope& scope, const AnswerSheet& sheet, const Efforts& efforts) {
  if (scope.model().proto().total_rule() == v1::Model::TOTAL_RULE_LITERAL_SUM) {
    return errors::DiagnosisNeedsStopRule(scope.model().name());
  }
  const Scores scores = ScoresOf(scope, sheet);
  v1::Diagnosis diagnosis;
  diagnosis.set_level(scores.level);
  AnswerSheet after = sheet;
  if (scores.level < kLevels) {
    const int next = scores.level + 1;
    const LevelWeighting& weighting = scope.At(next);
    const Fraction score = scores.levels[next - 1];
    const std::int64_t have = weighting.denominator / score.denominator() * score.numerator();
    const std::int64_t wanted = PartsWanted(weighting, ThresholdOf(scope.model())) - have;
    diagnosis.set_next_level(next);
    *diagnosis.mutable_score() = maturity::ToProto(score);
    *diagnosis.mutable_shortfall() = maturity::ToProto(ThresholdOf(scope.model()) + Fraction(-1, 1) * score);

    const std::vector<Candidate> candidates = CandidatesAt(next, scope, sheet, efforts);
    const std::int64_t denominator = weighting.denominator;
    for (const Candidate& candidate : candidates) {
      *diagnosis.add_gains() = ToProto(scope, sheet, denominator, candidate);
    }
    for (const std::size_t i : PlanOf(candidates, wanted, efforts.all_the_same())) {
      *diagnosis.add_plan() = diagnosis.gains(static_cast<int>(i));
      diagnosis.set_plan_effort(diagnosis.plan_effort() + candidates[i].choice.cost);
      after.Set(candidates[i].place, v1::DEGREE_FULLY);
    }
  }
  *diagnosis.mutable_result_after_plan() = Evaluate(scope, after);
  return diagnosis;
}

}  // namespace jiebang::maturity
