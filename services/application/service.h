// The application service, assembled: programmes, applicants, applications and their revisions.
#ifndef JIEBANG_SERVICES_APPLICATION_SERVICE_H_
#define JIEBANG_SERVICES_APPLICATION_SERVICE_H_

#include <memory>
#include <vector>

#include "common/async/task.h"
#include "common/clock/clock.h"
#include "common/journal/events.h"
#include "common/journal/refusal_journal.h"
#include "common/journal_service/journal_service.h"
#include "common/page_token/page_token.h"
#include "common/programme/programme.h"
#include "common/rpc/client.h"
#include "common/rpc/service_methods.h"
#include "jiebang/application/v1/journal_service.pb.h"
#include "services/application/handler/applicants.h"
#include "services/application/handler/applications.h"
#include "services/application/handler/examination.h"
#include "services/application/handler/exporter.h"
#include "services/application/handler/exports.h"
#include "services/application/handler/filings.h"
#include "services/application/handler/holds.h"
#include "services/application/handler/imports.h"
#include "services/application/handler/inquiry.h"
#include "services/application/handler/peers.h"
#include "services/application/handler/programmes.h"
#include "services/application/repository/applicant_repository.h"
#include "services/application/repository/application_listing.h"
#include "services/application/repository/application_repository.h"
#include "services/application/repository/export_repository.h"

namespace jiebang::application {

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

// Everything outlives the service.
struct Dependencies {
  store::Store& store;
  const programme::Programmes& programmes;
  const PageTokens& page_tokens;
  const Clock& clock;
  rpc::Client& quota;
  rpc::Client& maturity;
  rpc::Client& publiclist;
};

struct OwnedPeers {
  std::unique_ptr<MaturityPeer> maturity;
  std::unique_ptr<HonourPeer> honours;
  std::unique_ptr<UnitPeer> units;
};

class Service {
 public:
  explicit Service(Dependencies dependencies);
  // With peers that a test plays.
  Service(Dependencies dependencies, OwnedPeers peers);
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  // Its three contracts: applications, exports, journal. The service outlives them.
  std::vector<rpc::ServiceMethods> Methods();

  // What runs beside the calls: the writer of exports, the journal of refusals.
  std::vector<Task<void>> Tasks();

  Exporter& exporter() { return exporter_; }

 private:
  store::Store& store_;

  ApplicantRepository applicant_repository_;
  ApplicationRepository application_repository_;
  ExportRepository export_repository_;
  ApplicationListing listing_;

  OwnedPeers peers_;
  Inquiry inquiry_;
  Examination examination_;

  ProgrammeFiles programmes_;
  Applicants applicants_;
  Applications applications_;
  Filings filings_;
  Imports imports_;
  Holds holds_;
  Exports exports_;
  Exporter exporter_;
  journal::Events<EventMessages> events_;
  journal::JournalService<JournalMessages> journal_service_;
  journal::RefusalJournal refusals_;
};

}  // namespace jiebang::application

#endif  // JIEBANG_SERVICES_APPLICATION_SERVICE_H_
