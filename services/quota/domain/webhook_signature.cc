#include "services/quota/domain/webhook_signature.h"

#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/clock/timestamp.h"
#include "common/token/digest.h"
#include "common/token/random.h"

namespace jiebang::quota {
namespace {

constexpr std::size_t kNonceBytes = 16;

std::string Base64(std::string_view bytes) {
  std::string text;
  absl::Base64Escape(absl::string_view(bytes.data(), bytes.size()), &text);
  return text;
}

}  // namespace

v1::WebhookKey NewWebhookKey() {
  v1::WebhookKey key;
  key.set_nonce(token::RandomBytes(kNonceBytes));
  return key;
}

void Rotate(v1::WebhookKey fresh, absl::Time now, v1::KeptWebhook& kept) {
  v1::KeptWebhook rotated;
  *rotated.mutable_webhook() = kept.webhook();
  *rotated.add_keys() = std::move(fresh);
  if (kept.keys_size() > 0) {
    v1::WebhookKey& old = *rotated.add_keys();
    old.set_nonce(kept.keys(0).nonce());
    *old.mutable_expire_time() = ToTimestamp(now + kOldSecretSigns);
    *rotated.mutable_webhook()->mutable_previous_secret_expire_time() = old.expire_time();
  }
  kept = std::move(rotated);
}

std::string SecretOf(std::string_view suite_key, const WebhookName& webhook, const v1::WebhookKey& key) {
  return token::HmacSha256(suite_key, absl::StrCat("webhook|", webhook.ToString(), "|", key.nonce()));
}

std::vector<std::string> SigningSecrets(std::string_view suite_key, const WebhookName& webhook,
                                        const v1::KeptWebhook& kept, absl::Time now) {
  std::vector<std::string> secrets;
  for (const v1::WebhookKey& key : kept.keys()) {
    if (key.has_expire_time() && FromTimestamp(key.expire_time()) <= now) continue;
    secrets.push_back(SecretOf(suite_key, webhook, key));
  }
  return secrets;
}

std::string ShownSecret(std::string_view secret) { return absl::StrCat("whsec_", Base64(secret)); }

std::string SignatureHeader(const std::vector<std::string>& secrets, std::string_view id, absl::Time time,
                            std::string_view body) {
  const std::string signed_text =
      absl::StrCat(std::string(id), ".", absl::ToUnixSeconds(time), ".", absl::string_view(body.data(), body.size()));
  return absl::StrJoin(secrets, " ", [&](std::string* out, const std::string& secret) {
    absl::StrAppend(out, "v1,", Base64(token::HmacSha256(secret, signed_text)));
  });
}

}  // namespace jiebang::quota
