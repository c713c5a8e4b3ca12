#include "services/publiclist/service.h"

#include <string>
#include <string_view>
#include <utility>

#include "common/journal/events.h"
#include "common/journal/refusal_journal.h"
#include "common/journal_service/journal_service.h"
#include "common/resource_name/resource_name.h"
#include "jiebang/publiclist/v1/journal_service.pb.h"
#include "services/publiclist/handler/building.h"
#include "services/publiclist/handler/honours.h"
#include "services/publiclist/handler/imports.h"
#include "services/publiclist/handler/lists.h"
#include "services/publiclist/handler/publication.h"
#include "services/publiclist/repository/honour_repository.h"
#include "services/publiclist/repository/list_repository.h"

namespace jiebang::publiclist {
namespace {

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

// Every write is to a list, named by its name or, where it is yet to be made, by its id.
std::string PartitionOf(std::string_view resource) {
  const auto id = resource.find('/') == std::string_view::npos ? resource : IdIn(resource, "lists").value_or("");
  return id.empty() ? "" : ListRepository::PartitionOf({.id = std::string(id)});
}

}  // namespace

struct Service::Handlers {
  Handlers(const Dependencies& given, std::unique_ptr<ReviewPeer> review_peer, std::unique_ptr<QuotaPeer> quota_peer)
      : review(std::move(review_peer)),
        quota(std::move(quota_peer)),
        list_repository(given.store),
        honour_repository(given.store),
        lists(list_repository, given.page_tokens),
        builder(list_repository, given.programmes, *review, *quota),
        imports(list_repository),
        publication(list_repository, honour_repository, given.programmes),
        honours(given.store, list_repository, honour_repository, given.page_tokens),
        events(given.store),
        journal_service(given.store),
        refusals(given.store, given.clock) {}

  std::unique_ptr<ReviewPeer> review;
  std::unique_ptr<QuotaPeer> quota;
  ListRepository list_repository;
  HonourRepository honour_repository;
  Lists lists;
  ListBuilder builder;
  Imports imports;
  Publication publication;
  Honours honours;
  journal::Events<EventMessages> events;
  journal::JournalService<JournalMessages> journal_service;
  journal::RefusalJournal refusals;
};

Service::Service(Dependencies dependencies)
    : Service(dependencies, std::make_unique<RemoteReview>(dependencies.review),
              std::make_unique<RemoteQuota>(dependencies.quota)) {}

Service::Service(Dependencies dependencies, std::unique_ptr<ReviewPeer> review, std::unique_ptr<QuotaPeer> quota)
    : store_(dependencies.store),
      handlers_(std::make_unique<Handlers>(dependencies, std::move(review), std::move(quota))) {}

Service::~Service() = default;

std::vector<rpc::ServiceMethods> Service::Methods() {
  rpc::ServiceMethods methods("jiebang.publiclist.v1.PublicListService",
                              rpc::ReplayMemory{.store = &store_, .partition_of = PartitionOf}, &handlers_->refusals);
  handlers_->lists.Register(methods);
  handlers_->builder.Register(methods);
  handlers_->imports.Register(methods);
  handlers_->publication.Register(methods);
  handlers_->honours.Register(methods);
  handlers_->events.Register(methods);
  rpc::ServiceMethods journal("jiebang.publiclist.v1.JournalService", {}, &handlers_->refusals);
  handlers_->journal_service.Register(journal);
  return {methods, journal};
}

std::vector<Task<void>> Service::Tasks() {
  std::vector<Task<void>> tasks;
  tasks.push_back(handlers_->honours.Project());
  tasks.push_back(handlers_->refusals.Run());
  return tasks;
}

std::vector<std::string> Service::Projections() { return {kProjection}; }

}  // namespace jiebang::publiclist
