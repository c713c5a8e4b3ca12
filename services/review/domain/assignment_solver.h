// The exact optimum of an assignment problem, by min-cost flow.
#ifndef JIEBANG_SERVICES_REVIEW_DOMAIN_ASSIGNMENT_SOLVER_H_
#define JIEBANG_SERVICES_REVIEW_DOMAIN_ASSIGNMENT_SOLVER_H_

#include <vector>

#include "services/review/domain/assignment_problem.h"

namespace jiebang::review {

// By candidate, its experts, ascending. Among all assignments that keep conflicts, load limits and the share of
// insiders, one of those that
//   1. fill the most seats (all panels, where that is possible), then
//   2. have the least sum of squares of the experts' loads, then
//   3. have the largest sum of affinities.
// The second says "as even as can be" in full: the loads that a flow can bring about are the base of an integral
// polymatroid, and there the least sum of squares has at the same time the least most load, the greatest least load,
// and is the fairest in between (A. Frank, K. Murota, "Decreasing minimization on M-convex sets").
// The same problem gives the same answer.
std::vector<std::vector<int>> SolveAssignment(const AssignmentProblem& problem);

}  // namespace jiebang::review

#endif  // JIEBANG_SERVICES_REVIEW_DOMAIN_ASSIGNMENT_SOLVER_H_
