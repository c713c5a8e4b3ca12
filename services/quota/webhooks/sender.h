// One attempt to deliver one event to one webhook.
#ifndef JIEBANG_SERVICES_QUOTA_WEBHOOKS_SENDER_H_
#define JIEBANG_SERVICES_QUOTA_WEBHOOKS_SENDER_H_

#include <string>

#include "absl/time/time.h"
#include "common/async/task.h"
#include "common/clock/clock.h"
#include "common/http_client/http_client.h"
#include "jiebang/quota/v1/webhook.pb.h"

namespace jiebang::quota {

struct Attempt {
  bool is_taken = false;        // an answer 2xx
  v1::DeliveryFailure failure;  // otherwise
  bool is_gone = false;         // an answer 410: the receiver wants no more
  absl::Duration retry_after;   // as the receiver asked
};

class Sender {
 public:
  // All outlive it. `wall`: the time that receivers know, also where the suite rehearses. `suite_key`: Secrets'.
  Sender(http::Client& client, const Clock& wall, std::string suite_key)
      : client_(client), wall_(wall), suite_key_(std::move(suite_key)) {}

  Task<Attempt> Send(const v1::KeptWebhook& webhook, const v1::CloudEvent& event);

  const std::string& suite_key() const { return suite_key_; }

 private:
  http::Client& client_;
  const Clock& wall_;
  const std::string suite_key_;
};

}  // namespace jiebang::quota

#endif  // JIEBANG_SERVICES_QUOTA_WEBHOOKS_SENDER_H_
