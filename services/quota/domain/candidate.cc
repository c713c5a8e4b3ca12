#include "services/quota/domain/candidate.h"

#include "services/quota/domain/errors.h"

namespace jiebang::quota {

absl::Status CheckFiledThrough(const ListName& list, const ApplicationName& application) {
  if (application.programme != list.programme) return WrongProgramme(application.ToString(), list.programme);
  if (application.unit != list.unit) return WrongUnit(application.ToString(), list.unit);
  return absl::OkStatus();
}

absl::Status CheckFiledFor(const ListName& list, const application::v1::Application& application,
                           const programme::Programme& programme) {
  const programme::v1::Track* ranked_in = programme.FindListTrack(application.track());
  if (ranked_in != nullptr && ranked_in->id() == list.track) return absl::OkStatus();
  return WrongTrack(application.name(), application.track(), list.track);
}

}  // namespace jiebang::quota
