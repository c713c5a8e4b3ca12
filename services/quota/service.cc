#include "services/quota/service.h"

#include <string>
#include <string_view>
#include <utility>

#include "common/resource_name/resource_name.h"

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

}  // namespace

Service::Service(Dependencies dependencies)
    : Service(dependencies, std::make_unique<RpcApplicationPeer>(dependencies.application)) {}

Service::Service(Dependencies dependencies, std::unique_ptr<ApplicationPeer> application)
    : store_(dependencies.store),
      application_(std::move(application)),
      unit_repository_(store_),
      list_repository_(store_),
      settlement_(list_repository_, *application_, dependencies.clock, std::move(dependencies.reached)),
      units_(unit_repository_, dependencies.programmes, dependencies.page_tokens),
      quotas_(list_repository_, unit_repository_, dependencies.programmes),
      recommendation_lists_(list_repository_, unit_repository_, dependencies.programmes, dependencies.page_tokens),
      recommendations_(list_repository_, unit_repository_, dependencies.programmes, *application_, settlement_),
      events_(store_),
      journal_service_(store_),
      refusals_(store_, dependencies.clock),
      settler_(list_repository_, IntentionFinder(store_, unit_repository_, dependencies.programmes), settlement_) {}

std::vector<rpc::ServiceMethods> Service::Methods() {
  rpc::ServiceMethods methods("jiebang.quota.v1.QuotaService", rpc::ReplayMemory{&store_, PartitionOf}, &refusals_);
  units_.Register(methods);
  quotas_.Register(methods);
  recommendation_lists_.Register(methods);
  recommendations_.Register(methods);
  events_.Register(methods);
  rpc::ServiceMethods journal("jiebang.quota.v1.JournalService", {}, &refusals_);
  journal_service_.Register(journal);
  return {methods, journal};
}

std::vector<Task<void>> Service::Tasks() {
  std::vector<Task<void>> tasks;
  tasks.push_back(settler_.Run());
  tasks.push_back(refusals_.Run());
  return tasks;
}

}  // namespace jiebang::quota
