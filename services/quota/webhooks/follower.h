// Delivers the events of one service to one webhook, one after another.
#ifndef JIEBANG_SERVICES_QUOTA_WEBHOOKS_FOLLOWER_H_
#define JIEBANG_SERVICES_QUOTA_WEBHOOKS_FOLLOWER_H_

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/async/task.h"
#include "common/clock/clock.h"
#include "jiebang/quota/v1/webhook.pb.h"
#include "services/quota/domain/retry_schedule.h"
#include "services/quota/domain/webhook_name.h"
#include "services/quota/repository/delivery_repository.h"
#include "services/quota/repository/webhook_repository.h"
#include "services/quota/webhooks/feed.h"
#include "services/quota/webhooks/sender.h"

namespace jiebang::quota {

// What delivery needs; all outlive it.
struct DeliveryMeans {
  Feed& feed;
  Sender& sender;
  WebhookRepository& webhooks;
  DeliveryRepository& deliveries;
  const Clock& clock;  // the service's
  const Clock& wall;   // the receivers'
  RetrySchedule retries = RetrySchedule::Usual();
  // How often a quiet feed is asked. By the executor's time.
  absl::Duration pause = absl::Seconds(1);
  // Told "webhook.delivered" between the receiver's answer and the commit that remembers it, for tests that kill the
  // process there.
  std::function<void(std::string_view point)> reached = [](std::string_view) {};
};

// A webhook as it was when its followers began. They end when it changes.
struct Subscription {
  WebhookName name;
  KeptWebhook webhook;
  bool was_changed = false;  // a moment ago: what failed before is tried at once
  bool ended = false;
  int followers = 0;
};

class Follower {
 public:
  // `may_deliver`: this process still holds the right to.
  Follower(const DeliveryMeans& means, std::shared_ptr<Subscription> subscription, std::string service,
           std::function<bool()> may_deliver);

  // Runs until the subscription ends or the right to deliver is lost. An event is done with when the receiver has taken
  // it or it has become a dead letter; only then the place moves behind it, so each is delivered at least once, and
  // those behind one that fails wait.
  Task<void> Run();

  // One look at the feed. True: something was there. ABORTED: another process delivers, or the webhook is gone.
  Task<absl::StatusOr<bool>> Round();

 private:
  enum class Delivery { kDone, kLater };

  bool HasEnded() const { return subscription_->ended || !may_deliver_(); }
  Task<absl::Status> FindPlace();
  Task<absl::StatusOr<bool>> GoOnBehindLoss(absl::Status loss);
  // `behind`: the place right behind the event.
  Task<absl::StatusOr<Delivery>> Deliver(v1::CloudEvent event, std::string behind);
  Task<absl::StatusOr<Delivery>> NoteFailure(v1::CloudEvent event, std::string behind, Attempt attempt);
  Task<absl::Status> PauseAsGone();
  Task<absl::Status> SavePlace(std::string resume_token, std::optional<v1::DeadLetter> dead_letter = std::nullopt);
  v1::DeliveryStatus& status() { return *place_->value.mutable_status(); }

  const DeliveryMeans& means_;
  const std::shared_ptr<Subscription> subscription_;
  const std::string service_;
  const std::function<bool()> may_deliver_;
  bool is_at_once_;                 // what failed before is tried now
  std::optional<KeptPlace> place_;  // as it is kept
  std::string read_up_to_;          // at or behind it: what was passed over since needs no commit of its own
  absl::Time saved_;                // when the place was last kept
};

}  // namespace jiebang::quota

#endif  // JIEBANG_SERVICES_QUOTA_WEBHOOKS_FOLLOWER_H_
