// What the programme says about judging in one stage of one track.
#ifndef JIEBANG_SERVICES_REVIEW_DOMAIN_JUDGING_H_
#define JIEBANG_SERVICES_REVIEW_DOMAIN_JUDGING_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "common/programme/programme.h"
#include "services/review/domain/round_name.h"

namespace jiebang::review {

// A stage in which experts score. The programme lives as long as this, even if it is reloaded meanwhile.
struct Judging {
  std::shared_ptr<const programme::Programme> programme;
  const programme::v1::Stage* stage = nullptr;
  const programme::v1::Rubric* rubric = nullptr;

  const programme::v1::Panel& panel() const { return stage->panel(); }
};

// NOT_FOUND: programme, track, stage of this track; TRACK_RANKED_IN_BASE. FAILED_PRECONDITION STAGE_NOT_SCORED.
absl::StatusOr<Judging> JudgingOf(const programme::Programmes& programmes, const TrackName& track,
                                  const std::string& stage);

}  // namespace jiebang::review

#endif  // JIEBANG_SERVICES_REVIEW_DOMAIN_JUDGING_H_
