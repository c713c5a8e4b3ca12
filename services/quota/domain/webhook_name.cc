#include "services/quota/domain/webhook_name.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/resource_name/resource_name.h"
#include "common/status/status_macros.h"

namespace jiebang::quota {

absl::StatusOr<WebhookName> WebhookName::Parse(std::string_view name, std::string_view field) {
  ASSIGN_OR_RETURN(auto ids, ParseResourceName("units/{unit}/webhooks/{webhook}", name, field));
  return WebhookName{std::move(ids[0]), std::move(ids[1])};
}

std::string WebhookName::ToString() const { return absl::StrCat("units/", unit, "/webhooks/", id); }

absl::StatusOr<DeadLetterName> DeadLetterName::Parse(std::string_view name, std::string_view field) {
  ASSIGN_OR_RETURN(auto ids,
                   ParseResourceName("units/{unit}/webhooks/{webhook}/deadLetters/{dead_letter}", name, field));
  return DeadLetterName{{std::move(ids[0]), std::move(ids[1])}, std::move(ids[2])};
}

std::string DeadLetterName::ToString() const { return absl::StrCat(webhook.ToString(), "/deadLetters/", event); }

}  // namespace jiebang::quota
