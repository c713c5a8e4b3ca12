#include "services/review/domain/selection.h"

#include "absl/strings/str_cat.h"
#include "services/review/domain/errors.h"
#include "services/review/domain/fraction.h"

namespace jiebang::review {

absl::Status CheckSelection(int select_count, int candidates, const std::optional<v1::Candidate>& last,
                            const programme::v1::Stage& stage) {
  if (select_count > candidates) return TooFewCandidates(select_count, candidates);
  if (!last) return absl::OkStatus();
  if (!last->failed_criterion().empty()) return SelectionFails(select_count, *last);
  const programme::v1::Passing& passing = stage.passing();
  if (passing.has_best() && select_count > passing.best()) {
    return SelectionAbovePassing(select_count, absl::StrCat("the best ", passing.best()),
                                 absl::StrCat("前 ", passing.best(), " 名"), stage.clause());
  }
  const Fraction result(last->result_numerator(), last->result_denominator());
  const Fraction least(passing.least_score_hundredths(), 100);
  if (passing.has_least_score_hundredths() && result < least) {
    return SelectionAbovePassing(select_count, absl::StrCat("those with at least ", least.ToTwoDecimals(), " points"),
                                 absl::StrCat("不低于 ", least.ToTwoDecimals(), " 分"), stage.clause());
  }
  return absl::OkStatus();
}

}  // namespace jiebang::review
