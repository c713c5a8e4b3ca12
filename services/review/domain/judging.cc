#include "services/review/domain/judging.h"

#include "absl/strings/str_cat.h"
#include "services/review/domain/errors.h"

namespace jiebang::review {

absl::StatusOr<Judging> JudgingOf(const programme::Programmes& programmes, const TrackName& track,
                                  const std::string& stage) {
  Judging judging{.programme = programmes.Find(track.programme)};
  if (judging.programme == nullptr) return ProgrammeNotFound(absl::StrCat("programmes/", track.programme));
  if (!judging.programme->TakesApplications(track.track)) return TrackNotFound(track.ToString());
  const std::string& base = judging.programme->FindListTrack(track.track)->id();
  if (base != track.track) return TrackRankedInBase(track.track, base);
  for (const programme::v1::Stage* one : judging.programme->StagesFor(track.track)) {
    if (one->id() == stage) judging.stage = one;
  }
  if (judging.stage == nullptr) return StageNotFound(track.ToString(), stage);
  judging.rubric = judging.programme->FindRubric(judging.stage->rubric());
  if (judging.rubric == nullptr || !judging.stage->has_panel()) return StageNotScored(stage, judging.stage->clause());
  return judging;
}

}  // namespace jiebang::review
