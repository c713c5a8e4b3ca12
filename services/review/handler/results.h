// From scores to a ranking, and from a ranking to a decision.
#ifndef JIEBANG_SERVICES_REVIEW_HANDLER_RESULTS_H_
#define JIEBANG_SERVICES_REVIEW_HANDLER_RESULTS_H_

#include <vector>

#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "common/programme/programme.h"
#include "common/rpc/call.h"
#include "common/rpc/service_methods.h"
#include "jiebang/review/v1/review_service.pb.h"
#include "services/review/domain/ranking.h"
#include "services/review/repository/assignment_repository.h"
#include "services/review/repository/round_repository.h"
#include "services/review/repository/score_repository.h"

namespace jiebang::review {

class Results {
 public:
  Results(RoundRepository& rounds, AssignmentRepository& assignments, ScoreRepository& scores,
          const programme::Programmes& programmes)
      : rounds_(rounds), assignments_(assignments), scores_(scores), programmes_(programmes) {}

  Task<absl::StatusOr<v1::RankRoundResponse>> Rank(const rpc::Call& call, const v1::RankRoundRequest& request);
  Task<absl::StatusOr<v1::DecideRoundResponse>> Decide(const rpc::Call& call, const v1::DecideRoundRequest& request);

  void Register(rpc::ServiceMethods& methods);

 private:
  // The candidates with the scores that they have now, without comments.
  Task<absl::StatusOr<std::vector<JudgedCandidate>>> Judged(const RoundName& name, const v1::Round& round);

  RoundRepository& rounds_;
  AssignmentRepository& assignments_;
  ScoreRepository& scores_;
  const programme::Programmes& programmes_;
};

}  // namespace jiebang::review

#endif  // JIEBANG_SERVICES_REVIEW_HANDLER_RESULTS_H_
