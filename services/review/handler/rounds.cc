#include "services/review/handler/rounds.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/clock/timestamp.h"
#include "common/status/status_macros.h"
#include "services/review/domain/candidates.h"
#include "services/review/domain/errors.h"
#include "services/review/domain/expert_name.h"
#include "services/review/domain/judging.h"
#include "services/review/domain/selection.h"

namespace jiebang::review {
namespace {

v1::Round NewRound(const RoundName& name, const std::string& stage, const std::vector<v1::Candidate>& candidates,
                   absl::Time now) {
  v1::Round round;
  round.set_name(name.ToString());
  round.set_stage(stage);
  round.set_state(v1::Round::STATE_OPEN);
  round.set_application_count(static_cast<int>(candidates.size()));
  round.set_candidates_digest(DigestOf(candidates));
  *round.mutable_create_time() = ToTimestamp(now);
  return round;
}

bool IsRanked(const v1::Round& round) { return !round.ranking_digest().empty(); }

// A token made before the ranking is of no use after it: the order is another.
std::string ListFilters(const v1::ListCandidatesRequest& request, const v1::Round& round) {
  return absl::StrCat("ListCandidates|", request.parent(), "|", request.decision(), "|", round.ranking_digest());
}

}  // namespace

Task<absl::StatusOr<v1::CreateRoundResponse>> Rounds::Create(const rpc::Call& call,
                                                             const v1::CreateRoundRequest& request) {
  CO_ASSIGN_OR_RETURN(const TrackName track, TrackName::Parse(request.parent(), "parent"));
  if (!IsChosenId(request.round_id())) co_return IdMalformed("round_id", request.round_id());
  CO_RETURN_IF_ERROR(JudgingOf(programmes_, track, request.stage()).status());
  const RoundName name{.track = track, .id = request.round_id()};
  const absl::StatusOr<v1::Round> present = co_await rounds_.Get(name);
  if (present.ok()) co_return RoundAlreadyExists(name.ToString());
  if (!absl::IsNotFound(present.status())) co_return present.status();
  CO_ASSIGN_OR_RETURN(const std::vector<quota::v1::RecommendationList> lists, co_await quota_.LockedLists(call, track));
  const std::vector<v1::Candidate> candidates = CandidatesOf(name, lists);
  if (candidates.empty()) co_return NoLockedList(track.ToString());
  v1::CreateRoundResponse response;
  *response.mutable_round() = NewRound(name, request.stage(), candidates, call.now());
  response.mutable_round()->set_etag("1");
  CO_RETURN_IF_ERROR(co_await rounds_.Create(call, name, response.round(), candidates, response));
  co_return response;
}

Task<absl::StatusOr<v1::GetRoundResponse>> Rounds::Get(const rpc::Call& /*call*/, const v1::GetRoundRequest& request) {
  CO_ASSIGN_OR_RETURN(const RoundName name, RoundName::Parse(request.name()));
  v1::GetRoundResponse response;
  CO_ASSIGN_OR_RETURN(*response.mutable_round(), co_await rounds_.Get(name));
  if (response.round().state() == v1::Round::STATE_SCORING) {
    CO_ASSIGN_OR_RETURN(const int scored, co_await scores_.Count(name));
    response.mutable_round()->set_scored_count(scored);
  }
  co_return response;
}

Task<absl::StatusOr<v1::ListCandidatesResponse>> Rounds::ListCandidates(const rpc::Call& /*call*/,
                                                                        const v1::ListCandidatesRequest& request) {
  CO_ASSIGN_OR_RETURN(const RoundName name, RoundName::Parse(request.parent(), "parent"));
  CO_ASSIGN_OR_RETURN(const v1::Round round, co_await rounds_.Get(name));
  const std::string filters = ListFilters(request, round);
  CO_ASSIGN_OR_RETURN(std::string position, page_tokens_.Open(request.page_token(), filters));
  Page<v1::Candidate> page;
  if (IsRanked(round)) {
    CO_ASSIGN_OR_RETURN(page, co_await PageByRank(name, round, request, std::move(position)));
  } else {
    CO_ASSIGN_OR_RETURN(page, co_await PageByName(name, round, request, std::move(position)));
  }
  v1::ListCandidatesResponse response;
  for (v1::Candidate& candidate : page.items) *response.add_candidates() = std::move(candidate);
  response.set_next_page_token(page_tokens_.Make(page.next, filters));
  co_return response;
}

Task<absl::StatusOr<Page<v1::Candidate>>> Rounds::PageByName(const RoundName& name, const v1::Round& round,
                                                             const v1::ListCandidatesRequest& request,
                                                             std::string position) {
  if (request.decision() != v1::Candidate::DECISION_UNSPECIFIED) co_return Page<v1::Candidate>();  // none is made yet
  co_return co_await rounds_.ListCandidates(name, round, std::move(position), PageSize(request.page_size()));
}

// The selected are the first `selected_count` by rank, so a decision is a range of ranks.
Task<absl::StatusOr<Page<v1::Candidate>>> Rounds::PageByRank(const RoundName& name, const v1::Round& round,
                                                             const v1::ListCandidatesRequest& request,
                                                             std::string position) {
  const bool is_decided = round.state() == v1::Round::STATE_DECIDED;
  int after = 0;
  int last = round.application_count();
  if (request.decision() == v1::Candidate::DECISION_SELECTED) last = is_decided ? round.selected_count() : 0;
  if (request.decision() == v1::Candidate::DECISION_NOT_SELECTED) after = is_decided ? round.selected_count() : last;
  int reached = 0;
  if (absl::SimpleAtoi(position, &reached)) after = std::max(after, reached);
  if (after >= last) co_return Page<v1::Candidate>();
  const int limit = std::min(PageSize(request.page_size()), last - after);
  CO_ASSIGN_OR_RETURN(Page<v1::Candidate> page, co_await rounds_.ListRanked(name, round, after, limit));
  for (v1::Candidate& candidate : page.items) candidate.set_decision(DecisionAt(candidate.rank(), round));
  if (!page.items.empty() && page.items.back().rank() >= last) page.next.clear();
  co_return page;
}

void Rounds::Register(rpc::ServiceMethods& methods) {
  methods.Add("CreateRound", this, &Rounds::Create);
  methods.Add("GetRound", this, &Rounds::Get);
  methods.Add("ListCandidates", this, &Rounds::ListCandidates);
}

}  // namespace jiebang::review
