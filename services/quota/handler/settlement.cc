#include "services/quota/handler/settlement.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/clock/timestamp.h"
#include "common/errors/error.h"
#include "common/status/status_macros.h"
#include "services/quota/domain/errors.h"
#include "services/quota/domain/recommendation_list.h"
#include "services/quota/repository/intention_finder.h"

namespace jiebang::quota {
namespace {

using v1::Intention;
using v1::Recommendation;
using v1::RecommendationList;

// The outcome is known and only to be written down, so giving up early would help nobody.
constexpr int kRecordTries = 64;

// True for an answer after which the step can end. Everything else (not reached, out of time, our own faults) says
// nothing about whether `application` did it.
bool IsFinal(const absl::Status& answer) {
  return answer.ok() || absl::IsFailedPrecondition(answer) || absl::IsNotFound(answer) ||
         absl::IsInvalidArgument(answer);
}

absl::Status StillOpen(const Intention& step) { return StepUnsettled(step.recommendation_list(), step.application()); }

absl::Status OutcomeOf(const Intention& step, const absl::Status& answer, const RecommendationList& list) {
  if (step.kind() == Intention::KIND_RELEASE) return absl::OkStatus();
  const Recommendation* recommendation = FindRecommendation(list, step.application());
  if (recommendation != nullptr && recommendation->state() == Recommendation::STATE_HELD) return absl::OkStatus();
  // Held, and taken off the list again by others since.
  const bool was_overtaken = answer.ok() || ReasonOf(answer) == "HOLD_STEP_SUPERSEDED";
  return was_overtaken ? ConcurrentChange(step.recommendation_list()) : answer;
}

// The memory of the answer, for whoever asked first.
std::optional<store::Replay> ReplayOf(const Intention& step, const RecommendationList& list) {
  if (step.replay_key().empty()) return std::nullopt;
  const std::string answer = step.kind() == Intention::KIND_HOLD ? RecommendAnswer(step, list).SerializeAsString()
                                                                 : RemoveAnswer(list).SerializeAsString();
  return store::Replay{.key = step.replay_key(), .fingerprint = step.request_fingerprint(), .answer = answer};
}

}  // namespace

v1::RecommendApplicationResponse RecommendAnswer(const Intention& step, const RecommendationList& list) {
  v1::RecommendApplicationResponse response;
  const Recommendation* recommendation = FindRecommendation(list, step.application());
  if (recommendation != nullptr) *response.mutable_recommendation() = *recommendation;
  response.set_used(SeatsUsed(list));
  response.set_limit(step.limit());
  return response;
}

v1::RemoveRecommendationResponse RemoveAnswer(const RecommendationList& list) {
  v1::RemoveRecommendationResponse response;
  *response.mutable_recommendation_list() = list;
  return response;
}

Task<absl::StatusOr<Settlement::Settled>> Settlement::Settle(Intention step, const rpc::Call* call) {
  const absl::Status answer = co_await application_.Take(call, step);
  if (!IsFinal(answer)) co_return StillOpen(step);
  if (answer.ok() && call != nullptr) {
    Reach(step.kind() == Intention::KIND_HOLD ? "recommend.held" : "remove.released");
  }
  CO_ASSIGN_OR_RETURN(std::optional<RecommendationList> list, co_await Record(step, answer, call));
  if (!list) {
    CO_ASSIGN_OR_RETURN(const ListName name, ListName::Parse(step.recommendation_list()));
    CO_ASSIGN_OR_RETURN(Versioned<RecommendationList> present, co_await lists_.Get(name));
    list = std::move(present.value);
  }
  co_return Settled{OutcomeOf(step, answer, *list), *std::move(list)};
}

Task<absl::StatusOr<std::optional<RecommendationList>>> Settlement::Record(Intention step, absl::Status answer,
                                                                           const rpc::Call* call) {
  CO_ASSIGN_OR_RETURN(const ListName name, ListName::Parse(step.recommendation_list()));
  const bool held = step.kind() == Intention::KIND_HOLD && answer.ok();
  for (int attempt = 0; attempt < kRecordTries; ++attempt) {
    // The intention before the list: one that is still open when the list is read was not recorded in it.
    CO_ASSIGN_OR_RETURN(Versioned<Intention> open, co_await lists_.FindIntention(name, step.application()));
    if (open.version == 0 || open.value.number() != step.number()) co_return std::nullopt;
    CO_ASSIGN_OR_RETURN(Versioned<RecommendationList> before, co_await lists_.Get(name));

    RecommendationList after =
        held ? Held(before.value, step.application()) : Dropped(before.value, step.application());
    after.set_etag(absl::StrCat(before.version + 1));
    ListChange change{.name = name, .before = std::move(before), .after = after, .ended = std::move(open)};
    if (held) {
      change.event = Happened(call, "recommendation.held", step,
                              {{"used", absl::StrCat(SeatsUsed(after))}, {"limit", absl::StrCat(step.limit())}});
    } else if (step.kind() == Intention::KIND_HOLD) {
      change.event = Happened(call, "recommendation.refused", step, {{"reason", ReasonOf(answer)}});
    } else {
      change.event = Happened(call, "recommendation.removed", step);
    }
    if (held || step.kind() == Intention::KIND_RELEASE) change.replay = ReplayOf(step, after);

    const absl::Status saved = co_await lists_.Save(std::move(change));
    if (saved.ok()) co_return std::optional<RecommendationList>(std::move(after));
    // The request was answered before this step began: that answer stays.
    if (absl::IsAlreadyExists(saved)) step.clear_replay_key();
    if (!absl::IsAborted(saved) && !absl::IsAlreadyExists(saved)) co_return StillOpen(step);
  }
  co_return StillOpen(step);
}

store::Event Settlement::Happened(const rpc::Call* call, std::string type, const Intention& step,
                                  std::map<std::string, std::string> details) const {
  details["application"] = step.application();
  if (step.kind() == Intention::KIND_HOLD) details["revision"] = absl::StrCat(step.revision());
  if (call != nullptr) return call->Happened(std::move(type), step.recommendation_list(), details);
  return rpc::HappenedByService("quota", clock_.Now(), std::move(type), step.recommendation_list(), details);
}

}  // namespace jiebang::quota
