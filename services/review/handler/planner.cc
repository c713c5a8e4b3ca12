#include "services/review/handler/planner.h"

#include <utility>

#include "services/review/domain/assignment_plan.h"

namespace jiebang::review {

Task<v1::AssignmentPlan> Planner::Plan(std::vector<v1::Candidate> candidates, std::vector<v1::Expert> experts,
                                       programme::v1::Panel panel) {
  const auto plan_elsewhere = [&](Resume<v1::AssignmentPlan> resume) {
    thread_.Post([candidates = std::move(candidates), experts = std::move(experts), panel = std::move(panel),
                  resume = std::move(resume)]() mutable {
      resume(PlanAssignment(std::move(candidates), std::move(experts), panel));
    });
  };
  co_return co_await Suspend<v1::AssignmentPlan>(plan_elsewhere);
}

}  // namespace jiebang::review
