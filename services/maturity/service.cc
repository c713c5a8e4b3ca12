#include "services/maturity/service.h"

#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "common/journal/events.h"
#include "common/resource_name/resource_name.h"
#include "services/maturity/handler/assessments.h"
#include "services/maturity/handler/levels.h"
#include "services/maturity/handler/models.h"
#include "services/maturity/repository/assessment_repository.h"

namespace jiebang::maturity {
namespace {

// Every write is to something of an applicant: `applicants/{applicant}` or below it.
std::string PartitionOf(std::string_view resource) {
  const auto uscc = IdIn(resource, "applicants");
  return uscc ? AssessmentRepository::PartitionOf({.uscc = std::string(*uscc)}) : "";
}

}  // namespace

struct Service::Handlers {
  explicit Handlers(const Dependencies& given)
      : repository(given.store),
        assessments(repository, given.models, given.page_tokens),
        levels(repository, given.models),
        models(given.models),
        events(given.store) {}

  AssessmentRepository repository;
  Assessments assessments;
  Levels levels;
  Models models;
  journal::Events<v1::WatchEventsRequest, v1::WatchEventsResponse> events;
};

Service::Service(Dependencies dependencies)
    : store_(dependencies.store), handlers_(std::make_unique<Handlers>(dependencies)) {}

Service::~Service() = default;

rpc::ServiceMethods Service::Methods() {
  rpc::ServiceMethods methods("jiebang.maturity.v1.MaturityService",
                              rpc::ReplayMemory{.store = &store_, .partition_of = PartitionOf});
  handlers_->assessments.Register(methods);
  handlers_->levels.Register(methods);
  handlers_->models.Register(methods);
  handlers_->events.Register(methods);
  return methods;
}

std::vector<Task<void>> Service::Tasks() { return {}; }

}  // namespace jiebang::maturity
