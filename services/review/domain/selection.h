// How many of a ranking may be selected.
#ifndef JIEBANG_SERVICES_REVIEW_DOMAIN_SELECTION_H_
#define JIEBANG_SERVICES_REVIEW_DOMAIN_SELECTION_H_

#include <optional>

#include "absl/status/status.h"
#include "jiebang/programme/v1/review.pb.h"
#include "jiebang/review/v1/round.pb.h"

namespace jiebang::review {

// May the first `select_count` of `candidates` be selected? `last`: the one at that rank, absent when there is none.
// What the stage says of passing is the most; the authorities may select fewer. INVALID_ARGUMENT TOO_FEW_CANDIDATES,
// SELECTION_FAILS_VETO, SELECTION_ABOVE_PASSING.
absl::Status CheckSelection(int select_count, int candidates, const std::optional<v1::Candidate>& last,
                            const programme::v1::Stage& stage);

// What a decided round says of the candidate at this rank.
inline v1::Candidate::Decision DecisionAt(int rank, const v1::Round& round) {
  if (round.state() != v1::Round::STATE_DECIDED) return v1::Candidate::DECISION_UNSPECIFIED;
  return rank <= round.selected_count() ? v1::Candidate::DECISION_SELECTED : v1::Candidate::DECISION_NOT_SELECTED;
}

}  // namespace jiebang::review

#endif  // JIEBANG_SERVICES_REVIEW_DOMAIN_SELECTION_H_
