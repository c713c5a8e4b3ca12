#include "services/quota/service.h"

#include <string>
#include <string_view>
#include <utility>

#include "common/resource_name/resource_name.h"
#include "services/quota/handler/webhook_deliveries.h"
#include "services/quota/handler/webhooks.h"
#include "services/quota/webhooks/dispatcher.h"

namespace jiebang::quota {
namespace {

// What a write to this resource commits to: units stand together, lists with their unit.
std::string PartitionOf(std::string_view resource) {
  const auto programme = IdIn(resource, "programmes");
  const auto unit = IdIn(resource, "units");
  if (!unit) return "";
  return programme ? ListRepository::PartitionOf(std::string(*programme), std::string(*unit))
                   : UnitRepository::kPartition;
}

std::string WebhookPartition(std::string_view /*resource*/) { return WebhookRepository::Partition(); }

}  // namespace

struct Service::WebhookParts {
  WebhookParts(Service& service, const Dependencies& given)
      : webhooks(given.store),
        deliveries(given.store),
        sender(given.webhooks->client, given.webhooks->wall, given.webhooks->key),
        feed(given.application,
             [&service](const rpc::Call& call, const v1::ListEventsRequest& request) {
               return service.events_.List(call, request);
             }),
        calls({.webhooks = webhooks,
               .deliveries = deliveries,
               .units = service.unit_repository_,
               .feed = feed,
               .wall = given.webhooks->wall,
               .suite_key = given.webhooks->key,
               .allows_plain = given.webhooks->allows_plain}),
        delivery_calls(webhooks, deliveries, sender, given.page_tokens),
        dispatcher({.feed = feed,
                    .sender = sender,
                    .webhooks = webhooks,
                    .deliveries = deliveries,
                    .clock = given.clock,
                    .wall = given.webhooks->wall,
                    .retries = given.webhooks->retries,
                    .reached = given.reached ? given.reached : Reached([](std::string_view) {})}) {}

  WebhookRepository webhooks;
  DeliveryRepository deliveries;
  Sender sender;
  ServiceFeed feed;
  Webhooks calls;
  WebhookDeliveries delivery_calls;
  Dispatcher dispatcher;
};

Service::~Service() = default;

Service::Service(Dependencies dependencies)
    : Service(dependencies, std::make_unique<RpcApplicationPeer>(dependencies.application)) {}

Service::Service(Dependencies dependencies, std::unique_ptr<ApplicationPeer> application)
    : store_(dependencies.store),
      application_(std::move(application)),
      unit_repository_(store_),
      list_repository_(store_),
      settlement_(list_repository_, *application_, dependencies.clock, dependencies.reached),
      units_(unit_repository_, dependencies.programmes, dependencies.page_tokens),
      quotas_(list_repository_, unit_repository_, dependencies.programmes),
      recommendation_lists_(list_repository_, unit_repository_, dependencies.programmes, dependencies.page_tokens),
      recommendations_(list_repository_, unit_repository_, dependencies.programmes, *application_, settlement_),
      events_(store_),
      journal_service_(store_),
      refusals_(store_, dependencies.clock),
      settler_(list_repository_, IntentionFinder(store_, unit_repository_, dependencies.programmes), settlement_) {
  if (dependencies.webhooks != nullptr) webhooks_ = std::make_unique<WebhookParts>(*this, dependencies);
}

std::vector<rpc::ServiceMethods> Service::Methods() {
  rpc::ServiceMethods methods("jiebang.quota.v1.QuotaService", rpc::ReplayMemory{&store_, PartitionOf}, &refusals_);
  units_.Register(methods);
  quotas_.Register(methods);
  recommendation_lists_.Register(methods);
  recommendations_.Register(methods);
  events_.Register(methods);
  rpc::ServiceMethods journal("jiebang.quota.v1.JournalService", {}, &refusals_);
  journal_service_.Register(journal);
  if (webhooks_ == nullptr) return {methods, journal};
  rpc::ServiceMethods webhooks("jiebang.quota.v1.WebhookService", rpc::ReplayMemory{&store_, WebhookPartition},
                               &refusals_);
  webhooks_->calls.Register(webhooks);
  webhooks_->delivery_calls.Register(webhooks);
  return {methods, webhooks, journal};
}

std::vector<Task<void>> Service::Tasks() {
  std::vector<Task<void>> tasks;
  tasks.push_back(settler_.Run());
  tasks.push_back(refusals_.Run());
  if (webhooks_ != nullptr) tasks.push_back(webhooks_->dispatcher.Run());
  return tasks;
}

}  // namespace jiebang::quota
