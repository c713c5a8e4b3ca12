// From the experts' scores to results and ranks.
#ifndef JIEBANG_SERVICES_REVIEW_DOMAIN_RANKING_H_
#define JIEBANG_SERVICES_REVIEW_DOMAIN_RANKING_H_

#include <cstdint>
#include <vector>

#include "jiebang/programme/v1/review.pb.h"
#include "jiebang/review/v1/round.pb.h"
#include "services/review/domain/errors.h"
#include "services/review/domain/fraction.h"

namespace jiebang::review {

// The tie key that stands behind all keys of a programme; see Candidate.tie_key.
inline constexpr char kCandidateId[] = "candidate_id";

// A candidate and the scores that experts gave it, in no order.
struct JudgedCandidate {
  v1::Candidate candidate;
  std::vector<v1::Score> scores;
};

// One value out of several, which need not be sorted. TRIMMED_MEAN wants more than it drops; a median of an even number
// is the mean of the two in the middle.
Fraction Aggregate(std::vector<std::int64_t> values, const programme::v1::Aggregation& aggregation);

// Those with fewer scores than the quorum, in the order given.
std::vector<MissingScores> BelowQuorum(const std::vector<JudgedCandidate>& judged, int quorum);

// The candidates with their results, best first, ranked from 1. Everyone has enough scores to aggregate.
std::vector<v1::Candidate> Rank(std::vector<JudgedCandidate> judged, const programme::v1::Rubric& rubric);

}  // namespace jiebang::review

#endif  // JIEBANG_SERVICES_REVIEW_DOMAIN_RANKING_H_
