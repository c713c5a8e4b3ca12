// The calls about what webhooks deliver: a test, and what could not be delivered.
#ifndef JIEBANG_SERVICES_QUOTA_HANDLER_WEBHOOK_DELIVERIES_H_
#define JIEBANG_SERVICES_QUOTA_HANDLER_WEBHOOK_DELIVERIES_H_

#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "common/page_token/page_token.h"
#include "common/rpc/call.h"
#include "common/rpc/service_methods.h"
#include "jiebang/quota/v1/webhook_service.pb.h"
#include "services/quota/repository/delivery_repository.h"
#include "services/quota/repository/webhook_repository.h"
#include "services/quota/webhooks/sender.h"

namespace jiebang::quota {

class WebhookDeliveries {
 public:
  WebhookDeliveries(WebhookRepository& webhooks, DeliveryRepository& deliveries, Sender& sender,
                    const PageTokens& page_tokens)
      : webhooks_(webhooks), deliveries_(deliveries), sender_(sender), page_tokens_(page_tokens) {}

  void Register(rpc::ServiceMethods& methods);

  Task<absl::StatusOr<v1::TestWebhookResponse>> Test(const rpc::Call& call, const v1::TestWebhookRequest& request);
  Task<absl::StatusOr<v1::ListDeadLettersResponse>> ListDeadLetters(const rpc::Call& call,
                                                                    const v1::ListDeadLettersRequest& request);
  Task<absl::StatusOr<v1::RedeliverDeadLettersResponse>> Redeliver(const rpc::Call& call,
                                                                   const v1::RedeliverDeadLettersRequest& request);

 private:
  WebhookRepository& webhooks_;
  DeliveryRepository& deliveries_;
  Sender& sender_;
  const PageTokens& page_tokens_;
};

}  // namespace jiebang::quota

#endif  // JIEBANG_SERVICES_QUOTA_HANDLER_WEBHOOK_DELIVERIES_H_
