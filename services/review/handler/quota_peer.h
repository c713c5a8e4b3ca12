// What this service asks of the quota service.
#ifndef JIEBANG_SERVICES_REVIEW_HANDLER_QUOTA_PEER_H_
#define JIEBANG_SERVICES_REVIEW_HANDLER_QUOTA_PEER_H_

#include <vector>

#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "common/rpc/call.h"
#include "common/rpc/client.h"
#include "jiebang/quota/v1/recommendation_list.pb.h"
#include "services/review/domain/round_name.h"

namespace jiebang::review {

class QuotaPeer {
 public:
  virtual ~QuotaPeer() = default;

  // The locked recommendation lists of all units in the track. UNAVAILABLE LISTS_UNAVAILABLE.
  virtual Task<absl::StatusOr<std::vector<quota::v1::RecommendationList>>> LockedLists(const rpc::Call& call,
                                                                                       TrackName track) = 0;
};

// The peer at the other end of a connection.
class QuotaOverRpc : public QuotaPeer {
 public:
  explicit QuotaOverRpc(const rpc::Client& client) : client_(client) {}

  Task<absl::StatusOr<std::vector<quota::v1::RecommendationList>>> LockedLists(const rpc::Call& call,
                                                                               TrackName track) override;

 private:
  const rpc::Client& client_;
};

}  // namespace jiebang::review

#endif  // JIEBANG_SERVICES_REVIEW_HANDLER_QUOTA_PEER_H_
