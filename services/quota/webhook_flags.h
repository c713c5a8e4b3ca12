// The flags of webhooks, and what they make.
#ifndef JIEBANG_SERVICES_QUOTA_WEBHOOK_FLAGS_H_
#define JIEBANG_SERVICES_QUOTA_WEBHOOK_FLAGS_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/clock/clock.h"
#include "common/http_client/http_client.h"
#include "services/quota/service.h"

namespace CLI {
class App;
}  // namespace CLI

namespace jiebang::quota {

struct WebhookFlags {
  std::vector<std::string> allow;     // networks beside the public internet
  std::string ca_file;                // empty: the system's authorities
  std::vector<double> retry_seconds;  // empty: RetrySchedule::Usual

  // `this` outlives the parsing.
  void AddTo(CLI::App& app);
};

// What the flags say, with the client that posts. Outlives the service.
class WebhookProcess {
 public:
  // `key`: Secrets::webhook_key. INVALID_ARGUMENT for a flag that cannot be meant.
  static absl::StatusOr<std::unique_ptr<WebhookProcess>> From(const WebhookFlags& flags, std::string key);

  const WebhookMeans& means() const { return means_; }

 private:
  WebhookProcess(std::unique_ptr<http::Client> client, std::string key, bool allows_plain, RetrySchedule retries);

  const std::unique_ptr<http::Client> client_;
  const SystemClock wall_{};
  const WebhookMeans means_;
};

}  // namespace jiebang::quota

#endif  // JIEBANG_SERVICES_QUOTA_WEBHOOK_FLAGS_H_
