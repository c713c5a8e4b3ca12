// From answers to a level (GB/T 39117-2020): the mean of a subdomain's items at a level, the weighted sum of a level's
// subdomains, the levels up to the first one that is not satisfied.
#ifndef JIEBANG_SERVICES_MATURITY_DOMAIN_SCORING_H_
#define JIEBANG_SERVICES_MATURITY_DOMAIN_SCORING_H_

#include <array>

#include "jiebang/maturity/v1/assessment.pb.h"
#include "services/maturity/domain/answer_sheet.h"
#include "services/maturity/domain/fraction.h"
#include "services/maturity/domain/scope.h"

namespace jiebang::maturity {

// What answers come to. Items without an answer count as not satisfied; answers to items that are not in the scope
// count nothing.
struct Scores {
  std::array<Fraction, kLevels> levels;  // by level - 1
  std::array<bool, kLevels> satisfied{};
  int level = 0;
  Fraction total;
};
Scores ScoresOf(const Scope& scope, const AnswerSheet& sheet);

// The mean of a cell's items.
Fraction MeanOf(const MaturityModel& model, const Cell& cell, const AnswerSheet& sheet);

// How far up a subdomain reaches (v1::SubdomainReach), of those that count (Scope::CountsOf), in the model's order.
struct Reach {
  const Leaf* leaf = nullptr;
  Fraction reach;
};
std::vector<Reach> ReachesOf(const MaturityModel& model, const std::vector<bool>& counts, const AnswerSheet& sheet);

Fraction ThresholdOf(const MaturityModel& model);
v1::Fraction ToProto(const Fraction& fraction);
Fraction FromProto(const v1::Fraction& proto);

enum class Detail { kScores, kSubdomains };
v1::Result Evaluate(const Scope& scope, const AnswerSheet& sheet, Detail detail = Detail::kSubdomains);

}  // namespace jiebang::maturity

#endif  // JIEBANG_SERVICES_MATURITY_DOMAIN_SCORING_H_
