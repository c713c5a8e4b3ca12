// Plans assignments on a thread of its own: a large round takes a second of arithmetic, and a server's loops must not
// stand still meanwhile. One plan at a time, so that impatient callers cannot take all processors.
#ifndef JIEBANG_SERVICES_REVIEW_HANDLER_PLANNER_H_
#define JIEBANG_SERVICES_REVIEW_HANDLER_PLANNER_H_

#include <vector>

#include "common/async/task.h"
#include "common/async/thread_executor.h"
#include "jiebang/programme/v1/review.pb.h"
#include "jiebang/review/v1/expert.pb.h"
#include "jiebang/review/v1/round.pb.h"

namespace jiebang::review {

// Thread-safe.
class Planner {
 public:
  // As review::PlanAssignment; comes back on the caller's executor.
  Task<v1::AssignmentPlan> Plan(std::vector<v1::Candidate> candidates, std::vector<v1::Expert> experts,
                                programme::v1::Panel panel);

 private:
  ThreadExecutor thread_;
};

}  // namespace jiebang::review

#endif  // JIEBANG_SERVICES_REVIEW_HANDLER_PLANNER_H_
