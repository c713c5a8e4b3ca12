#include "services/review/service.h"

#include <optional>
#include <utility>

#include "common/resource_name/resource_name.h"

namespace jiebang::review {

std::string PartitionOf(std::string_view resource) {
  if (resource.starts_with("experts/")) return ExpertRepository::kPartition;
  const std::optional<std::string_view> programme = IdIn(resource, "programmes");
  const std::optional<std::string_view> track = IdIn(resource, "tracks");
  if (!programme || !track) return "";
  return RoundRepository::PartitionOf({.programme = std::string(*programme), .track = std::string(*track)});
}

Service::Service(Dependencies dependencies)
    : Service(dependencies, std::make_unique<QuotaOverRpc>(dependencies.quota),
              std::make_unique<ApplicationOverRpc>(dependencies.application)) {}

Service::Service(Dependencies dependencies, std::unique_ptr<QuotaPeer> quota,
                 std::unique_ptr<ApplicationPeer> application)
    : store_(dependencies.store),
      quota_(std::move(quota)),
      application_(std::move(application)),
      expert_repository_(store_),
      round_repository_(store_),
      assignment_repository_(store_),
      score_repository_(store_),
      experts_(expert_repository_, dependencies.page_tokens),
      expert_imports_(expert_repository_, dependencies.clock, {.store = &store_, .partition_of = PartitionOf}),
      rounds_(round_repository_, score_repository_, dependencies.programmes, dependencies.page_tokens, *quota_),
      assignments_(expert_repository_, round_repository_, assignment_repository_, dependencies.programmes,
                   dependencies.page_tokens, planner_),
      scores_(expert_repository_, round_repository_, assignment_repository_, score_repository_, dependencies.programmes,
              *application_),
      results_(round_repository_, assignment_repository_, score_repository_, dependencies.programmes),
      events_(store_),
      journal_service_(store_),
      refusals_(store_, dependencies.clock) {}

std::vector<rpc::ServiceMethods> Service::Methods() {
  rpc::ServiceMethods methods("jiebang.review.v1.ReviewService", {.store = &store_, .partition_of = PartitionOf},
                              &refusals_);
  experts_.Register(methods);
  expert_imports_.Register(methods);
  rounds_.Register(methods);
  assignments_.Register(methods);
  scores_.Register(methods);
  results_.Register(methods);
  events_.Register(methods);
  rpc::ServiceMethods journal("jiebang.review.v1.JournalService", {}, &refusals_);
  journal_service_.Register(journal);
  return {methods, journal};
}

std::vector<Task<void>> Service::Tasks() {
  std::vector<Task<void>> tasks;
  tasks.push_back(refusals_.Run());
  return tasks;
}

}  // namespace jiebang::review
