// What a webhook may be, and which events it wants.
#ifndef JIEBANG_SERVICES_QUOTA_DOMAIN_WEBHOOK_H_
#define JIEBANG_SERVICES_QUOTA_DOMAIN_WEBHOOK_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "google/protobuf/field_mask.pb.h"
#include "jiebang/quota/v1/webhook.pb.h"
#include "services/quota/domain/webhook_name.h"

namespace jiebang::quota {

inline constexpr int kMostWebhooks = 8;  // of a unit

// Whose events a unit may watch: what a webhook that names no service follows.
std::vector<std::string> ServicesOf(const v1::Webhook& webhook);

// One of its event_types names this type.
bool Wants(const v1::Webhook& webhook, std::string_view event_type);

// A webhook as its owner wants it. `allows_plain`: the operator has named networks that may be reached by plain http
// and on any port. WEBHOOK_NAME_MALFORMED, WEBHOOK_URL_REFUSED, WEBHOOK_STATE_REFUSED.
absl::StatusOr<v1::Webhook> NewWebhook(const WebhookName& name, const v1::Webhook& wanted, bool allows_plain,
                                       absl::Time now);

// The same for a change. Also FIELD_MASK_MALFORMED.
absl::StatusOr<v1::Webhook> ChangedWebhook(v1::Webhook present, const v1::Webhook& wanted,
                                           const google::protobuf::FieldMask& mask, bool allows_plain, absl::Time now);

// After an answer 410.
v1::Webhook PausedAsGone(v1::Webhook present);

}  // namespace jiebang::quota

#endif  // JIEBANG_SERVICES_QUOTA_DOMAIN_WEBHOOK_H_
