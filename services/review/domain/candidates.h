// The applications of a round, as the locked recommendation lists bring them.
#ifndef JIEBANG_SERVICES_REVIEW_DOMAIN_CANDIDATES_H_
#define JIEBANG_SERVICES_REVIEW_DOMAIN_CANDIDATES_H_

#include <string>
#include <vector>

#include "jiebang/quota/v1/recommendation_list.pb.h"
#include "jiebang/review/v1/round.pb.h"
#include "services/review/domain/round_name.h"

namespace jiebang::review {

// Ascending by name. Lists that are not locked and recommendations that are not held bring nothing.
std::vector<v1::Candidate> CandidatesOf(const RoundName& round,
                                        const std::vector<quota::v1::RecommendationList>& lists);

// SHA-256 over the candidates in this order, hexadecimal: of what was locked, or with results of a ranking.
std::string DigestOf(const std::vector<v1::Candidate>& candidates);

}  // namespace jiebang::review

#endif  // JIEBANG_SERVICES_REVIEW_DOMAIN_CANDIDATES_H_
