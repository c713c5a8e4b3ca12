// The records of webhooks.
#ifndef JIEBANG_SERVICES_QUOTA_REPOSITORY_WEBHOOK_REPOSITORY_H_
#define JIEBANG_SERVICES_QUOTA_REPOSITORY_WEBHOOK_REPOSITORY_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "common/store/store.h"
#include "jiebang/quota/v1/webhook.pb.h"
#include "services/quota/domain/webhook_name.h"
#include "services/quota/repository/versioned.h"

namespace jiebang::quota {

using KeptWebhook = Versioned<v1::KeptWebhook>;

// One commit to a webhook.
struct WebhookChange {
  KeptWebhook before;
  v1::KeptWebhook after;
  // Where its followers begin, by service; for a new one.
  std::map<std::string, v1::WebhookPlace> places;
  store::Event event;
  std::optional<store::Replay> replay;
};

class WebhookRepository {
 public:
  // What a write to a webhook commits to.
  static std::string Partition();

  explicit WebhookRepository(store::Store& store) : store_(store) {}

  // One that is not there has version 0.
  Task<absl::StatusOr<KeptWebhook>> Find(WebhookName name);

  // NOT_FOUND WEBHOOK_NOT_FOUND.
  Task<absl::StatusOr<KeptWebhook>> Get(WebhookName name);

  // Ascending by name.
  Task<absl::StatusOr<std::vector<KeptWebhook>>> OfUnit(std::string unit);
  Task<absl::StatusOr<std::vector<KeptWebhook>>> All();

  // ABORTED: another change came first; ALREADY_EXISTS: the replay key was used.
  Task<absl::Status> Save(WebhookChange change);

  // Takes it away with all that it leaves behind. As above.
  Task<absl::Status> Remove(KeptWebhook present, store::Event event, std::optional<store::Replay> replay);

 private:
  Task<absl::StatusOr<std::vector<KeptWebhook>>> StartingWith(std::string prefix);

  store::Store& store_;
};

}  // namespace jiebang::quota

#endif  // JIEBANG_SERVICES_QUOTA_REPOSITORY_WEBHOOK_REPOSITORY_H_
