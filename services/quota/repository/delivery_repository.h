// How far webhooks have come, what they could not deliver, and which process delivers.
#ifndef JIEBANG_SERVICES_QUOTA_REPOSITORY_DELIVERY_REPOSITORY_H_
#define JIEBANG_SERVICES_QUOTA_REPOSITORY_DELIVERY_REPOSITORY_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/async/task.h"
#include "common/store/store.h"
#include "jiebang/quota/v1/webhook.pb.h"
#include "services/quota/domain/webhook_name.h"
#include "services/quota/repository/versioned.h"

namespace jiebang::quota {

using KeptPlace = Versioned<v1::WebhookPlace>;

class DeliveryRepository {
 public:
  explicit DeliveryRepository(store::Store& store) : store_(store) {}

  // Version 0: nobody has followed the service yet.
  Task<absl::StatusOr<KeptPlace>> FindPlace(WebhookName webhook, std::string service);

  // Of all services that were ever followed, ascending.
  Task<absl::StatusOr<std::vector<v1::WebhookPlace>>> Places(WebhookName webhook);

  // Writes the place over the version that was read and counts it up; with `dead_letter`, that in the same commit, and
  // what is too old or too much of the dead letters goes. ABORTED: somebody else delivers, or the webhook is gone.
  Task<absl::Status> SavePlace(WebhookName webhook, KeptPlace& place,
                               std::optional<v1::DeadLetter> dead_letter = std::nullopt);

  struct DeadLetterPage {
    std::vector<v1::DeadLetter> dead_letters;  // ascending by name
    bool more = false;
  };
  // Up to `limit` of those whose events follow `after`.
  Task<absl::StatusOr<DeadLetterPage>> DeadLetters(WebhookName webhook, std::string after, int limit);

  // NOT_FOUND DEAD_LETTER_NOT_FOUND.
  Task<absl::StatusOr<v1::DeadLetter>> GetDeadLetter(DeadLetterName name);

  // Asks for another attempt with each.
  Task<absl::Status> AskRedelivery(std::vector<DeadLetterName> names);

  // What was asked for and is not done.
  Task<absl::StatusOr<std::vector<DeadLetterName>>> AskedRedeliveries();

  // The attempt is over: with nullopt the event was taken and the dead letter goes; otherwise it stays as it is given.
  Task<absl::Status> EndRedelivery(DeadLetterName name, std::optional<v1::DeadLetter> left);

  // Holds the right to deliver until then, if nobody else holds it now. False: somebody does.
  Task<absl::StatusOr<bool>> TakeLease(std::string holder, absl::Time now, absl::Time until);

 private:
  store::Store& store_;
};

}  // namespace jiebang::quota

#endif  // JIEBANG_SERVICES_QUOTA_REPOSITORY_DELIVERY_REPOSITORY_H_
