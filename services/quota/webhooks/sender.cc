#include "services/quota/webhooks/sender.h"

#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "services/quota/domain/cloud_event.h"
#include "services/quota/domain/retry_schedule.h"
#include "services/quota/domain/webhook_signature.h"

namespace jiebang::quota {
namespace {

const char* ReasonFor(http::Trouble trouble) {
  switch (trouble) {
    case http::Trouble::kNameUnknown:
      return "NAME_UNKNOWN";
    case http::Trouble::kAddressRefused:
      return "ADDRESS_REFUSED";
    case http::Trouble::kConnectFailed:
      return "CONNECT_FAILED";
    case http::Trouble::kTlsFailed:
      return "TLS_FAILED";
    case http::Trouble::kTimedOut:
      return "TIMED_OUT";
    case http::Trouble::kAnswerMalformed:
      return "ANSWER_MALFORMED";
  }
  return "";
}

Attempt FailedFor(const char* reason, std::string detail) {
  Attempt attempt;
  attempt.failure.set_reason(reason);
  attempt.failure.set_detail(std::move(detail));
  return attempt;
}

Attempt Judged(const http::Answer& answer, absl::Time now) {
  if (answer.status >= 200 && answer.status < 300) return {.is_taken = true};
  Attempt attempt = FailedFor("HTTP_STATUS", "");
  attempt.failure.set_http_status(answer.status);
  attempt.is_gone = answer.status == 410;
  attempt.retry_after = RetryAfterOf(answer.retry_after, now);
  return attempt;
}

}  // namespace

Task<Attempt> Sender::Send(const v1::KeptWebhook& webhook, const v1::CloudEvent& event) {
  absl::StatusOr<http::Url> url = http::Url::Parse(webhook.webhook().url());
  if (!url.ok()) co_return FailedFor("URL_REFUSED", std::string(url.status().message()));
  const absl::StatusOr<WebhookName> name = WebhookName::Parse(webhook.webhook().name());
  if (!name.ok()) co_return FailedFor("URL_REFUSED", std::string(name.status().message()));
  absl::StatusOr<std::string> body = ToJson(event);
  if (!body.ok()) co_return FailedFor("EVENT_MALFORMED", std::string(body.status().message()));
  const absl::Time now = wall_.Now();
  http::Post post;
  post.headers = {
      {"content-type", "application/cloudevents+json; charset=utf-8"},
      {"webhook-id", event.id()},
      {"webhook-timestamp", absl::StrCat(absl::ToUnixSeconds(now))},
      {"webhook-signature", SignatureHeader(SigningSecrets(suite_key_, *name, webhook, now), event.id(), now, *body)}};
  post.url = *std::move(url);
  post.body = *std::move(body);
  const http::Outcome outcome = co_await client_.Send(std::move(post));
  if (const auto* const trouble = std::get_if<http::Trouble>(&outcome.result)) {
    co_return FailedFor(ReasonFor(*trouble), outcome.detail);
  }
  co_return Judged(std::get<http::Answer>(outcome.result), wall_.Now());
}

}  // namespace jiebang::quota
