// The resource names of a track, a round in it and a candidate of the round.
#ifndef JIEBANG_SERVICES_REVIEW_DOMAIN_ROUND_NAME_H_
#define JIEBANG_SERVICES_REVIEW_DOMAIN_ROUND_NAME_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace jiebang::review {

// `programmes/{programme}/tracks/{track}`.
struct TrackName {
  // INVALID_ARGUMENT RESOURCE_NAME_MALFORMED.
  static absl::StatusOr<TrackName> Parse(std::string_view name, std::string_view field = "name");

  std::string ToString() const;
  // Where the quota service keeps the lists of this track: `programmes/{programme}/units/-/tracks/{track}`.
  std::string ListsOfAllUnits() const;

  std::string programme;
  std::string track;
};

// `programmes/{programme}/tracks/{track}/rounds/{round}`.
struct RoundName {
  // INVALID_ARGUMENT RESOURCE_NAME_MALFORMED.
  static absl::StatusOr<RoundName> Parse(std::string_view name, std::string_view field = "name");

  std::string ToString() const;
  // The name of one of its candidates.
  std::string Candidate(const std::string& candidate_id) const;

  TrackName track;
  std::string id;
};

// The last id of a name: `030000-001` of `.../candidates/030000-001`.
std::string LastIdOf(const std::string& name);

}  // namespace jiebang::review

#endif  // JIEBANG_SERVICES_REVIEW_DOMAIN_ROUND_NAME_H_
