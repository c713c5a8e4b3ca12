// What this service asks of others. Interfaces, so that a test can play the other side.
#ifndef JIEBANG_SERVICES_PUBLICLIST_HANDLER_PEERS_H_
#define JIEBANG_SERVICES_PUBLICLIST_HANDLER_PEERS_H_

#include <string>

#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "common/rpc/call.h"
#include "jiebang/quota/v1/unit.pb.h"
#include "jiebang/review/v1/review_service.pb.h"
#include "jiebang/review/v1/round.pb.h"

namespace jiebang::rpc {
class Client;
}  // namespace jiebang::rpc

namespace jiebang::publiclist {

class ReviewPeer {
 public:
  virtual ~ReviewPeer() = default;

  virtual Task<absl::StatusOr<review::v1::Round>> GetRound(const rpc::Call& call, std::string name) = 0;

  // One page of the round's selected candidates.
  virtual Task<absl::StatusOr<review::v1::ListCandidatesResponse>> ListSelected(const rpc::Call& call,
                                                                                std::string round,
                                                                                std::string page_token) = 0;
};

class QuotaPeer {
 public:
  virtual ~QuotaPeer() = default;

  virtual Task<absl::StatusOr<quota::v1::Unit>> GetUnit(const rpc::Call& call, std::string name) = 0;
};

// The services themselves. The client outlives the peer.
class RemoteReview : public ReviewPeer {
 public:
  explicit RemoteReview(const rpc::Client& client) : client_(client) {}

  Task<absl::StatusOr<review::v1::Round>> GetRound(const rpc::Call& call, std::string name) override;
  Task<absl::StatusOr<review::v1::ListCandidatesResponse>> ListSelected(const rpc::Call& call, std::string round,
                                                                        std::string page_token) override;

 private:
  const rpc::Client& client_;
};

class RemoteQuota : public QuotaPeer {
 public:
  explicit RemoteQuota(const rpc::Client& client) : client_(client) {}

  Task<absl::StatusOr<quota::v1::Unit>> GetUnit(const rpc::Call& call, std::string name) override;

 private:
  const rpc::Client& client_;
};

}  // namespace jiebang::publiclist

#endif  // JIEBANG_SERVICES_PUBLICLIST_HANDLER_PEERS_H_
