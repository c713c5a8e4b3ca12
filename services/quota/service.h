// The service `quota`, assembled: what it is given, the calls it answers and what it does by itself.
#ifndef JIEBANG_SERVICES_QUOTA_SERVICE_H_
#define JIEBANG_SERVICES_QUOTA_SERVICE_H_

#include <memory>
#include <string>
#include <vector>

#include "common/async/task.h"
#include "common/clock/clock.h"
#include "common/http_client/http_client.h"
#include "common/journal/events.h"
#include "common/journal/refusal_journal.h"
#include "common/journal_service/journal_service.h"
#include "common/page_token/page_token.h"
#include "common/programme/programme.h"
#include "common/rpc/client.h"
#include "common/rpc/service_methods.h"
#include "jiebang/quota/v1/journal_service.pb.h"
#include "services/quota/domain/retry_schedule.h"
#include "services/quota/handler/application_peer.h"
#include "services/quota/handler/quotas.h"
#include "services/quota/handler/recommendation_lists.h"
#include "services/quota/handler/recommendations.h"
#include "services/quota/handler/settlement.h"
#include "services/quota/handler/settler.h"
#include "services/quota/handler/units.h"
#include "services/quota/repository/list_repository.h"
#include "services/quota/repository/unit_repository.h"

namespace jiebang::quota {

// How the contract calls what happened.
struct EventMessages {
  using WatchEventsRequest = v1::WatchEventsRequest;
  using WatchEventsResponse = v1::WatchEventsResponse;
  using ListEventsRequest = v1::ListEventsRequest;
  using ListEventsResponse = v1::ListEventsResponse;
};

// The contract of the journal's service.
struct JournalMessages {
  using RecordRefusalsRequest = v1::RecordRefusalsRequest;
  using RecordRefusalsResponse = v1::RecordRefusalsResponse;
  using GetJournalHeadRequest = v1::GetJournalHeadRequest;
  using GetJournalHeadResponse = v1::GetJournalHeadResponse;
  using ProveInclusionRequest = v1::ProveInclusionRequest;
  using ProveInclusionResponse = v1::ProveInclusionResponse;
  using ProveConsistencyRequest = v1::ProveConsistencyRequest;
  using ProveConsistencyResponse = v1::ProveConsistencyResponse;
  using ListJournalEntriesRequest = v1::ListJournalEntriesRequest;
  using ListJournalEntriesResponse = v1::ListJournalEntriesResponse;
};

// What webhooks need besides. All outlive the service.
struct WebhookMeans {
  http::Client& client;
  const Clock& wall;  // the receivers' time, also where the suite rehearses
  std::string key;    // what secrets are made from: Secrets::webhook_key
  // The client reaches more than the public internet, there also by plain http and on any port.
  bool allows_plain = false;
  RetrySchedule retries = RetrySchedule::Usual();
};

// All outlive the service.
struct Dependencies {
  store::Store& store;
  const programme::Programmes& programmes;
  const PageTokens& page_tokens;
  const Clock& clock;
  rpc::Client& application;
  // Called between the commits of a step; see Reached. Nothing by default.
  Reached reached;
  const WebhookMeans* webhooks = nullptr;  // null: no webhooks
};

class Service {
 public:
  explicit Service(Dependencies dependencies);
  // With another way to `application`.
  Service(Dependencies dependencies, std::unique_ptr<ApplicationPeer> application);
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;
  ~Service();

  // Its contracts: quotas, webhooks, journal. The handlers live in the service, which outlives the server.
  std::vector<rpc::ServiceMethods> Methods();

  // Run on the server's loop until it stops.
  std::vector<Task<void>> Tasks();

  Units& units() { return units_; }
  Quotas& quotas() { return quotas_; }
  RecommendationLists& recommendation_lists() { return recommendation_lists_; }
  Recommendations& recommendations() { return recommendations_; }
  Settler& settler() { return settler_; }

 private:
  struct WebhookParts;

  store::Store& store_;
  const std::unique_ptr<ApplicationPeer> application_;
  UnitRepository unit_repository_;
  ListRepository list_repository_;
  Settlement settlement_;
  Units units_;
  Quotas quotas_;
  RecommendationLists recommendation_lists_;
  Recommendations recommendations_;
  journal::Events<EventMessages> events_;
  journal::JournalService<JournalMessages> journal_service_;
  journal::RefusalJournal refusals_;
  Settler settler_;
  std::unique_ptr<WebhookParts> webhooks_;  // null: no webhooks
};

}  // namespace jiebang::quota

#endif  // JIEBANG_SERVICES_QUOTA_SERVICE_H_
