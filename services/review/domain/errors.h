// Every refusal of the review service: one function an error.
#ifndef JIEBANG_SERVICES_REVIEW_DOMAIN_ERRORS_H_
#define JIEBANG_SERVICES_REVIEW_DOMAIN_ERRORS_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "jiebang/programme/v1/text.pb.h"
#include "jiebang/review/v1/round.pb.h"

namespace jiebang::review {

// Where a rule comes from, as a person reads it: `工信厅联通装函〔2023〕212号 三（四）`, or that the platform decided.
std::string ClauseText(const programme::v1::Clause& clause);

// What the caller names and nobody has.
absl::Status ProgrammeNotFound(const std::string& programme);
absl::Status TrackNotFound(const std::string& track);
absl::Status StageNotFound(const std::string& track, const std::string& stage);
absl::Status ExpertNotFound(const std::string& expert);
absl::Status RoundNotFound(const std::string& round);
absl::Status AssignmentNotFound(const std::string& assignment);

// INVALID_ARGUMENT: an id that the caller chose is not 1 to 63 of a-z0-9-.
absl::Status IdMalformed(const std::string& field, const std::string& id);

// ALREADY_EXISTS.
absl::Status ExpertAlreadyExists(const std::string& expert);
absl::Status RoundAlreadyExists(const std::string& round);

// Opening a round.
absl::Status TrackRankedInBase(const std::string& track, const std::string& base);
absl::Status StageNotScored(const std::string& stage, const programme::v1::Clause& clause);
absl::Status NoLockedList(const std::string& track);
absl::Status ListsUnavailable(const absl::Status& cause);

// What a round's state does not allow.
absl::Status RoundNotOpen(const v1::Round& round);
absl::Status RoundNotScoring(const v1::Round& round);
absl::Status ScoresBeingClosed(const std::string& round);
absl::Status RoundNotRanked(const v1::Round& round);

// Committing an assignment.
absl::Status PanelIncomplete(const std::string& round,
                             const google::protobuf::RepeatedPtrField<v1::Shortfall>& shortfalls,
                             const programme::v1::Clause& clause);
absl::Status PlanChanged(const std::string& round, const std::string& present_digest);

// What is wrong with a score: all of it at once.
struct ScoreFault {
  std::string field;
  std::string en;
  std::string zh;
};
absl::Status ScoreRefused(const std::vector<ScoreFault>& faults, const programme::v1::Clause& clause);
// The expert may not see or score this application after all.
absl::Status ExpertConflicted(const std::string& assignment, const std::string& kind);
absl::Status MaterialUnavailable(const absl::Status& cause);
// What the application service holds is not what was locked in the recommendation list.
absl::Status RevisionChanged(const std::string& application, int revision);

// An application that lacks scores.
struct MissingScores {
  std::string candidate;
  int scored = 0;
  int wanted = 0;
};
absl::Status ScoresMissing(const std::string& round, const std::vector<MissingScores>& missing,
                           const programme::v1::Clause& clause);

// Deciding.
absl::Status TooFewCandidates(int select_count, int candidates);
absl::Status SelectionFails(int select_count, const v1::Candidate& last);
absl::Status SelectionAbovePassing(int select_count, const std::string& passing_en, const std::string& passing_zh,
                                   const programme::v1::Clause& clause);

// ABORTED: somebody changed it at the same time.
absl::Status ConcurrentChange(const std::string& resource);

}  // namespace jiebang::review

#endif  // JIEBANG_SERVICES_REVIEW_DOMAIN_ERRORS_H_
