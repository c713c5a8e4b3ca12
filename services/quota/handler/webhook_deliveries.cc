#include "services/quota/handler/webhook_deliveries.h"

#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "common/token/random.h"
#include "services/quota/domain/cloud_event.h"
#include "services/quota/domain/webhook_errors.h"

namespace jiebang::quota {
namespace {

constexpr std::size_t kTestIdBytes = 8;
constexpr int kMostAtOnce = 500;

}  // namespace

Task<absl::StatusOr<v1::TestWebhookResponse>> WebhookDeliveries::Test(const rpc::Call& call,
                                                                      const v1::TestWebhookRequest& request) {
  CO_ASSIGN_OR_RETURN(const WebhookName name, WebhookName::Parse(request.name()));
  CO_ASSIGN_OR_RETURN(const KeptWebhook webhook, co_await webhooks_.Get(name));
  const std::string id = absl::StrCat("test-", absl::BytesToHexString(token::RandomBytes(kTestIdBytes)));
  const v1::CloudEvent event = TestEvent(name.ToString(), id, call.now());
  Attempt attempt = co_await sender_.Send(webhook.value, event);
  v1::TestWebhookResponse response;
  response.set_is_delivered(attempt.is_taken);
  if (!attempt.is_taken) *response.mutable_failure() = std::move(attempt.failure);
  co_return response;
}

Task<absl::StatusOr<v1::ListDeadLettersResponse>> WebhookDeliveries::ListDeadLetters(
    const rpc::Call& /*call*/, const v1::ListDeadLettersRequest& request) {
  CO_ASSIGN_OR_RETURN(const WebhookName name, WebhookName::Parse(request.parent(), "parent"));
  CO_RETURN_IF_ERROR((co_await webhooks_.Get(name)).status());
  const std::string filters = absl::StrCat("ListDeadLetters|", request.parent());
  CO_ASSIGN_OR_RETURN(std::string after, page_tokens_.Open(request.page_token(), filters));
  CO_ASSIGN_OR_RETURN(DeliveryRepository::DeadLetterPage page,
                      co_await deliveries_.DeadLetters(name, std::move(after), PageSize(request.page_size())));
  v1::ListDeadLettersResponse response;
  for (v1::DeadLetter& letter : page.dead_letters) *response.add_dead_letters() = std::move(letter);
  if (page.more) {
    const int last = response.dead_letters_size() - 1;
    response.set_next_page_token(page_tokens_.Make(response.dead_letters(last).event().id(), filters));
  }
  co_return response;
}

Task<absl::StatusOr<v1::RedeliverDeadLettersResponse>> WebhookDeliveries::Redeliver(
    const rpc::Call& /*call*/, const v1::RedeliverDeadLettersRequest& request) {
  CO_ASSIGN_OR_RETURN(const WebhookName name, WebhookName::Parse(request.parent(), "parent"));
  CO_RETURN_IF_ERROR((co_await webhooks_.Get(name)).status());
  std::vector<DeadLetterName> asked;
  for (const std::string& each : request.names()) {
    CO_ASSIGN_OR_RETURN(DeadLetterName letter, DeadLetterName::Parse(each, "names"));
    // The policy has looked at the parent alone.
    if (letter.webhook != name) co_return DeadLetterNotFound(each);
    CO_RETURN_IF_ERROR((co_await deliveries_.GetDeadLetter(letter)).status());
    asked.push_back(std::move(letter));
  }
  if (asked.empty()) {
    CO_ASSIGN_OR_RETURN(const DeliveryRepository::DeadLetterPage all,
                        co_await deliveries_.DeadLetters(name, "", kMostAtOnce));
    for (const v1::DeadLetter& letter : all.dead_letters) asked.push_back({name, letter.event().id()});
  }
  v1::RedeliverDeadLettersResponse response;
  response.set_count(static_cast<int>(asked.size()));
  CO_RETURN_IF_ERROR(co_await deliveries_.AskRedelivery(std::move(asked)));
  co_return response;
}

void WebhookDeliveries::Register(rpc::ServiceMethods& methods) {
  methods.Add("TestWebhook", this, &WebhookDeliveries::Test);
  methods.Add("ListDeadLetters", this, &WebhookDeliveries::ListDeadLetters);
  methods.Add("RedeliverDeadLetters", this, &WebhookDeliveries::Redeliver);
}

}  // namespace jiebang::quota
