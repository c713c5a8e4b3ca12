// The calls about webhooks themselves.
#ifndef JIEBANG_SERVICES_QUOTA_HANDLER_WEBHOOKS_H_
#define JIEBANG_SERVICES_QUOTA_HANDLER_WEBHOOKS_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "common/clock/clock.h"
#include "common/rpc/call.h"
#include "common/rpc/service_methods.h"
#include "jiebang/quota/v1/webhook_service.pb.h"
#include "services/quota/repository/delivery_repository.h"
#include "services/quota/repository/unit_repository.h"
#include "services/quota/repository/webhook_repository.h"
#include "services/quota/webhooks/feed.h"

namespace jiebang::quota {

class Webhooks {
 public:
  struct Given {
    WebhookRepository& webhooks;
    DeliveryRepository& deliveries;
    UnitRepository& units;
    Feed& feed;
    const Clock& wall;      // secrets expire by the receivers' time
    std::string suite_key;  // what secrets are made from
    bool allows_plain;      // as NewWebhook
  };

  explicit Webhooks(Given given) : given_(std::move(given)) {}

  void Register(rpc::ServiceMethods& methods);

  Task<absl::StatusOr<v1::CreateWebhookResponse>> Create(const rpc::Call& call,
                                                         const v1::CreateWebhookRequest& request);
  Task<absl::StatusOr<v1::GetWebhookResponse>> Get(const rpc::Call& call, const v1::GetWebhookRequest& request);
  Task<absl::StatusOr<v1::ListWebhooksResponse>> List(const rpc::Call& call, const v1::ListWebhooksRequest& request);
  Task<absl::StatusOr<v1::UpdateWebhookResponse>> Update(const rpc::Call& call,
                                                         const v1::UpdateWebhookRequest& request);
  Task<absl::StatusOr<v1::DeleteWebhookResponse>> Delete(const rpc::Call& call,
                                                         const v1::DeleteWebhookRequest& request);
  Task<absl::StatusOr<v1::RotateWebhookSecretResponse>> Rotate(const rpc::Call& call,
                                                               const v1::RotateWebhookSecretRequest& request);

 private:
  // With how far it has come.
  Task<absl::StatusOr<v1::Webhook>> Shown(const v1::Webhook& webhook);
  // Where each service's events end now.
  Task<absl::StatusOr<std::map<std::string, v1::WebhookPlace>>> PlacesFromNow(WebhookName name,
                                                                              std::vector<std::string> services);
  // Answers with what `after` is then; the secret, which must not be remembered, comes later.
  template <class Response>
  Task<absl::StatusOr<Response>> Save(const rpc::Call& call, WebhookChange change, std::string event);

  const Given given_;
};

}  // namespace jiebang::quota

#endif  // JIEBANG_SERVICES_QUOTA_HANDLER_WEBHOOKS_H_
