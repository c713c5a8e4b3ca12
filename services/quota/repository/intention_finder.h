// Where steps at `application` may be open: at first everywhere, then where the journal says that one was begun.
#ifndef JIEBANG_SERVICES_QUOTA_REPOSITORY_INTENTION_FINDER_H_
#define JIEBANG_SERVICES_QUOTA_REPOSITORY_INTENTION_FINDER_H_

#include <optional>
#include <set>
#include <string>

#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "common/journal/position.h"
#include "common/programme/programme.h"
#include "common/store/store.h"
#include "services/quota/repository/unit_repository.h"

namespace jiebang::quota {

// The types of the event in the commit that begins a step.
inline constexpr char kRecommendationBegun[] = "recommendation.begun";
inline constexpr char kRemovalBegun[] = "removal.begun";

class IntentionFinder {
 public:
  IntentionFinder(store::Store& store, UnitRepository& units, const programme::Programmes& programmes)
      : store_(store), units_(units), programmes_(programmes) {}

  // The partitions in which a step was begun since the last call that succeeded, by whichever replica; the first time,
  // and when the journal does not go on any more where it was read last, every partition that can have one.
  Task<absl::StatusOr<std::set<std::string>>> Next();

 private:
  Task<absl::Status> FindEverywhere();
  Task<absl::Status> FollowJournal();

  store::Store& store_;
  UnitRepository& units_;
  const programme::Programmes& programmes_;
  std::optional<journal::Position> position_;  // in the journal; absent: it must be looked for everywhere
  std::set<std::string> found_;                // and not handed out yet
};

}  // namespace jiebang::quota

#endif  // JIEBANG_SERVICES_QUOTA_REPOSITORY_INTENTION_FINDER_H_
