// Who reviews what in a round, planned.
#ifndef JIEBANG_SERVICES_REVIEW_DOMAIN_ASSIGNMENT_PLAN_H_
#define JIEBANG_SERVICES_REVIEW_DOMAIN_ASSIGNMENT_PLAN_H_

#include <vector>

#include "jiebang/programme/v1/review.pb.h"
#include "jiebang/review/v1/expert.pb.h"
#include "jiebang/review/v1/round.pb.h"

namespace jiebang::review {

// Gives every candidate its panel as well as can be (see SolveAssignment for "well"): nobody with a conflict, nobody
// above their own load or the panel's, and so many from the candidate's industry as the panel asks for. Candidates and
// experts may come in any order; the same ones give the same plan.
v1::AssignmentPlan PlanAssignment(std::vector<v1::Candidate> candidates, std::vector<v1::Expert> experts,
                                  const programme::v1::Panel& panel);

// The assignments that a committed plan makes, ascending by expert and candidate. `candidates`: all that the plan
// names.
std::vector<v1::Assignment> AssignmentsOf(const v1::AssignmentPlan& plan, const std::vector<v1::Candidate>& candidates);

}  // namespace jiebang::review

#endif  // JIEBANG_SERVICES_REVIEW_DOMAIN_ASSIGNMENT_PLAN_H_
