// Who may review what, in numbers: what the solver sees of candidates and experts.
#ifndef JIEBANG_SERVICES_REVIEW_DOMAIN_ASSIGNMENT_PROBLEM_H_
#define JIEBANG_SERVICES_REVIEW_DOMAIN_ASSIGNMENT_PROBLEM_H_

#include <cstdint>
#include <vector>

namespace jiebang::review {

// Candidates and experts are counted from 0. A pair's affinity stands in a row that all candidates of one industry
// share, so that the description grows with candidates plus experts and not with their product.
struct AssignmentProblem {
  int panel_size = 0;
  int most_outsiders = 0;  // of a panel, experts whose affinity is below `insider_affinity`
  int insider_affinity = 0;
  std::vector<int> load_limits;                      // by expert
  std::vector<int> industry_of;                      // by candidate: its row in `affinities`
  std::vector<std::vector<std::int8_t>> affinities;  // by industry, by expert: 0 to kMostAffinity
  std::vector<std::vector<int>> excluded;            // by candidate: the experts with a conflict, ascending

  int candidates() const { return static_cast<int>(industry_of.size()); }
  int experts() const { return static_cast<int>(load_limits.size()); }
  int Affinity(int candidate, int expert) const { return affinities[industry_of[candidate]][expert]; }
};

}  // namespace jiebang::review

#endif  // JIEBANG_SERVICES_REVIEW_DOMAIN_ASSIGNMENT_PROBLEM_H_
