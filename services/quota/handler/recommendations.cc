#include "services/quota/handler/recommendations.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/clock/timestamp.h"
#include "common/status/status_macros.h"
#include "services/quota/domain/candidate.h"
#include "services/quota/domain/errors.h"
#include "services/quota/handler/etag.h"
#include "services/quota/handler/list_terms.h"
#include "services/quota/repository/intention_finder.h"

namespace jiebang::quota {
namespace {

using v1::Intention;
using v1::Recommendation;
using v1::RecommendationList;

// A step of this call. The version that its first commit makes of the list tells it from every other.
Intention StepOf(const rpc::Call& call, Intention::Kind kind, const RecommendationList& before_list,
                 std::uint64_t before, const std::string& application) {
  Intention step;
  step.set_kind(kind);
  step.set_recommendation_list(before_list.name());
  step.set_application(application);
  step.set_number(static_cast<std::int64_t>(before) + 1);
  step.set_replay_key(call.ReplayKey());
  step.set_request_fingerprint(call.request_fingerprint());
  *step.mutable_create_time() = ToTimestamp(call.now());
  return step;
}

}  // namespace

Task<absl::StatusOr<v1::RecommendApplicationResponse>> Recommendations::Recommend(
    const rpc::Call& call, const v1::RecommendApplicationRequest& request) {
  CO_ASSIGN_OR_RETURN(const ListName name, ListName::Parse(request.name()));
  CO_ASSIGN_OR_RETURN(const ApplicationName candidate, ApplicationName::Parse(request.application()));
  CO_ASSIGN_OR_RETURN(const ListTerms terms, co_await FindListTerms(programmes_, units_, name));
  CO_RETURN_IF_ERROR(CheckFiledThrough(name, candidate));
  CO_ASSIGN_OR_RETURN(const auto application, co_await application_.Get(call, request.application()));
  CO_ASSIGN_OR_RETURN(const auto programme, FindProgramme(programmes_, name.programme));
  CO_RETURN_IF_ERROR(CheckFiledFor(name, application, *programme));
  CO_ASSIGN_OR_RETURN(const Intention step, co_await BeginHold(call, name, terms, application));
  settlement_.Reach("recommend.intended");
  CO_ASSIGN_OR_RETURN(const Settlement::Settled settled, co_await settlement_.Settle(step, &call));
  CO_RETURN_IF_ERROR(settled.outcome);
  co_return RecommendAnswer(step, settled.list);
}

Task<absl::StatusOr<v1::RemoveRecommendationResponse>> Recommendations::Remove(
    const rpc::Call& call, const v1::RemoveRecommendationRequest& request) {
  CO_ASSIGN_OR_RETURN(const ListName name, ListName::Parse(request.name()));
  CO_ASSIGN_OR_RETURN(const ApplicationName application, ApplicationName::Parse(request.application()));
  CO_RETURN_IF_ERROR(CheckFiledThrough(name, application));
  CO_ASSIGN_OR_RETURN(const ListTerms terms, co_await FindListTerms(programmes_, units_, name));
  CO_ASSIGN_OR_RETURN(const Intention step, co_await BeginRelease(call, name, terms, request));
  settlement_.Reach("remove.intended");
  CO_ASSIGN_OR_RETURN(const Settlement::Settled settled, co_await settlement_.Settle(step, &call));
  CO_RETURN_IF_ERROR(settled.outcome);
  co_return RemoveAnswer(settled.list);
}

Task<absl::StatusOr<Intention>> Recommendations::BeginHold(const rpc::Call& call, const ListName& name,
                                                           const ListTerms& terms,
                                                           const application::v1::Application& application) {
  for (int attempt = 0; attempt < kTries; ++attempt) {
    CO_ASSIGN_OR_RETURN(Versioned<RecommendationList> before, co_await SettledList(call, name, application.name()));
    CO_ASSIGN_OR_RETURN(RecommendationList after, quota::Recommend(before.value, terms, application, call.now()));
    Intention step = StepOf(call, Intention::KIND_HOLD, before.value, before.version, application.name());
    step.set_revision(application.revision());
    step.set_limit(terms.quota.limit());
    ListChange change{.name = name, .before = std::move(before), .after = std::move(after), .begun = step};
    change.event =
        call.Happened(kRecommendationBegun, name.ToString(),
                      {{"application", application.name()}, {"revision", absl::StrCat(application.revision())}});
    const absl::Status saved = co_await lists_.Save(std::move(change));
    if (saved.ok()) co_return step;
    if (!absl::IsAborted(saved)) co_return saved;
  }
  co_return ConcurrentChange(name.ToString());
}

Task<absl::StatusOr<Intention>> Recommendations::BeginRelease(const rpc::Call& call, const ListName& name,
                                                              const ListTerms& terms,
                                                              const v1::RemoveRecommendationRequest& request) {
  const std::string& application = request.application();
  for (int attempt = 0; attempt < kTries; ++attempt) {
    CO_ASSIGN_OR_RETURN(Versioned<RecommendationList> before, co_await SettledList(call, name, application));
    CO_RETURN_IF_ERROR(CheckEtag(request.etag(), before.version, name.ToString()));
    absl::StatusOr<RecommendationList> after = BeginRemoval(before.value, terms, application, call.now());
    if (absl::IsNotFound(after.status())) {
      // A hold that no recommendation stands for would bind the applicant for nothing: the unit can give it back.
      const bool held = co_await HeldThere(call, name, application);
      if (held) after = before.value;
    }
    if (!after.ok()) co_return after.status();
    Intention step = StepOf(call, Intention::KIND_RELEASE, before.value, before.version, application);
    ListChange change{.name = name, .before = std::move(before), .after = *std::move(after), .begun = step};
    change.event = call.Happened(kRemovalBegun, name.ToString(), {{"application", application}});
    const absl::Status saved = co_await lists_.Save(std::move(change));
    if (saved.ok()) co_return step;
    if (!absl::IsAborted(saved)) co_return saved;
  }
  co_return ConcurrentChange(name.ToString());
}

Task<absl::StatusOr<Versioned<RecommendationList>>> Recommendations::SettledList(const rpc::Call& call,
                                                                                 const ListName& name,
                                                                                 const std::string& application) {
  for (int attempt = 0; attempt < kTries; ++attempt) {
    CO_ASSIGN_OR_RETURN(Versioned<RecommendationList> list, co_await lists_.Get(name));
    CO_ASSIGN_OR_RETURN(const Versioned<Intention> open, co_await lists_.FindIntention(name, application));
    if (open.version != 0) {
      CO_ASSIGN_OR_RETURN(const Settlement::Settled settled, co_await settlement_.Settle(open.value, &call));
      continue;
    }
    // It ended after the list was read.
    const Recommendation* recommendation = FindRecommendation(list.value, application);
    if (recommendation != nullptr && recommendation->state() != Recommendation::STATE_HELD) continue;
    CO_ASSIGN_OR_RETURN(const bool answered, co_await lists_.WasAnswered(name, call.ReplayKey()));
    if (answered) co_return AnsweredBefore();
    co_return list;
  }
  co_return ConcurrentChange(name.ToString());
}

Task<bool> Recommendations::HeldThere(const rpc::Call& call, const ListName& name, const std::string& application) {
  const auto found = co_await application_.Get(call, application);
  co_return found.ok() && found->held_by() == name.ToString();
}

void Recommendations::Register(rpc::ServiceMethods& methods) {
  methods.Add("RecommendApplication", this, &Recommendations::Recommend);
  methods.Add("RemoveRecommendation", this, &Recommendations::Remove);
}

}  // namespace jiebang::quota
