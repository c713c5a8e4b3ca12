#include "services/maturity/service.h"

#include <string>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/async/thread_executor.h"
#include "common/journal/events.h"
#include "common/journal/refusal_journal.h"
#include "common/journal_service/journal_service.h"
#include "common/resource_name/resource_name.h"
#include "jiebang/maturity/v1/journal_service.pb.h"
#include "services/maturity/handler/answering.h"
#include "services/maturity/handler/assessments.h"
#include "services/maturity/handler/attachments.h"
#include "services/maturity/handler/benchmarks.h"
#include "services/maturity/handler/drafts.h"
#include "services/maturity/handler/insights.h"
#include "services/maturity/handler/kpis.h"
#include "services/maturity/handler/levels.h"
#include "services/maturity/handler/models.h"
#include "services/maturity/handler/objects.h"
#include "services/maturity/handler/projection.h"
#include "services/maturity/handler/verifications.h"

namespace jiebang::maturity {
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

// Every write is to something of an applicant: `applicants/{applicant}` or below it.
std::string PartitionOf(std::string_view resource) {
  const auto uscc = IdIn(resource, "applicants");
  return uscc ? AssessmentRepository::PartitionOf({.uscc = std::string(*uscc)}) : "";
}

}  // namespace

struct Service::Handlers {
  explicit Handlers(const Dependencies& given)
      : catalogue{.models = given.models, .programmes = given.programmes, .references = given.references},
        assessment_repository(given.store),
        evidence_repository(given.store),
        kpi_repository(given.store),
        object_repository(given.store),
        peer_repository(given.store),
        answering(assessment_repository, evidence_repository, catalogue),
        assessments(assessment_repository, object_repository, evidence_repository, catalogue, given.page_tokens),
        attachments(assessment_repository, evidence_repository),
        benchmarks(assessment_repository, kpi_repository, peer_repository, catalogue),
        insights(assessment_repository, evidence_repository, object_repository, catalogue, printer),
        kpis(kpi_repository, object_repository, catalogue),
        levels(assessment_repository, catalogue),
        models(catalogue),
        objects(object_repository, assessment_repository, evidence_repository, peer_repository, catalogue,
                given.page_tokens),
        verifications(assessment_repository, evidence_repository, catalogue),
        projection(given.store, assessment_repository, kpi_repository, object_repository, peer_repository, catalogue),
        events(given.store, SeesEvent),
        journal_service(given.store),
        refusals(given.store, given.clock) {}

  const Catalogue catalogue;
  const AssessmentRepository assessment_repository;
  const EvidenceRepository evidence_repository;
  const KpiRepository kpi_repository;
  const ObjectRepository object_repository;
  const PeerRepository peer_repository;
  ThreadExecutor printer;  // reports are drawn here, one after another
  Answering answering;
  Assessments assessments;
  Attachments attachments;
  Benchmarks benchmarks;
  Insights insights;
  Kpis kpis;
  Levels levels;
  Models models;
  Objects objects;
  Verifications verifications;
  Projection projection;
  journal::Events<EventMessages> events;
  journal::JournalService<JournalMessages> journal_service;
  journal::RefusalJournal refusals;
};

Service::Service(Dependencies dependencies)
    : store_(dependencies.store), handlers_(std::make_unique<Handlers>(dependencies)) {}

Service::~Service() = default;

std::vector<rpc::ServiceMethods> Service::Methods() {
  const auto contract = [this](const char* name) {
    return rpc::ServiceMethods(absl::StrCat("jiebang.maturity.v1.", name),
                               rpc::ReplayMemory{.store = &store_, .partition_of = PartitionOf}, &handlers_->refusals);
  };
  rpc::ServiceMethods maturity = contract("MaturityService");
  rpc::ServiceMethods objects = contract("ObjectService");
  rpc::ServiceMethods insights = contract("InsightService");
  rpc::ServiceMethods kpis = contract("KpiService");
  rpc::ServiceMethods journal = contract("JournalService");
  handlers_->answering.Register(maturity);
  handlers_->assessments.Register(maturity);
  handlers_->attachments.Register(maturity);
  handlers_->levels.Register(maturity);
  handlers_->models.Register(maturity);
  handlers_->events.Register(maturity);
  handlers_->objects.Register(objects);
  handlers_->insights.Register(insights);
  handlers_->verifications.Register(insights);
  handlers_->kpis.Register(kpis);
  handlers_->benchmarks.Register(insights, kpis);
  handlers_->journal_service.Register(journal);
  std::vector<rpc::ServiceMethods> methods;
  for (rpc::ServiceMethods* const one : {&maturity, &objects, &insights, &kpis, &journal}) {
    methods.push_back(std::move(*one));
  }
  return methods;
}

std::vector<Task<void>> Service::Tasks() {
  std::vector<Task<void>> tasks;
  tasks.push_back(handlers_->projection.Run());
  tasks.push_back(handlers_->refusals.Run());
  return tasks;
}

std::vector<std::string> Service::Projections() { return {kProjection}; }

}  // namespace jiebang::maturity
