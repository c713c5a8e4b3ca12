// The life of a recommendation list (推荐汇总表): filled under a hard quota, ordered, locked, returned. Pure: each
// function takes the list as it stands and gives the list as it shall stand.
#ifndef JIEBANG_SERVICES_QUOTA_DOMAIN_RECOMMENDATION_LIST_H_
#define JIEBANG_SERVICES_QUOTA_DOMAIN_RECOMMENDATION_LIST_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "jiebang/application/v1/application.pb.h"
#include "jiebang/quota/v1/recommendation_list.pb.h"
#include "services/quota/domain/list_name.h"

namespace jiebang::quota {

// What decisions about a list rest on, from the programme and the unit's record.
struct ListTerms {
  v1::Quota quota;  // `used` not set
  std::string unit_display_name;
  absl::Time last_moment;  // of recommending; what comes at it is too late
  std::string deadline_clause;
};

// The list that nobody has touched.
v1::RecommendationList NewList(const ListName& name);

// How many count on the quota: those held, and those whose hold is being taken.
int SeatsUsed(const v1::RecommendationList& list);

// The application's recommendation in the list, whatever its state; nullptr: none.
const v1::Recommendation* FindRecommendation(const v1::RecommendationList& list, const std::string& application);

// With the application at the end, its hold being taken. FAILED_PRECONDITION: LIST_LOCKED, DEADLINE_PASSED,
// APPLICATION_NOT_SUBMITTED; ALREADY_EXISTS ALREADY_RECOMMENDED; RESOURCE_EXHAUSTED QUOTA_EXHAUSTED.
absl::StatusOr<v1::RecommendationList> Recommend(v1::RecommendationList list, const ListTerms& terms,
                                                 const application::v1::Application& application, absl::Time now);

// With the application's hold being given back: it does not count any more. NOT_FOUND NOT_RECOMMENDED;
// FAILED_PRECONDITION: LIST_LOCKED, DEADLINE_PASSED.
absl::StatusOr<v1::RecommendationList> BeginRemoval(v1::RecommendationList list, const ListTerms& terms,
                                                    const std::string& application, absl::Time now);

// What the list becomes when `application` has said how a step ended. A locked list stays as it is.
v1::RecommendationList Held(v1::RecommendationList list, const std::string& application);
v1::RecommendationList Dropped(v1::RecommendationList list, const std::string& application);

// In the order of `applications`. INVALID_ARGUMENT ORDER_INCOMPLETE; FAILED_PRECONDITION: LIST_LOCKED,
// DEADLINE_PASSED.
absl::StatusOr<v1::RecommendationList> Reorder(v1::RecommendationList list, const ListTerms& terms,
                                               const std::vector<std::string>& applications, absl::Time now);

// Locked as the next revision, with its digest. FAILED_PRECONDITION: LIST_LOCKED, DEADLINE_PASSED, LIST_UNSETTLED,
// LIST_EMPTY; RESOURCE_EXHAUSTED QUOTA_EXCEEDED.
absl::StatusOr<v1::RecommendationList> Lock(v1::RecommendationList list, const ListTerms& terms, absl::Time now);

// Open to its unit again; the revision stays what it was until the next is locked. FAILED_PRECONDITION LIST_NOT_LOCKED.
absl::StatusOr<v1::RecommendationList> Returned(v1::RecommendationList list, const std::string& reason);

// SHA-256 over the deterministic bytes of name, recommendations and revision, hexadecimal.
std::string ContentDigest(const v1::RecommendationList& list);

}  // namespace jiebang::quota

#endif  // JIEBANG_SERVICES_QUOTA_DOMAIN_RECOMMENDATION_LIST_H_
