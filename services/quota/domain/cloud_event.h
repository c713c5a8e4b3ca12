// Events as they are posted: CloudEvents 1.0.
#ifndef JIEBANG_SERVICES_QUOTA_DOMAIN_CLOUD_EVENT_H_
#define JIEBANG_SERVICES_QUOTA_DOMAIN_CLOUD_EVENT_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "jiebang/journal/v1/event.pb.h"
#include "jiebang/quota/v1/webhook.pb.h"

namespace jiebang::quota {

// An entry of a service's journal. The same entry has the same id for ever.
v1::CloudEvent ToCloudEvent(const std::string& service, const journal::v1::Entry& entry);

// What TestWebhook posts; `id` is new each time.
v1::CloudEvent TestEvent(const std::string& webhook, const std::string& id, absl::Time now);

// Tells that events of the service were lost behind this place; the same place gives the same id. `reason` is that of
// the journal's refusal.
v1::CloudEvent EventsLost(const std::string& webhook, const std::string& service, const std::string& resume_token,
                          const std::string& reason, absl::Time now);

// As it is posted. INVALID_ARGUMENT for a time that JSON cannot say.
absl::StatusOr<std::string> ToJson(const v1::CloudEvent& event);

}  // namespace jiebang::quota

#endif  // JIEBANG_SERVICES_QUOTA_DOMAIN_CLOUD_EVENT_H_
