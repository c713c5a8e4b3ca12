// Signatures of what is delivered, as https://www.standardwebhooks.com writes them.
#ifndef JIEBANG_SERVICES_QUOTA_DOMAIN_WEBHOOK_SIGNATURE_H_
#define JIEBANG_SERVICES_QUOTA_DOMAIN_WEBHOOK_SIGNATURE_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "jiebang/quota/v1/webhook.pb.h"
#include "services/quota/domain/webhook_name.h"

namespace jiebang::quota {

// How long a secret goes on to sign after another one was made.
inline constexpr absl::Duration kOldSecretSigns = absl::Hours(24);

// A key of which no secret was ever made.
v1::WebhookKey NewWebhookKey();

// The keys after a rotation: `fresh`, and the one before until kOldSecretSigns from now.
void Rotate(v1::WebhookKey fresh, absl::Time now, v1::KeptWebhook& kept);

// The secret behind a key, 32 bytes. It is made from what the processes of the suite share and never kept: who reads
// the store, or a back-up of it, can sign nothing.
std::string SecretOf(std::string_view suite_key, const WebhookName& webhook, const v1::WebhookKey& key);

// The secrets that sign now, the newest first.
std::vector<std::string> SigningSecrets(std::string_view suite_key, const WebhookName& webhook,
                                        const v1::KeptWebhook& kept, absl::Time now);

// As its owner is shown it: `whsec_` and base64.
std::string ShownSecret(std::string_view secret);

// The header `webhook-signature`: `v1,` and the base64 of HMAC-SHA256 over `{id}.{timestamp}.{body}`, one for each
// secret, between spaces.
std::string SignatureHeader(const std::vector<std::string>& secrets, std::string_view id, absl::Time time,
                            std::string_view body);

}  // namespace jiebang::quota

#endif  // JIEBANG_SERVICES_QUOTA_DOMAIN_WEBHOOK_SIGNATURE_H_
