#include "services/review/domain/round_name.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/resource_name/resource_name.h"
#include "common/status/status_macros.h"

namespace jiebang::review {

absl::StatusOr<TrackName> TrackName::Parse(std::string_view name, std::string_view field) {
  ASSIGN_OR_RETURN(std::vector<std::string> ids,
                   ParseResourceName("programmes/{programme}/tracks/{track}", name, field));
  return TrackName{.programme = std::move(ids[0]), .track = std::move(ids[1])};
}

std::string TrackName::ToString() const { return absl::StrCat("programmes/", programme, "/tracks/", track); }

std::string TrackName::ListsOfAllUnits() const {
  return absl::StrCat("programmes/", programme, "/units/-/tracks/", track);
}

absl::StatusOr<RoundName> RoundName::Parse(std::string_view name, std::string_view field) {
  ASSIGN_OR_RETURN(std::vector<std::string> ids,
                   ParseResourceName("programmes/{programme}/tracks/{track}/rounds/{round}", name, field));
  return RoundName{.track = {.programme = std::move(ids[0]), .track = std::move(ids[1])}, .id = std::move(ids[2])};
}

std::string RoundName::ToString() const { return absl::StrCat(track.ToString(), "/rounds/", id); }

std::string RoundName::Candidate(const std::string& candidate_id) const {
  return absl::StrCat(ToString(), "/candidates/", candidate_id);
}

std::string LastIdOf(const std::string& name) { return name.substr(name.rfind('/') + 1); }

}  // namespace jiebang::review
