// The rounds of a track and their candidates.
#ifndef JIEBANG_SERVICES_REVIEW_REPOSITORY_ROUND_REPOSITORY_H_
#define JIEBANG_SERVICES_REVIEW_REPOSITORY_ROUND_REPOSITORY_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "common/rpc/call.h"
#include "common/store/store.h"
#include "google/protobuf/message.h"
#include "jiebang/review/v1/round.pb.h"
#include "services/review/domain/round_name.h"
#include "services/review/repository/page.h"

namespace jiebang::review {

class RoundRepository {
 public:
  explicit RoundRepository(store::Store& store) : store_(store) {}

  // Where a track's rounds stand with all that belongs to them.
  static std::string PartitionOf(const TrackName& track) { return track.ToString(); }

  // NOT_FOUND ROUND_NOT_FOUND. `scored_count` is that of the last change of state; see ScoreRepository.
  Task<absl::StatusOr<v1::Round>> Get(RoundName name);

  // Opens the round with its candidates, whose digest it carries. ALREADY_EXISTS ROUND_ALREADY_EXISTS.
  Task<absl::Status> Create(const rpc::Call& call, const RoundName& name, const v1::Round& round,
                            const std::vector<v1::Candidate>& candidates, const google::protobuf::Message& response);

  // Moves the round from what was read (`before`, by its etag) to `after`. ABORTED CONCURRENT_CHANGE.
  Task<absl::Status> Decide(const rpc::Call& call, const RoundName& name, const v1::Round& before,
                            const v1::Round& after, const google::protobuf::Message& response,
                            const std::map<std::string, std::string>& details);

  // The candidates as their lists were locked, ascending by name.
  Task<absl::StatusOr<Page<v1::Candidate>>> ListCandidates(const RoundName& name, const v1::Round& round,
                                                           std::string after, std::size_t limit);
  Task<absl::StatusOr<std::vector<v1::Candidate>>> AllCandidates(const RoundName& name, const v1::Round& round);
  // NOT_FOUND only if the round was never committed with it.
  Task<absl::StatusOr<v1::Candidate>> GetCandidate(const RoundName& name, const v1::Round& round,
                                                   std::string candidate_id);

  // The candidates of a ranked round with their results, by rank, those after the rank `after`. `next` is a rank.
  Task<absl::StatusOr<Page<v1::Candidate>>> ListRanked(const RoundName& name, const v1::Round& round, int after,
                                                       std::size_t limit);
  // nullopt: no candidate has this rank.
  Task<absl::StatusOr<std::optional<v1::Candidate>>> RankedAt(const RoundName& name, const v1::Round& round, int rank);

 private:
  store::Store& store_;
};

}  // namespace jiebang::review

#endif  // JIEBANG_SERVICES_REVIEW_REPOSITORY_ROUND_REPOSITORY_H_
