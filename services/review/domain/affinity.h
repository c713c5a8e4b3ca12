// How well an expert knows an industry.
#ifndef JIEBANG_SERVICES_REVIEW_DOMAIN_AFFINITY_H_
#define JIEBANG_SERVICES_REVIEW_DOMAIN_AFFINITY_H_

#include <string_view>

#include "jiebang/review/v1/expert.pb.h"

namespace jiebang::review {

inline constexpr int kMostAffinity = 4;

// From here on an expert works in the applicant's industry: two digits of GB/T 4754 are a division (大类).
inline constexpr int kSameIndustry = 2;

// The most digits of GB/T 4754 that one of the expert's codes has in common with this one: 0 to kMostAffinity.
int Affinity(const v1::Expert& expert, std::string_view industry_code);

}  // namespace jiebang::review

#endif  // JIEBANG_SERVICES_REVIEW_DOMAIN_AFFINITY_H_
