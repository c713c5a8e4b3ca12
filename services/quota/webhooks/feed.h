// What happened, as a unit may see it.
#ifndef JIEBANG_SERVICES_QUOTA_WEBHOOKS_FEED_H_
#define JIEBANG_SERVICES_QUOTA_WEBHOOKS_FEED_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "common/rpc/call.h"
#include "common/rpc/client.h"
#include "jiebang/journal/v1/event.pb.h"
#include "jiebang/quota/v1/quota_service.pb.h"
#include "services/quota/domain/webhook_name.h"

namespace jiebang::quota {

// A place in a service's events; the empty token with `from_now`: where they end.
struct FeedQuery {
  std::string service;
  std::string resume_token;
  bool from_now = false;
};

struct FeedPage {
  std::vector<journal::v1::Entry> entries;
  std::string resume_token;
};

class Feed {
 public:
  virtual ~Feed() = default;

  // Up to 100 events behind the place. Errors as ListEvents has them.
  virtual Task<absl::StatusOr<FeedPage>> Read(WebhookName webhook, FeedQuery query) = 0;
};

// Asks the services over their contracts as the webhook's unit, so that exactly what WatchEvents would show the unit is
// seen, by the same code.
class ServiceFeed final : public Feed {
 public:
  // This service's own ListEvents.
  using Own = std::function<Task<absl::StatusOr<v1::ListEventsResponse>>(const rpc::Call& call,
                                                                         const v1::ListEventsRequest& request)>;

  // `application` outlives it.
  ServiceFeed(const rpc::Client& application, Own own) : application_(application), own_(std::move(own)) {}

  Task<absl::StatusOr<FeedPage>> Read(WebhookName webhook, FeedQuery query) override;

 private:
  const rpc::Client& application_;
  const Own own_;
};

}  // namespace jiebang::quota

#endif  // JIEBANG_SERVICES_QUOTA_WEBHOOKS_FEED_H_
