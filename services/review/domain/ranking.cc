#include "services/review/domain/ranking.h"

#include <algorithm>
#include <numeric>
#include <string>
#include <string_view>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"

namespace jiebang::review {
namespace {

using programme::v1::Aggregation;
using programme::v1::AGGREGATION_METHOD_MEDIAN;
using programme::v1::Rubric;
using programme::v1::TieKey;

std::int64_t PointsOn(const v1::Score& score, std::string_view criterion) {
  for (const v1::CriterionScore& one : score.criteria()) {
    if (one.criterion() == criterion) return one.points();
  }
  return 0;
}

std::vector<std::int64_t> PointsOn(const std::vector<v1::Score>& scores, std::string_view criterion) {
  std::vector<std::int64_t> points;
  for (const v1::Score& score : scores) points.push_back(PointsOn(score, criterion));
  return points;
}

std::string NameOf(const TieKey& key) {
  switch (key.key_case()) {
    case TieKey::kCriterion:
      return absl::StrCat("criterion:", key.criterion());
    case TieKey::kSmallerSpread:
      return "smaller_spread";
    case TieKey::kUnitRank:
      return "unit_rank";
    case TieKey::KEY_NOT_SET:
      break;
  }
  return "";
}

// A candidate with all that its place in the ranking depends on.
struct Standing {
  v1::Candidate candidate;
  Fraction result;             // in points
  std::vector<Fraction> keys;  // by tie key of the rubric, each turned so that less goes first
};

// Less goes first. A fraction is never negative, so "more goes first" is said as the distance from what cannot be
// exceeded.
Fraction Distance(const Fraction& from, const Fraction& value) {
  return {from.numerator() * value.denominator() - value.numerator() * from.denominator(),
          from.denominator() * value.denominator()};
}

Fraction KeyOf(const TieKey& key, const JudgedCandidate& judged, const v1::Candidate& candidate, const Rubric& rubric) {
  switch (key.key_case()) {
    case TieKey::kCriterion:
      return Distance({rubric.max_points(), 1},
                      Aggregate(PointsOn(judged.scores, key.criterion()), rubric.aggregation()));
    case TieKey::kSmallerSpread:
      return {candidate.spread_hundredths(), 1};
    case TieKey::kUnitRank:
      return {candidate.unit_rank(), 1};
    case TieKey::KEY_NOT_SET:
      break;
  }
  return {};
}

std::string FailedCriterion(const std::vector<v1::Score>& scores, const Rubric& rubric) {
  for (const programme::v1::Criterion& criterion : rubric.criteria()) {
    if (!criterion.veto()) continue;
    if (Aggregate(PointsOn(scores, criterion.id()), rubric.aggregation()) == Fraction()) return criterion.id();
  }
  return "";
}

Standing StandingOf(JudgedCandidate judged, const Rubric& rubric) {
  std::vector<std::int64_t> totals;
  for (const v1::Score& score : judged.scores) totals.push_back(score.total_hundredths());
  const auto [least, most] = std::minmax_element(totals.begin(), totals.end());
  const Fraction hundredths = Aggregate(totals, rubric.aggregation());

  Standing standing;
  standing.result = Fraction(hundredths.numerator(), hundredths.denominator() * 100);
  v1::Candidate& candidate = standing.candidate;
  candidate = judged.candidate;
  candidate.set_score_count(static_cast<int>(totals.size()));
  candidate.set_result_numerator(standing.result.numerator());
  candidate.set_result_denominator(standing.result.denominator());
  candidate.set_result(standing.result.ToTwoDecimals());
  candidate.set_spread_hundredths(*most - *least);
  candidate.set_moderator_wanted(rubric.moderator_spread_hundredths() > 0 &&
                                 candidate.spread_hundredths() > rubric.moderator_spread_hundredths());
  candidate.set_failed_criterion(FailedCriterion(judged.scores, rubric));
  for (const TieKey& key : rubric.tie_keys()) standing.keys.push_back(KeyOf(key, judged, candidate, rubric));
  return standing;
}

bool HasFailed(const Standing& standing) { return !standing.candidate.failed_criterion().empty(); }

bool IsTie(const Standing& a, const Standing& b) { return HasFailed(a) == HasFailed(b) && a.result == b.result; }

bool GoesBefore(const Standing& a, const Standing& b) {
  if (HasFailed(a) != HasFailed(b)) return HasFailed(b);
  if (a.result != b.result) return a.result > b.result;
  for (std::size_t i = 0; i < a.keys.size(); ++i) {
    if (a.keys[i] != b.keys[i]) return a.keys[i] < b.keys[i];
  }
  return a.candidate.name() < b.candidate.name();
}

// The key that puts one of two with equal results before the other.
std::string DecidingKey(const Standing& a, const Standing& b, const Rubric& rubric) {
  for (std::size_t i = 0; i < a.keys.size(); ++i) {
    if (a.keys[i] != b.keys[i]) return NameOf(rubric.tie_keys(static_cast<int>(i)));
  }
  return kCandidateId;
}

}  // namespace

Fraction Aggregate(std::vector<std::int64_t> values, const Aggregation& aggregation) {
  absl::c_sort(values);
  const std::int64_t count = static_cast<std::int64_t>(values.size());
  // How many at each end do not count: none of a mean; of a median all but the one or two in the middle.
  const std::int64_t dropped =
      aggregation.method() == AGGREGATION_METHOD_MEDIAN ? (count - 1) / 2 : aggregation.trimmed_each_end();
  const std::int64_t sum = std::accumulate(values.begin() + dropped, values.end() - dropped, std::int64_t{0});
  return {sum, count - 2 * dropped};
}

std::vector<MissingScores> BelowQuorum(const std::vector<JudgedCandidate>& judged, int quorum) {
  std::vector<MissingScores> missing;
  for (const JudgedCandidate& one : judged) {
    const int scored = static_cast<int>(one.scores.size());
    if (scored < quorum) missing.push_back({.candidate = one.candidate.name(), .scored = scored, .wanted = quorum});
  }
  return missing;
}

std::vector<v1::Candidate> Rank(std::vector<JudgedCandidate> judged, const Rubric& rubric) {
  std::vector<Standing> standings;
  standings.reserve(judged.size());
  for (JudgedCandidate& one : judged) standings.push_back(StandingOf(std::move(one), rubric));
  absl::c_sort(standings, GoesBefore);
  for (std::size_t i = 0; i < standings.size(); ++i) {
    v1::Candidate& candidate = standings[i].candidate;
    candidate.set_rank(static_cast<int>(i) + 1);
    if (i > 0 && IsTie(standings[i - 1], standings[i])) {
      candidate.set_tie_key(DecidingKey(standings[i - 1], standings[i], rubric));
    } else if (i + 1 < standings.size() && IsTie(standings[i], standings[i + 1])) {
      candidate.set_tie_key(DecidingKey(standings[i], standings[i + 1], rubric));
    }
  }
  std::vector<v1::Candidate> ranked;
  ranked.reserve(standings.size());
  for (Standing& standing : standings) ranked.push_back(std::move(standing.candidate));
  return ranked;
}

}  // namespace jiebang::review
