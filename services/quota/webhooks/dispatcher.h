// Keeps a follower for every webhook and service, in one process at a time.
#ifndef JIEBANG_SERVICES_QUOTA_WEBHOOKS_DISPATCHER_H_
#define JIEBANG_SERVICES_QUOTA_WEBHOOKS_DISPATCHER_H_

#include <map>
#include <memory>
#include <set>
#include <string>

#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "services/quota/webhooks/follower.h"

namespace jiebang::quota {

// Of several replicas one delivers: the one that holds the lease. The others look every second whether it has run out,
// which it does 15 s after its holder was last heard of, and at once when the holder ends in order.
class Dispatcher {
 public:
  explicit Dispatcher(DeliveryMeans means);

  // Until the executor stops; outlives what it has started.
  Task<void> Run();

 private:
  Task<absl::Status> Round();
  Task<absl::Status> HoldLease();
  Task<absl::Status> Refresh();
  Task<absl::Status> Redeliver();
  Task<void> RedeliverOne(DeadLetterName name);
  Task<absl::Status> TryOnceMore(DeadLetterName name);
  Task<void> FollowOne(std::shared_ptr<Subscription> subscription, std::string service);
  void EndAll();
  bool MayDeliver() const;

  const DeliveryMeans means_;
  const std::string holder_;
  Executor* home_ = nullptr;  // of Run
  absl::Time held_until_ = absl::InfinitePast();
  std::map<std::string, std::shared_ptr<Subscription>> subscriptions_;  // by name
  std::set<std::string> redelivering_;                                  // dead letters
};

}  // namespace jiebang::quota

#endif  // JIEBANG_SERVICES_QUOTA_WEBHOOKS_DISPATCHER_H_
