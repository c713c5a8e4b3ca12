// Names of webhooks and of what they could not deliver.
#ifndef JIEBANG_SERVICES_QUOTA_DOMAIN_WEBHOOK_NAME_H_
#define JIEBANG_SERVICES_QUOTA_DOMAIN_WEBHOOK_NAME_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace jiebang::quota {

// `units/{unit}/webhooks/{webhook}`
struct WebhookName {
  std::string unit;
  std::string id;

  // INVALID_ARGUMENT RESOURCE_NAME_MALFORMED, naming `field`.
  static absl::StatusOr<WebhookName> Parse(std::string_view name, std::string_view field = "name");

  std::string ToString() const;

  friend bool operator==(const WebhookName&, const WebhookName&) = default;
};

// `units/{unit}/webhooks/{webhook}/deadLetters/{event id}`
struct DeadLetterName {
  WebhookName webhook;
  std::string event;

  // As above.
  static absl::StatusOr<DeadLetterName> Parse(std::string_view name, std::string_view field = "name");

  std::string ToString() const;
};

}  // namespace jiebang::quota

#endif  // JIEBANG_SERVICES_QUOTA_DOMAIN_WEBHOOK_NAME_H_
