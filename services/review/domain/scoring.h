// One expert's score on the programme's rubric.
#ifndef JIEBANG_SERVICES_REVIEW_DOMAIN_SCORING_H_
#define JIEBANG_SERVICES_REVIEW_DOMAIN_SCORING_H_

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "jiebang/programme/v1/review.pb.h"
#include "jiebang/review/v1/round.pb.h"

namespace jiebang::review {

// The score with its criteria in the order of the rubric, its total and its time. INVALID_ARGUMENT SCORE_MALFORMED with
// everything that is wrong: a criterion unknown, missing or twice, points outside 0 to the rubric's largest.
absl::StatusOr<v1::Score> GiveScore(const programme::v1::Rubric& rubric, const v1::Score& given, absl::Time now);

}  // namespace jiebang::review

#endif  // JIEBANG_SERVICES_REVIEW_DOMAIN_SCORING_H_
