// Every refusal of the calls about webhooks.
#ifndef JIEBANG_SERVICES_QUOTA_DOMAIN_WEBHOOK_ERRORS_H_
#define JIEBANG_SERVICES_QUOTA_DOMAIN_WEBHOOK_ERRORS_H_

#include <string>

#include "absl/status/status.h"

namespace jiebang::quota {

absl::Status WebhookNotFound(const std::string& webhook);
absl::Status WebhookExists(const std::string& webhook);
absl::Status TooManyWebhooks(const std::string& unit, int most);
absl::Status WebhookNameMalformed();
absl::Status WebhookUrlRefused(const std::string& why);
absl::Status WebhookStateRefused();
absl::Status DeadLetterNotFound(const std::string& dead_letter);

}  // namespace jiebang::quota

#endif  // JIEBANG_SERVICES_QUOTA_DOMAIN_WEBHOOK_ERRORS_H_
