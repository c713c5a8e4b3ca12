// The RPCs about who reviews what.
#ifndef JIEBANG_SERVICES_REVIEW_HANDLER_ASSIGNMENTS_H_
#define JIEBANG_SERVICES_REVIEW_HANDLER_ASSIGNMENTS_H_

#include <vector>

#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "common/page_token/page_token.h"
#include "common/programme/programme.h"
#include "common/rpc/call.h"
#include "common/rpc/service_methods.h"
#include "jiebang/review/v1/review_service.pb.h"
#include "services/review/handler/planner.h"
#include "services/review/repository/assignment_repository.h"
#include "services/review/repository/expert_repository.h"
#include "services/review/repository/round_repository.h"

namespace jiebang::review {

class Assignments {
 public:
  Assignments(ExpertRepository& experts, RoundRepository& rounds, AssignmentRepository& assignments,
              const programme::Programmes& programmes, const PageTokens& page_tokens, Planner& planner)
      : experts_(experts),
        rounds_(rounds),
        assignments_(assignments),
        programmes_(programmes),
        page_tokens_(page_tokens),
        planner_(planner) {}

  Task<absl::StatusOr<v1::PlanAssignmentResponse>> Plan(const rpc::Call& call,
                                                        const v1::PlanAssignmentRequest& request);
  Task<absl::StatusOr<v1::CommitAssignmentResponse>> Commit(const rpc::Call& call,
                                                            const v1::CommitAssignmentRequest& request);
  Task<absl::StatusOr<v1::ListAssignmentsResponse>> List(const rpc::Call& call,
                                                         const v1::ListAssignmentsRequest& request);

  void Register(rpc::ServiceMethods& methods);

 private:
  // A round as it stands now, and the plan that it and the present experts give.
  struct Planned {
    v1::Round round;
    std::vector<v1::Candidate> candidates;
    v1::AssignmentPlan plan;
    programme::v1::Clause clause;  // of the panel
  };
  // FAILED_PRECONDITION ROUND_NOT_OPEN.
  Task<absl::StatusOr<Planned>> PlanNow(const RoundName& name);

  ExpertRepository& experts_;
  RoundRepository& rounds_;
  AssignmentRepository& assignments_;
  const programme::Programmes& programmes_;
  const PageTokens& page_tokens_;
  Planner& planner_;
};

}  // namespace jiebang::review

#endif  // JIEBANG_SERVICES_REVIEW_HANDLER_ASSIGNMENTS_H_
