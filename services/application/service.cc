#include "services/application/service.h"

#include <utility>

#include "services/application/handler/rpc_peers.h"
#include "services/application/handler/visibility.h"
#include "services/application/repository/keys.h"

namespace jiebang::application {

Service::Service(Dependencies dependencies)
    : Service(dependencies, {.maturity = std::make_unique<RpcMaturityPeer>(dependencies.maturity),
                             .honours = std::make_unique<RpcHonourPeer>(dependencies.publiclist),
                             .units = std::make_unique<RpcUnitPeer>(dependencies.quota)}) {}

Service::Service(Dependencies dependencies, OwnedPeers peers)
    : store_(dependencies.store),
      applicant_repository_(store_),
      application_repository_(store_),
      export_repository_(store_),
      listing_(store_),
      peers_(std::move(peers)),
      inquiry_({.maturity = *peers_.maturity, .honours = *peers_.honours, .units = *peers_.units}),
      examination_(application_repository_, inquiry_),
      programmes_(dependencies.programmes),
      applicants_(applicant_repository_),
      applications_(application_repository_, applicant_repository_, listing_, dependencies.programmes,
                    dependencies.page_tokens),
      filings_(application_repository_, applicant_repository_, examination_, dependencies.programmes),
      imports_({.applications = application_repository_,
                .applicants = applicant_repository_,
                .examination = examination_,
                .units = *peers_.units,
                .programmes = dependencies.programmes,
                .clock = dependencies.clock,
                .replays = {&store_, keys::PartitionOf}}),
      holds_(application_repository_),
      exports_(export_repository_, dependencies.programmes),
      exporter_(export_repository_, listing_, dependencies.clock),
      events_(store_, SeesEvent),
      journal_service_(store_),
      refusals_(store_, dependencies.clock) {}

std::vector<rpc::ServiceMethods> Service::Methods() {
  rpc::ServiceMethods methods("jiebang.application.v1.ApplicationService", {&store_, keys::PartitionOf}, &refusals_);
  programmes_.Register(methods);
  applicants_.Register(methods);
  applications_.Register(methods);
  filings_.Register(methods);
  imports_.Register(methods);
  holds_.Register(methods);
  events_.Register(methods);
  rpc::ServiceMethods exports("jiebang.application.v1.ExportService", {}, &refusals_);
  exports_.Register(exports);
  rpc::ServiceMethods journal("jiebang.application.v1.JournalService", {}, &refusals_);
  journal_service_.Register(journal);
  return {methods, exports, journal};
}

std::vector<Task<void>> Service::Tasks() {
  std::vector<Task<void>> tasks;
  tasks.push_back(exporter_.Run());
  tasks.push_back(refusals_.Run());
  return tasks;
}

}  // namespace jiebang::application
