// The records of recommendation lists: the list as it stands, its locked revisions, and the open steps at
// `application`. What belongs to one unit in one programme shares a partition, so that a seat and the intention to hold
// it are one commit.
#ifndef JIEBANG_SERVICES_QUOTA_REPOSITORY_LIST_REPOSITORY_H_
#define JIEBANG_SERVICES_QUOTA_REPOSITORY_LIST_REPOSITORY_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "common/store/store.h"
#include "jiebang/quota/v1/intention.pb.h"
#include "jiebang/quota/v1/recommendation_list.pb.h"
#include "services/quota/domain/list_name.h"
#include "services/quota/repository/versioned.h"

namespace jiebang::quota {

// One change of one list. The version of `before` is the precondition of every change, so of two changes that were
// decided on the same list only one happens: this is what makes the quota hard.
struct ListChange {
  ListName name;
  Versioned<v1::RecommendationList> before;
  v1::RecommendationList after;
  std::optional<v1::Intention> begun;             // must not be open yet
  std::optional<Versioned<v1::Intention>> ended;  // must be open in this version
  bool locks_revision = false;                    // `after` is kept as a locked revision, too
  store::Event event;
  std::optional<store::Replay> replay;
};

class ListRepository {
 public:
  explicit ListRepository(store::Store& store) : store_(store) {}

  // The partition of everything that a unit has in a programme.
  static std::string PartitionOf(const std::string& programme, const std::string& unit);

  // The list with its etag; the one that nobody has touched has version 0.
  Task<absl::StatusOr<Versioned<v1::RecommendationList>>> Get(ListName name);

  // The lists of one track that these units have begun, in the order of the units. At most store::kMaxScanRecords.
  Task<absl::StatusOr<std::vector<v1::RecommendationList>>> BegunBy(std::vector<std::string> units,
                                                                    std::string programme, std::string track);

  // The open step about this application; version 0: none.
  Task<absl::StatusOr<Versioned<v1::Intention>>> FindIntention(ListName name, std::string application);

  // Open steps of a partition.
  Task<absl::StatusOr<std::vector<v1::Intention>>> OpenIntentions(std::string partition);

  // ABORTED: another change came first; ALREADY_EXISTS: the replay key was used.
  Task<absl::Status> Save(ListChange change);

  // True if a commit for this list carried the replay key; false for the empty key.
  Task<absl::StatusOr<bool>> WasAnswered(ListName name, std::string replay_key);

 private:
  store::Store& store_;
};

}  // namespace jiebang::quota

#endif  // JIEBANG_SERVICES_QUOTA_REPOSITORY_LIST_REPOSITORY_H_
