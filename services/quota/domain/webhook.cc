#include "services/quota/domain/webhook.h"

#include <algorithm>
#include <utility>

#include "common/clock/timestamp.h"
#include "common/field_mask/field_mask.h"
#include "common/http_client/url.h"
#include "common/status/status_macros.h"
#include "services/quota/domain/unit_name.h"
#include "services/quota/domain/webhook_errors.h"

namespace jiebang::quota {
namespace {

constexpr std::string_view kChangeableOfWebhook[] = {"url", "event_types", "services", "description", "state"};
constexpr std::size_t kLongestWebhookId = 40;

absl::Status CheckUrl(const std::string& text, bool allows_plain) {
  const absl::StatusOr<http::Url> url = http::Url::Parse(text);
  if (!url.ok()) return WebhookUrlRefused(std::string(url.status().message()));
  if (allows_plain) return absl::OkStatus();
  if (!url->is_https) return WebhookUrlRefused("want https://...");
  if (url->port != 443 && url->port != 8443) return WebhookUrlRefused("want port 443 or 8443");
  return absl::OkStatus();
}

// The state that the owner wants: active unless it says otherwise.
absl::Status SetState(v1::Webhook::State wanted, v1::Webhook& webhook) {
  if (wanted == v1::Webhook::STATE_FAILING || !v1::Webhook::State_IsValid(wanted)) return WebhookStateRefused();
  webhook.set_state(wanted == v1::Webhook::STATE_PAUSED ? wanted : v1::Webhook::STATE_ACTIVE);
  webhook.clear_pause_reason();
  return absl::OkStatus();
}

}  // namespace

std::vector<std::string> ServicesOf(const v1::Webhook& webhook) {
  std::vector<std::string> services(webhook.services().begin(), webhook.services().end());
  if (services.empty()) services = {"application", "quota"};
  std::sort(services.begin(), services.end());
  services.erase(std::unique(services.begin(), services.end()), services.end());
  return services;
}

bool Wants(const v1::Webhook& webhook, std::string_view event_type) {
  if (webhook.event_types().empty()) return true;
  return std::any_of(webhook.event_types().begin(), webhook.event_types().end(), [&](const std::string& wanted) {
    return wanted.ends_with('.') ? event_type.starts_with(wanted) : event_type == wanted;
  });
}

absl::StatusOr<v1::Webhook> NewWebhook(const WebhookName& name, const v1::Webhook& wanted, bool allows_plain,
                                       absl::Time now) {
  if (!IsUnitId(name.id) || name.id.size() > kLongestWebhookId) return WebhookNameMalformed();
  RETURN_IF_ERROR(CheckUrl(wanted.url(), allows_plain));
  v1::Webhook webhook;
  RETURN_IF_ERROR(SetState(wanted.state(), webhook));
  webhook.set_name(name.ToString());
  webhook.set_url(wanted.url());
  *webhook.mutable_event_types() = wanted.event_types();
  *webhook.mutable_services() = wanted.services();
  webhook.set_description(wanted.description());
  *webhook.mutable_create_time() = ToTimestamp(now);
  *webhook.mutable_update_time() = ToTimestamp(now);
  return webhook;
}

absl::StatusOr<v1::Webhook> ChangedWebhook(v1::Webhook present, const v1::Webhook& wanted,
                                           const google::protobuf::FieldMask& mask, bool allows_plain, absl::Time now) {
  const std::string url_before = present.url();
  const v1::Webhook::State state_before = present.state();
  RETURN_IF_ERROR(ApplyFieldMask(mask, kChangeableOfWebhook, wanted, present));
  if (present.url() != url_before) RETURN_IF_ERROR(CheckUrl(present.url(), allows_plain));
  if (present.state() != state_before) RETURN_IF_ERROR(SetState(present.state(), present));
  *present.mutable_update_time() = ToTimestamp(now);
  return present;
}

v1::Webhook PausedAsGone(v1::Webhook present) {
  present.set_state(v1::Webhook::STATE_PAUSED);
  present.set_pause_reason("GONE");
  return present;
}

}  // namespace jiebang::quota
