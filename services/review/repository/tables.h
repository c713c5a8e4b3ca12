// How the tables of a round are called and how their ids are spelled. All stand in the partition of the round's track.
#ifndef JIEBANG_SERVICES_REVIEW_REPOSITORY_TABLES_H_
#define JIEBANG_SERVICES_REVIEW_REPOSITORY_TABLES_H_

#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "services/review/repository/records.h"

namespace jiebang::review {

inline constexpr char kRoundTable[] = "round";            // {round}: Round
inline constexpr char kCandidateTable[] = "candidate";    // {round}/{candidates digest}/{candidate}: Candidate
inline constexpr char kAssignmentTable[] = "assignment";  // {round}/{plan digest}/{expert}/{candidate}: Assignment
inline constexpr char kRankedTable[] = "ranked";          // {round}/{ranking digest}/{rank}: Candidate with its result
inline constexpr char kTallyTable[] = "tally";            // {round}/{slice}: how many first scores, decimal
inline constexpr char kClosingTable[] = "closing";        // {round}: until when scores are closed, decimal microseconds

// Without a candidate: what all assignments of the expert begin with.
inline std::string AssignmentId(const std::string& round_id, const std::string& digest, const std::string& expert,
                                const std::string& candidate) {
  return absl::StrCat(ContentPrefix(round_id, digest), expert, "/", candidate);
}

inline std::string RankedId(const std::string& round_id, const std::string& digest, int rank) {
  return absl::StrCat(ContentPrefix(round_id, digest), absl::StrFormat("%06d", rank));
}

}  // namespace jiebang::review

#endif  // JIEBANG_SERVICES_REVIEW_REPOSITORY_TABLES_H_
