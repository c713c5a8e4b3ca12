#include "services/quota/handler/webhooks.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "services/quota/domain/unit_name.h"
#include "services/quota/domain/webhook.h"
#include "services/quota/domain/webhook_errors.h"
#include "services/quota/domain/webhook_signature.h"
#include "services/quota/handler/etag.h"

namespace jiebang::quota {

Task<absl::StatusOr<v1::CreateWebhookResponse>> Webhooks::Create(const rpc::Call& call,
                                                                 const v1::CreateWebhookRequest& request) {
  CO_ASSIGN_OR_RETURN(const UnitName unit, UnitName::Parse(request.parent(), "parent"));
  const WebhookName name{unit.id, request.webhook_id()};
  CO_ASSIGN_OR_RETURN(v1::Webhook webhook, NewWebhook(name, request.webhook(), given_.allows_plain, call.now()));
  CO_RETURN_IF_ERROR((co_await given_.units.Get(unit.id)).status());
  CO_ASSIGN_OR_RETURN(KeptWebhook present, co_await given_.webhooks.Find(name));
  if (present.version != 0) co_return WebhookExists(name.ToString());
  CO_ASSIGN_OR_RETURN(const std::vector<KeptWebhook> others, co_await given_.webhooks.OfUnit(unit.id));
  if (others.size() >= kMostWebhooks) co_return TooManyWebhooks(unit.ToString(), kMostWebhooks);
  WebhookChange change{.before = std::move(present)};
  CO_ASSIGN_OR_RETURN(change.places, co_await PlacesFromNow(name, ServicesOf(webhook)));
  *change.after.mutable_webhook() = std::move(webhook);
  quota::Rotate(NewWebhookKey(), given_.wall.Now(), change.after);
  const std::string secret = SecretOf(given_.suite_key, name, change.after.keys(0));
  auto created = co_await Save<v1::CreateWebhookResponse>(call, std::move(change), "webhook.created");
  if (absl::IsAborted(created.status())) co_return WebhookExists(name.ToString());
  if (created.ok()) created->set_secret(ShownSecret(secret));
  co_return created;
}

Task<absl::StatusOr<v1::GetWebhookResponse>> Webhooks::Get(const rpc::Call& /*call*/,
                                                           const v1::GetWebhookRequest& request) {
  CO_ASSIGN_OR_RETURN(const WebhookName name, WebhookName::Parse(request.name()));
  CO_ASSIGN_OR_RETURN(const KeptWebhook kept, co_await given_.webhooks.Get(name));
  v1::GetWebhookResponse response;
  CO_ASSIGN_OR_RETURN(*response.mutable_webhook(), co_await Shown(kept.value.webhook()));
  co_return response;
}

Task<absl::StatusOr<v1::ListWebhooksResponse>> Webhooks::List(const rpc::Call& /*call*/,
                                                              const v1::ListWebhooksRequest& request) {
  CO_ASSIGN_OR_RETURN(const UnitName unit, UnitName::Parse(request.parent(), "parent"));
  CO_ASSIGN_OR_RETURN(const std::vector<KeptWebhook> all, co_await given_.webhooks.OfUnit(unit.id));
  v1::ListWebhooksResponse response;
  for (const KeptWebhook& kept : all) {
    CO_ASSIGN_OR_RETURN(*response.add_webhooks(), co_await Shown(kept.value.webhook()));
  }
  co_return response;
}

Task<absl::StatusOr<v1::UpdateWebhookResponse>> Webhooks::Update(const rpc::Call& call,
                                                                 const v1::UpdateWebhookRequest& request) {
  CO_ASSIGN_OR_RETURN(const WebhookName name, WebhookName::Parse(request.webhook().name(), "webhook.name"));
  for (int attempt = 0; attempt < kTries; ++attempt) {
    CO_ASSIGN_OR_RETURN(KeptWebhook present, co_await given_.webhooks.Get(name));
    CO_RETURN_IF_ERROR(CheckEtag(request.webhook().etag(), present.version, name.ToString()));
    WebhookChange change{.before = present, .after = std::move(present.value)};
    CO_ASSIGN_OR_RETURN(*change.after.mutable_webhook(),
                        ChangedWebhook(change.after.webhook(), request.webhook(), request.update_mask(),
                                       given_.allows_plain, call.now()));
    auto updated = co_await Save<v1::UpdateWebhookResponse>(call, std::move(change), "webhook.updated");
    if (!absl::IsAborted(updated.status())) co_return updated;
  }
  co_return ConcurrentChange(name.ToString());
}

Task<absl::StatusOr<v1::DeleteWebhookResponse>> Webhooks::Delete(const rpc::Call& call,
                                                                 const v1::DeleteWebhookRequest& request) {
  CO_ASSIGN_OR_RETURN(const WebhookName name, WebhookName::Parse(request.name()));
  for (int attempt = 0; attempt < kTries; ++attempt) {
    CO_ASSIGN_OR_RETURN(KeptWebhook present, co_await given_.webhooks.Get(name));
    CO_RETURN_IF_ERROR(CheckEtag(request.etag(), present.version, name.ToString()));
    v1::DeleteWebhookResponse response;
    store::Event event = call.Happened("webhook.deleted", name.ToString());
    const absl::Status removed =
        co_await given_.webhooks.Remove(std::move(present), std::move(event), call.Answered(response));
    if (removed.ok()) co_return response;
    if (!absl::IsAborted(removed)) co_return removed;
  }
  co_return ConcurrentChange(name.ToString());
}

Task<absl::StatusOr<v1::RotateWebhookSecretResponse>> Webhooks::Rotate(const rpc::Call& call,
                                                                       const v1::RotateWebhookSecretRequest& request) {
  CO_ASSIGN_OR_RETURN(const WebhookName name, WebhookName::Parse(request.name()));
  for (int attempt = 0; attempt < kTries; ++attempt) {
    CO_ASSIGN_OR_RETURN(KeptWebhook present, co_await given_.webhooks.Get(name));
    WebhookChange change{.before = present, .after = std::move(present.value)};
    quota::Rotate(NewWebhookKey(), given_.wall.Now(), change.after);
    const std::string secret = SecretOf(given_.suite_key, name, change.after.keys(0));
    auto rotated = co_await Save<v1::RotateWebhookSecretResponse>(call, std::move(change), "webhook.secret_rotated");
    if (rotated.ok()) rotated->set_secret(ShownSecret(secret));
    if (!absl::IsAborted(rotated.status())) co_return rotated;
  }
  co_return ConcurrentChange(name.ToString());
}

Task<absl::StatusOr<v1::Webhook>> Webhooks::Shown(const v1::Webhook& webhook) {
  CO_ASSIGN_OR_RETURN(const WebhookName name, WebhookName::Parse(webhook.name()));
  CO_ASSIGN_OR_RETURN(std::vector<v1::WebhookPlace> places, co_await given_.deliveries.Places(name));
  v1::Webhook shown = webhook;
  for (v1::WebhookPlace& place : places) {
    if (shown.state() == v1::Webhook::STATE_ACTIVE && place.status().failed_attempts() > 0) {
      shown.set_state(v1::Webhook::STATE_FAILING);
    }
    *shown.add_deliveries() = std::move(*place.mutable_status());
  }
  co_return shown;
}

Task<absl::StatusOr<std::map<std::string, v1::WebhookPlace>>> Webhooks::PlacesFromNow(
    WebhookName name, std::vector<std::string> services) {
  std::map<std::string, v1::WebhookPlace> places;
  for (const std::string& service : services) {
    FeedQuery query{.service = service, .from_now = true};
    CO_ASSIGN_OR_RETURN(FeedPage now, co_await given_.feed.Read(name, std::move(query)));
    v1::WebhookPlace& place = places[service];
    place.set_resume_token(std::move(now.resume_token));
    place.mutable_status()->set_service(service);
  }
  co_return places;
}

template <class Response>
Task<absl::StatusOr<Response>> Webhooks::Save(const rpc::Call& call, WebhookChange change, std::string event) {
  change.after.mutable_webhook()->clear_etag();
  Response response;
  *response.mutable_webhook() = change.after.webhook();
  response.mutable_webhook()->set_etag(absl::StrCat(change.before.version + 1));
  change.event = call.Happened(std::move(event), change.after.webhook().name());
  change.replay = call.Answered(response);
  CO_RETURN_IF_ERROR(co_await given_.webhooks.Save(std::move(change)));
  co_return response;
}

void Webhooks::Register(rpc::ServiceMethods& methods) {
  methods.Add("CreateWebhook", this, &Webhooks::Create);
  methods.Add("GetWebhook", this, &Webhooks::Get);
  methods.Add("ListWebhooks", this, &Webhooks::List);
  methods.Add("UpdateWebhook", this, &Webhooks::Update);
  methods.Add("DeleteWebhook", this, &Webhooks::Delete);
  methods.Add("RotateWebhookSecret", this, &Webhooks::Rotate);
}

}  // namespace jiebang::quota
