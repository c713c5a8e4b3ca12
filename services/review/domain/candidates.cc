#include "services/review/domain/candidates.h"

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/deterministic/deterministic.h"
#include "common/resource_name/resource_name.h"
#include "common/token/digest.h"

namespace jiebang::review {
namespace {

v1::Candidate CandidateOf(const RoundName& round, const std::string& unit,
                          const quota::v1::Recommendation& recommendation) {
  v1::Candidate candidate;
  candidate.set_name(round.Candidate(absl::StrFormat("%s-%03d", unit, recommendation.rank())));
  candidate.set_application(recommendation.application());
  candidate.set_revision(recommendation.revision());
  candidate.set_content_digest(recommendation.content_digest());
  candidate.set_unit(absl::StrCat("units/", unit));
  candidate.set_unit_rank(recommendation.rank());
  candidate.set_applicant_uscc(std::string(IdIn(recommendation.application(), "applicants").value_or("")));
  candidate.set_applicant_display_name(recommendation.applicant_display_name());
  candidate.set_title(recommendation.title());
  candidate.set_industry_code(recommendation.industry_code());
  return candidate;
}

}  // namespace

std::vector<v1::Candidate> CandidatesOf(const RoundName& round,
                                        const std::vector<quota::v1::RecommendationList>& lists) {
  std::vector<v1::Candidate> candidates;
  for (const quota::v1::RecommendationList& list : lists) {
    if (list.state() != quota::v1::RecommendationList::STATE_LOCKED) continue;
    const std::string unit(IdIn(list.name(), "units").value_or(""));
    for (const quota::v1::Recommendation& recommendation : list.recommendations()) {
      if (recommendation.state() != quota::v1::Recommendation::STATE_HELD) continue;
      candidates.push_back(CandidateOf(round, unit, recommendation));
    }
  }
  absl::c_sort(candidates, [](const auto& a, const auto& b) { return a.name() < b.name(); });
  return candidates;
}

std::string DigestOf(const std::vector<v1::Candidate>& candidates) {
  std::string all;
  for (const v1::Candidate& candidate : candidates) {
    const std::string bytes = DeterministicBytes(candidate);
    absl::StrAppend(&all, bytes.size(), ":", bytes);
  }
  return token::Sha256Hex(all);
}

}  // namespace jiebang::review
