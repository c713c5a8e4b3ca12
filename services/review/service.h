// The review service, assembled.
#ifndef JIEBANG_SERVICES_REVIEW_SERVICE_H_
#define JIEBANG_SERVICES_REVIEW_SERVICE_H_

#include <memory>
#include <string>
#include <string_view>
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
#include "jiebang/review/v1/journal_service.pb.h"
#include "services/review/handler/application_peer.h"
#include "services/review/handler/assignments.h"
#include "services/review/handler/expert_imports.h"
#include "services/review/handler/experts.h"
#include "services/review/handler/planner.h"
#include "services/review/handler/quota_peer.h"
#include "services/review/handler/results.h"
#include "services/review/handler/rounds.h"
#include "services/review/handler/scores.h"

namespace jiebang::review {

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

// All of it outlives the service.
struct Dependencies {
  store::Store& store;
  const programme::Programmes& programmes;
  const PageTokens& page_tokens;
  const Clock& clock;
  const rpc::Client& quota;
  const rpc::Client& application;
};

// The partition that a write to the resource commits to, by its name.
std::string PartitionOf(std::string_view resource);

class Service {
 public:
  explicit Service(Dependencies dependencies);
  // With other ways to the peers.
  Service(Dependencies dependencies, std::unique_ptr<QuotaPeer> quota, std::unique_ptr<ApplicationPeer> application);
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  // Its two contracts: reviews, journal. The handlers live in the service, which outlives the server.
  std::vector<rpc::ServiceMethods> Methods();

  // The journal of refusals alone: whatever this service begins, one commit ends, and what was only prepared before a
  // crash concerns nobody.
  std::vector<Task<void>> Tasks();

 private:
  store::Store& store_;
  const std::unique_ptr<QuotaPeer> quota_;
  const std::unique_ptr<ApplicationPeer> application_;
  Planner planner_;
  ExpertRepository expert_repository_;
  RoundRepository round_repository_;
  AssignmentRepository assignment_repository_;
  ScoreRepository score_repository_;
  Experts experts_;
  ExpertImports expert_imports_;
  Rounds rounds_;
  Assignments assignments_;
  Scores scores_;
  Results results_;
  journal::Events<EventMessages> events_;
  journal::JournalService<JournalMessages> journal_service_;
  journal::RefusalJournal refusals_;
};

}  // namespace jiebang::review

#endif  // JIEBANG_SERVICES_REVIEW_SERVICE_H_
