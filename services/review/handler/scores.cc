#include "services/review/handler/scores.h"

#include <string>
#include <utility>

#include "common/resource_name/resource_name.h"
#include "common/status/status_macros.h"
#include "services/review/domain/conflict.h"
#include "services/review/domain/errors.h"
#include "services/review/domain/judging.h"
#include "services/review/domain/material.h"
#include "services/review/domain/scoring.h"
#include "services/review/repository/records.h"

namespace jiebang::review {
namespace {

// First scores that are counted in the same slice and come at the same time go one after the other. So many in one
// slice are a thousand in flight.
constexpr int kAttempts = 16;

// What the filed application says of the applicant, which is more than what the list said.
Applied AppliedIn(const application::v1::Application& application, const v1::Candidate& candidate) {
  return {candidate.applicant_uscc(), application.applicant().display_name(), candidate.unit()};
}

}  // namespace

Task<absl::StatusOr<v1::GetReviewMaterialResponse>> Scores::GetMaterial(const rpc::Call& call,
                                                                        const v1::GetReviewMaterialRequest& request) {
  CO_ASSIGN_OR_RETURN(const AssignmentName name, AssignmentName::Parse(request.name()));
  const RoundName& round_name = name.reviewer.round;
  CO_ASSIGN_OR_RETURN(const v1::Round round, co_await rounds_.Get(round_name));
  if (round.state() != v1::Round::STATE_SCORING) co_return RoundNotScoring(round);
  v1::GetReviewMaterialResponse response;
  CO_ASSIGN_OR_RETURN(*response.mutable_assignment(), co_await assignments_.Get(name, round));
  CO_ASSIGN_OR_RETURN(const v1::Candidate candidate, co_await rounds_.GetCandidate(round_name, round, name.candidate));
  CO_ASSIGN_OR_RETURN(application::v1::Revision revision,
                      co_await application_.GetRevision(call, candidate.application(), candidate.revision()));
  if (revision.content_digest() != candidate.content_digest()) {
    co_return RevisionChanged(candidate.application(), candidate.revision());
  }
  // The plan has excluded conflicts by what the recommendation list says; here is what was filed.
  const ExpertName reviewer(name.reviewer.expert);
  CO_ASSIGN_OR_RETURN(const v1::Expert expert, co_await experts_.Get(reviewer));
  const std::optional<Conflict> conflict = Ties(expert).With(AppliedIn(revision.application(), candidate));
  if (conflict) co_return ExpertConflicted(request.name(), NameOf(*conflict));
  *response.mutable_application() = WithoutContacts(std::move(*revision.mutable_application()));
  co_return response;
}

Task<absl::StatusOr<v1::SubmitScoreResponse>> Scores::Submit(const rpc::Call& call,
                                                             const v1::SubmitScoreRequest& request) {
  CO_ASSIGN_OR_RETURN(const AssignmentName name, AssignmentName::Parse(request.name()));
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    absl::StatusOr<v1::SubmitScoreResponse> response = co_await TryToSubmit(call, name, request.score());
    if (!absl::IsAborted(response.status())) co_return response;
  }
  co_return ConcurrentChange(request.name());
}

Task<absl::StatusOr<v1::SubmitScoreResponse>> Scores::TryToSubmit(const rpc::Call& call, const AssignmentName& name,
                                                                  const v1::Score& score) {
  const RoundName& round_name = name.reviewer.round;
  CO_ASSIGN_OR_RETURN(const v1::Round round, co_await rounds_.Get(round_name));
  CO_ASSIGN_OR_RETURN(const Closing closing, co_await scores_.GetClosing(round_name));
  if (round.state() != v1::Round::STATE_SCORING) co_return RoundNotScoring(round);
  if (closing.HoldsAt(call.now())) co_return ScoresBeingClosed(round.name());
  CO_ASSIGN_OR_RETURN(const v1::Assignment before, co_await assignments_.Get(name, round));
  CO_ASSIGN_OR_RETURN(const Judging judging, JudgingOf(programmes_, round_name.track, round.stage()));
  v1::SubmitScoreResponse response;
  v1::Assignment& after = *response.mutable_assignment();
  after = before;
  CO_ASSIGN_OR_RETURN(*after.mutable_score(), GiveScore(*judging.rubric, score, call.now()));
  after.set_etag(NextEtag(before.etag()));
  CO_RETURN_IF_ERROR(co_await scores_.Submit(call, name, round, closing, before, after, response));
  co_return response;
}

void Scores::Register(rpc::ServiceMethods& methods) {
  methods.Add("GetReviewMaterial", this, &Scores::GetMaterial);
  methods.Add("SubmitScore", this, &Scores::Submit);
}

}  // namespace jiebang::review
