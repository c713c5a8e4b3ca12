#include "services/quota/domain/webhook_errors.h"

#include "absl/strings/str_cat.h"
#include "common/errors/error.h"

namespace jiebang::quota {

absl::Status WebhookNotFound(const std::string& webhook) {
  return Refusal{.code = absl::StatusCode::kNotFound,
                 .reason = "WEBHOOK_NOT_FOUND",
                 .en = absl::StrCat("there is no webhook ", webhook),
                 .zh = absl::StrCat("没有这个推送地址：", webhook),
                 .metadata = {{"webhook", webhook}}}
      .ToStatus();
}

absl::Status WebhookExists(const std::string& webhook) {
  return Refusal{.code = absl::StatusCode::kAlreadyExists,
                 .reason = "WEBHOOK_EXISTS",
                 .en = absl::StrCat(webhook, " exists already"),
                 .zh = absl::StrCat("推送地址已存在：", webhook),
                 .metadata = {{"webhook", webhook}}}
      .ToStatus();
}

absl::Status TooManyWebhooks(const std::string& unit, int most) {
  return Refusal{.code = absl::StatusCode::kResourceExhausted,
                 .reason = "TOO_MANY_WEBHOOKS",
                 .en = absl::StrCat(unit, " has ", most, " webhooks, the most that a unit may have; delete one first"),
                 .zh = absl::StrCat(unit, " 已有 ", most, " 个推送地址，达到上限；请先删除一个"),
                 .quotas = {{unit, absl::StrCat("at most ", most, " webhooks")}}}
      .ToStatus();
}

absl::Status WebhookNameMalformed() {
  return MalformedField("webhook_id", "want 1 to 40 of a-z0-9-, no hyphen at either end",
                        "须为 1 至 40 位 a-z0-9-，首尾不得为连字符", "WEBHOOK_NAME_MALFORMED");
}

absl::Status WebhookUrlRefused(const std::string& why) {
  return MalformedField("webhook.url", absl::StrCat("cannot be posted to: ", why),
                        absl::StrCat("不能向该地址推送：", why), "WEBHOOK_URL_REFUSED");
}

absl::Status WebhookStateRefused() {
  return MalformedField("webhook.state", "want STATE_ACTIVE or STATE_PAUSED", "须为 STATE_ACTIVE 或 STATE_PAUSED",
                        "WEBHOOK_STATE_REFUSED");
}

absl::Status DeadLetterNotFound(const std::string& dead_letter) {
  return Refusal{.code = absl::StatusCode::kNotFound,
                 .reason = "DEAD_LETTER_NOT_FOUND",
                 .en = absl::StrCat("there is no dead letter ", dead_letter),
                 .zh = absl::StrCat("没有这条未送达事件：", dead_letter),
                 .metadata = {{"dead_letter", dead_letter}}}
      .ToStatus();
}

}  // namespace jiebang::quota
