#include "services/quota/domain/recommendation_list.h"

#include <utility>

#include "absl/algorithm/container.h"
#include "absl/container/flat_hash_map.h"
#include "common/clock/timestamp.h"
#include "common/deterministic/deterministic.h"
#include "common/status/status_macros.h"
#include "common/token/digest.h"
#include "services/quota/domain/errors.h"

namespace jiebang::quota {
namespace {

using v1::Recommendation;
using v1::RecommendationList;

bool Counts(const Recommendation& recommendation) { return recommendation.state() != Recommendation::STATE_RELEASING; }

bool IsLocked(const RecommendationList& list) { return list.state() == RecommendationList::STATE_LOCKED; }

absl::Status CheckOpen(const RecommendationList& list, const ListTerms& terms, absl::Time now) {
  if (IsLocked(list)) return ListLocked(list.name(), list.revision());
  if (now >= terms.last_moment) return DeadlinePassed(terms.last_moment, terms.deadline_clause);
  return absl::OkStatus();
}

// Those that count first, numbered from 1; the others behind them, without a rank.
void Rank(RecommendationList& list) {
  absl::c_stable_partition(*list.mutable_recommendations(), Counts);
  int rank = 0;
  for (Recommendation& recommendation : *list.mutable_recommendations()) {
    recommendation.set_rank(Counts(recommendation) ? ++rank : 0);
  }
}

Recommendation* FindMutable(RecommendationList& list, const std::string& application) {
  const auto found = absl::c_find_if(*list.mutable_recommendations(),
                                     [&](const Recommendation& one) { return one.application() == application; });
  return found == list.mutable_recommendations()->end() ? nullptr : &*found;
}

Recommendation NewRecommendation(const application::v1::Application& application, absl::Time now) {
  Recommendation recommendation;
  recommendation.set_application(application.name());
  recommendation.set_revision(application.revision());
  recommendation.set_content_digest(application.content_digest());
  recommendation.set_applicant_display_name(application.applicant().display_name());
  recommendation.set_title(application.title());
  recommendation.set_industry_code(application.applicant().industry_code());
  recommendation.set_state(Recommendation::STATE_HOLDING);
  *recommendation.mutable_recommend_time() = ToTimestamp(now);
  return recommendation;
}

}  // namespace

RecommendationList NewList(const ListName& name) {
  RecommendationList list;
  list.set_name(name.ToString());
  list.set_state(RecommendationList::STATE_OPEN);
  return list;
}

int SeatsUsed(const RecommendationList& list) {
  return static_cast<int>(absl::c_count_if(list.recommendations(), Counts));
}

const Recommendation* FindRecommendation(const RecommendationList& list, const std::string& application) {
  const auto found = absl::c_find_if(list.recommendations(),
                                     [&](const Recommendation& one) { return one.application() == application; });
  return found == list.recommendations().end() ? nullptr : &*found;
}

absl::StatusOr<RecommendationList> Recommend(RecommendationList list, const ListTerms& terms,
                                             const application::v1::Application& application, absl::Time now) {
  RETURN_IF_ERROR(CheckOpen(list, terms, now));
  if (FindRecommendation(list, application.name()) != nullptr) return AlreadyRecommended(application.name());
  if (application.state() != application::v1::Application::STATE_SUBMITTED) {
    return ApplicationNotSubmitted(application.name());
  }
  if (SeatsUsed(list) >= terms.quota.limit()) return QuotaExhausted(terms.quota, terms.unit_display_name);
  *list.add_recommendations() = NewRecommendation(application, now);
  Rank(list);
  return list;
}

absl::StatusOr<RecommendationList> BeginRemoval(RecommendationList list, const ListTerms& terms,
                                                const std::string& application, absl::Time now) {
  Recommendation* const recommendation = FindMutable(list, application);
  if (recommendation == nullptr) return NotRecommended(application);
  RETURN_IF_ERROR(CheckOpen(list, terms, now));
  recommendation->set_state(Recommendation::STATE_RELEASING);
  Rank(list);
  return list;
}

RecommendationList Held(RecommendationList list, const std::string& application) {
  if (IsLocked(list)) return list;
  Recommendation* const recommendation = FindMutable(list, application);
  if (recommendation != nullptr) recommendation->set_state(Recommendation::STATE_HELD);
  return list;
}

RecommendationList Dropped(RecommendationList list, const std::string& application) {
  if (IsLocked(list)) return list;
  auto& all = *list.mutable_recommendations();
  all.erase(std::remove_if(all.begin(), all.end(),
                           [&](const Recommendation& one) { return one.application() == application; }),
            all.end());
  Rank(list);
  return list;
}

absl::StatusOr<RecommendationList> Reorder(RecommendationList list, const ListTerms& terms,
                                           const std::vector<std::string>& applications, absl::Time now) {
  RETURN_IF_ERROR(CheckOpen(list, terms, now));
  absl::flat_hash_map<std::string, int> place;
  for (const std::string& application : applications) {
    const Recommendation* found = FindRecommendation(list, application);
    if (found == nullptr || !Counts(*found)) {
      return OrderIncomplete("is not in the list", "不在推荐汇总表中", application);
    }
    if (!place.emplace(application, static_cast<int>(place.size())).second) {
      return OrderIncomplete("is named twice", "重复出现", application);
    }
  }
  for (const Recommendation& one : list.recommendations()) {
    if (Counts(one) && !place.contains(one.application())) {
      return OrderIncomplete("is missing in the order", "未列入排序", one.application());
    }
  }
  const auto place_of = [&](const Recommendation& one) {
    return Counts(one) ? place[one.application()] : static_cast<int>(place.size());
  };
  absl::c_stable_sort(*list.mutable_recommendations(),
                      [&](const auto& a, const auto& b) { return place_of(a) < place_of(b); });
  Rank(list);
  return list;
}

absl::StatusOr<RecommendationList> Lock(RecommendationList list, const ListTerms& terms, absl::Time now) {
  RETURN_IF_ERROR(CheckOpen(list, terms, now));
  for (const Recommendation& one : list.recommendations()) {
    if (one.state() != Recommendation::STATE_HELD) return ListUnsettled(list.name(), one.application());
  }
  const int used = SeatsUsed(list);
  if (used == 0) return ListEmpty(list.name());
  if (used > terms.quota.limit()) {
    v1::Quota quota = terms.quota;
    quota.set_used(used);
    return QuotaExceeded(quota, terms.unit_display_name);
  }
  list.set_state(RecommendationList::STATE_LOCKED);
  list.set_revision(list.revision() + 1);
  *list.mutable_lock_time() = ToTimestamp(now);
  list.clear_return_reason();
  list.set_content_digest(ContentDigest(list));
  return list;
}

absl::StatusOr<RecommendationList> Returned(RecommendationList list, const std::string& reason) {
  if (!IsLocked(list)) return ListNotLocked(list.name());
  list.set_state(RecommendationList::STATE_RETURNED);
  list.set_return_reason(reason);
  return list;
}

std::string ContentDigest(const RecommendationList& list) {
  RecommendationList content;
  content.set_name(list.name());
  *content.mutable_recommendations() = list.recommendations();
  content.set_revision(list.revision());
  return token::Sha256Hex(DeterministicBytes(content));
}

}  // namespace jiebang::quota
