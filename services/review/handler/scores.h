// What an expert does: read the material and score it.
#ifndef JIEBANG_SERVICES_REVIEW_HANDLER_SCORES_H_
#define JIEBANG_SERVICES_REVIEW_HANDLER_SCORES_H_

#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "common/programme/programme.h"
#include "common/rpc/call.h"
#include "common/rpc/service_methods.h"
#include "jiebang/review/v1/review_service.pb.h"
#include "services/review/handler/application_peer.h"
#include "services/review/repository/assignment_repository.h"
#include "services/review/repository/expert_repository.h"
#include "services/review/repository/round_repository.h"
#include "services/review/repository/score_repository.h"

namespace jiebang::review {

class Scores {
 public:
  Scores(ExpertRepository& experts, RoundRepository& rounds, AssignmentRepository& assignments, ScoreRepository& scores,
         const programme::Programmes& programmes, ApplicationPeer& application)
      : experts_(experts),
        rounds_(rounds),
        assignments_(assignments),
        scores_(scores),
        programmes_(programmes),
        application_(application) {}

  Task<absl::StatusOr<v1::GetReviewMaterialResponse>> GetMaterial(const rpc::Call& call,
                                                                  const v1::GetReviewMaterialRequest& request);
  Task<absl::StatusOr<v1::SubmitScoreResponse>> Submit(const rpc::Call& call, const v1::SubmitScoreRequest& request);

  void Register(rpc::ServiceMethods& methods);

 private:
  // One attempt. ABORTED when something that it rests on was changed at the same time.
  Task<absl::StatusOr<v1::SubmitScoreResponse>> TryToSubmit(const rpc::Call& call, const AssignmentName& name,
                                                            const v1::Score& score);

  ExpertRepository& experts_;
  RoundRepository& rounds_;
  AssignmentRepository& assignments_;
  ScoreRepository& scores_;
  const programme::Programmes& programmes_;
  ApplicationPeer& application_;
};

}  // namespace jiebang::review

#endif  // JIEBANG_SERVICES_REVIEW_HANDLER_SCORES_H_
