#include "services/review/handler/assignments.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "services/review/domain/assignment_plan.h"
#include "services/review/domain/errors.h"
#include "services/review/domain/judging.h"
#include "services/review/repository/records.h"

namespace jiebang::review {

Task<absl::StatusOr<Assignments::Planned>> Assignments::PlanNow(const RoundName& name) {
  Planned planned;
  CO_ASSIGN_OR_RETURN(planned.round, co_await rounds_.Get(name));
  if (planned.round.state() != v1::Round::STATE_OPEN) co_return RoundNotOpen(planned.round);
  CO_ASSIGN_OR_RETURN(const Judging judging, JudgingOf(programmes_, name.track, planned.round.stage()));
  planned.clause = judging.panel().clause();
  CO_ASSIGN_OR_RETURN(planned.candidates, co_await rounds_.AllCandidates(name, planned.round));
  CO_ASSIGN_OR_RETURN(std::vector<v1::Expert> experts, co_await experts_.All());
  planned.plan = co_await planner_.Plan(planned.candidates, std::move(experts), judging.panel());
  co_return planned;
}

Task<absl::StatusOr<v1::PlanAssignmentResponse>> Assignments::Plan(const rpc::Call& /*call*/,
                                                                   const v1::PlanAssignmentRequest& request) {
  CO_ASSIGN_OR_RETURN(const RoundName name, RoundName::Parse(request.name()));
  CO_ASSIGN_OR_RETURN(Planned planned, co_await PlanNow(name));
  v1::PlanAssignmentResponse response;
  *response.mutable_plan() = std::move(planned.plan);
  co_return response;
}

Task<absl::StatusOr<v1::CommitAssignmentResponse>> Assignments::Commit(const rpc::Call& call,
                                                                       const v1::CommitAssignmentRequest& request) {
  CO_ASSIGN_OR_RETURN(const RoundName name, RoundName::Parse(request.name()));
  CO_ASSIGN_OR_RETURN(const Planned planned, co_await PlanNow(name));
  const v1::AssignmentPlan& plan = planned.plan;
  if (plan.digest() != request.plan_digest()) co_return PlanChanged(name.ToString(), plan.digest());
  if (!plan.shortfalls().empty()) co_return PanelIncomplete(name.ToString(), plan.shortfalls(), planned.clause);
  v1::CommitAssignmentResponse response;
  v1::Round& round = *response.mutable_round();
  round = planned.round;
  round.set_state(v1::Round::STATE_SCORING);
  round.set_assignment_count(plan.assignments_size());
  round.set_plan_digest(plan.digest());
  round.set_etag(NextEtag(planned.round.etag()));
  const std::vector<v1::Assignment> assignments = AssignmentsOf(plan, planned.candidates);
  CO_RETURN_IF_ERROR(co_await assignments_.CommitPlan(call, name, planned.round, round, assignments, response));
  co_return response;
}

Task<absl::StatusOr<v1::ListAssignmentsResponse>> Assignments::List(const rpc::Call& /*call*/,
                                                                    const v1::ListAssignmentsRequest& request) {
  CO_ASSIGN_OR_RETURN(const ReviewerName reviewer, ReviewerName::Parse(request.parent()));
  const std::string filters = absl::StrCat("ListAssignments|", request.parent());
  CO_ASSIGN_OR_RETURN(std::string after, page_tokens_.Open(request.page_token(), filters));
  CO_ASSIGN_OR_RETURN(const v1::Round round, co_await rounds_.Get(reviewer.round));
  CO_ASSIGN_OR_RETURN(Page<v1::Assignment> page,
                      co_await assignments_.List(reviewer, round, std::move(after), PageSize(request.page_size())));
  v1::ListAssignmentsResponse response;
  for (v1::Assignment& assignment : page.items) *response.add_assignments() = std::move(assignment);
  response.set_next_page_token(page_tokens_.Make(page.next, filters));
  co_return response;
}

void Assignments::Register(rpc::ServiceMethods& methods) {
  methods.Add("PlanAssignment", this, &Assignments::Plan);
  methods.Add("CommitAssignment", this, &Assignments::Commit);
  methods.Add("ListAssignments", this, &Assignments::List);
}

}  // namespace jiebang::review
