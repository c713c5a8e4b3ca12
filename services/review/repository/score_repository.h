// Giving scores, counting them, and closing them for a ranking.
#ifndef JIEBANG_SERVICES_REVIEW_REPOSITORY_SCORE_REPOSITORY_H_
#define JIEBANG_SERVICES_REVIEW_REPOSITORY_SCORE_REPOSITORY_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/async/task.h"
#include "common/rpc/call.h"
#include "common/store/store.h"
#include "google/protobuf/message.h"
#include "jiebang/review/v1/round.pb.h"
#include "services/review/domain/assignment_name.h"

namespace jiebang::review {

// A ranking first closes the scores, then reads and aggregates them at leisure, and flips the round only if nobody has
// opened them again. The closing runs out by itself: a ranking that died leaves a round that is scored on as before.
struct Closing {
  std::uint64_t version = 0;
  absl::Time until = absl::InfinitePast();

  bool HoldsAt(absl::Time now) const { return now < until; }
};

class ScoreRepository {
 public:
  explicit ScoreRepository(store::Store& store) : store_(store) {}

  Task<absl::StatusOr<Closing>> GetClosing(const RoundName& name);

  // Closes the scores from `now` on for as long as a ranking may take; `before`: what GetClosing said. ABORTED when the
  // round or the closing has changed.
  Task<absl::StatusOr<Closing>> Close(const RoundName& name, const v1::Round& round, const Closing& before,
                                      absl::Time now);

  // Writes the scored assignment, as long as round, closing and assignment are what was read. `before`, `after`: the
  // assignment. ABORTED when one of them has changed.
  Task<absl::Status> Submit(const rpc::Call& call, const AssignmentName& name, const v1::Round& round,
                            const Closing& closing, const v1::Assignment& before, const v1::Assignment& after,
                            const google::protobuf::Message& response);

  // How many assignments of the round have a score.
  Task<absl::StatusOr<int>> Count(const RoundName& name);

  // Moves the round from `before` to `after`, whose ranking_digest the ranking stands under from then on. ABORTED
  // CONCURRENT_CHANGE when the round has changed or the scores were opened again.
  Task<absl::Status> SaveRanking(const rpc::Call& call, const RoundName& name, const v1::Round& before,
                                 const v1::Round& after, const Closing& closing,
                                 const std::vector<v1::Candidate>& ranking, const google::protobuf::Message& response);

 private:
  store::Store& store_;
};

}  // namespace jiebang::review

#endif  // JIEBANG_SERVICES_REVIEW_REPOSITORY_SCORE_REPOSITORY_H_
