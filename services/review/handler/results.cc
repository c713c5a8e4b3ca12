#include "services/review/handler/results.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "common/clock/timestamp.h"
#include "common/status/status_macros.h"
#include "services/review/domain/candidates.h"
#include "services/review/domain/errors.h"
#include "services/review/domain/judging.h"
#include "services/review/domain/selection.h"
#include "services/review/repository/records.h"

namespace jiebang::review {
namespace {

v1::Round RankedRound(const v1::Round& before, const std::vector<v1::Candidate>& ranking, absl::Time now) {
  v1::Round round = before;
  int scored = 0;
  for (const v1::Candidate& candidate : ranking) scored += candidate.score_count();
  round.set_state(v1::Round::STATE_RANKED);
  round.set_scored_count(scored);
  round.set_ranking_digest(DigestOf(ranking));
  *round.mutable_rank_time() = ToTimestamp(now);
  round.set_etag(NextEtag(before.etag()));
  return round;
}

v1::Round DecidedRound(const v1::Round& before, int select_count, absl::Time now) {
  v1::Round round = before;
  round.set_state(v1::Round::STATE_DECIDED);
  round.set_selected_count(select_count);
  *round.mutable_decide_time() = ToTimestamp(now);
  round.set_etag(NextEtag(before.etag()));
  return round;
}

bool HaveEqualResults(const v1::Candidate& a, const v1::Candidate& b) {
  return a.result_numerator() == b.result_numerator() && a.result_denominator() == b.result_denominator();
}

}  // namespace

Task<absl::StatusOr<std::vector<JudgedCandidate>>> Results::Judged(const RoundName& name, const v1::Round& round) {
  CO_ASSIGN_OR_RETURN(std::vector<v1::Candidate> candidates, co_await rounds_.AllCandidates(name, round));
  std::vector<JudgedCandidate> judged;
  judged.reserve(candidates.size());
  for (v1::Candidate& candidate : candidates) judged.push_back({.candidate = std::move(candidate)});
  absl::flat_hash_map<std::string_view, JudgedCandidate*> by_name;
  for (JudgedCandidate& one : judged) by_name[one.candidate.name()] = &one;
  const std::function<void(v1::Assignment)> add_score = [&by_name](v1::Assignment assignment) {
    const auto found = by_name.find(assignment.candidate());
    if (!assignment.has_score() || found == by_name.end()) return;
    assignment.mutable_score()->clear_comment();
    found->second->scores.push_back(std::move(*assignment.mutable_score()));
  };
  CO_RETURN_IF_ERROR(co_await assignments_.VisitAll(name, round, add_score));
  co_return judged;
}

Task<absl::StatusOr<v1::RankRoundResponse>> Results::Rank(const rpc::Call& call, const v1::RankRoundRequest& request) {
  CO_ASSIGN_OR_RETURN(const RoundName name, RoundName::Parse(request.name()));
  CO_ASSIGN_OR_RETURN(const v1::Round before, co_await rounds_.Get(name));
  if (before.state() != v1::Round::STATE_SCORING) co_return RoundNotScoring(before);
  CO_ASSIGN_OR_RETURN(const Judging judging, JudgingOf(programmes_, name.track, before.stage()));
  CO_ASSIGN_OR_RETURN(std::vector<JudgedCandidate> judged, co_await Judged(name, before));
  const std::vector<MissingScores> missing = BelowQuorum(judged, judging.panel().quorum());
  if (!missing.empty()) co_return ScoresMissing(name.ToString(), missing, judging.panel().clause());

  // Enough, so nothing but a lost race can stop the ranking from here on. Scores do not go away: what is read again
  // after they are closed is still enough.
  CO_ASSIGN_OR_RETURN(const Closing present, co_await scores_.GetClosing(name));
  const absl::StatusOr<Closing> closing = co_await scores_.Close(name, before, present, call.now());
  if (absl::IsAborted(closing.status())) co_return ConcurrentChange(name.ToString());
  if (!closing.ok()) co_return closing.status();
  CO_ASSIGN_OR_RETURN(judged, co_await Judged(name, before));
  const std::vector<v1::Candidate> ranking = review::Rank(std::move(judged), *judging.rubric);
  v1::RankRoundResponse response;
  *response.mutable_round() = RankedRound(before, ranking, call.now());
  CO_RETURN_IF_ERROR(co_await scores_.SaveRanking(call, name, before, response.round(), *closing, ranking, response));
  co_return response;
}

Task<absl::StatusOr<v1::DecideRoundResponse>> Results::Decide(const rpc::Call& call,
                                                              const v1::DecideRoundRequest& request) {
  CO_ASSIGN_OR_RETURN(const RoundName name, RoundName::Parse(request.name()));
  CO_ASSIGN_OR_RETURN(const v1::Round before, co_await rounds_.Get(name));
  if (before.state() != v1::Round::STATE_RANKED) co_return RoundNotRanked(before);
  CO_ASSIGN_OR_RETURN(const Judging judging, JudgingOf(programmes_, name.track, before.stage()));
  const int count = request.select_count();
  CO_ASSIGN_OR_RETURN(const std::optional<v1::Candidate> last, co_await rounds_.RankedAt(name, before, count));
  CO_ASSIGN_OR_RETURN(const std::optional<v1::Candidate> next, co_await rounds_.RankedAt(name, before, count + 1));
  CO_RETURN_IF_ERROR(CheckSelection(count, before.application_count(), last, *judging.stage));
  v1::DecideRoundResponse response;
  *response.mutable_round() = DecidedRound(before, count, call.now());
  std::map<std::string, std::string> details = {{"selected", absl::StrCat(count)}};
  if (last && next && HaveEqualResults(*last, *next)) details["tie_key_at_the_line"] = next->tie_key();
  CO_RETURN_IF_ERROR(co_await rounds_.Decide(call, name, before, response.round(), response, details));
  co_return response;
}

void Results::Register(rpc::ServiceMethods& methods) {
  methods.Add("RankRound", this, &Results::Rank);
  methods.Add("DecideRound", this, &Results::Decide);
}

}  // namespace jiebang::review
