// A review service over SQLite with peers that the test plays, called through the checks that run before every handler;
// for tests.
#ifndef JIEBANG_SERVICES_REVIEW_BENCH_FOR_TEST_H_
#define JIEBANG_SERVICES_REVIEW_BENCH_FOR_TEST_H_

#include <atomic>
#include <filesystem>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/testing/method_caller.h"
#include "common/testing/mortal_store.h"
#include "common/testing/temporary_directory.h"
#include "common/token/principal_seal.h"
#include "google/protobuf/text_format.h"
#include "services/review/service.h"

namespace jiebang::review {

inline constexpr char kTrack[] = "programmes/p/tracks/factory";
inline constexpr char kRound[] = "programmes/p/tracks/factory/rounds/r";

// Three experts an application, two scores are enough; two criteria of half the weight.
inline constexpr char kProgramme[] = R"pb(
  id: "p"
  tracks { id: "factory" }
  tracks { id: "supply-chain" extends: "factory" }
  tracks { id: "zone" described_only: true }
  stages {
    id: "online-review"
    tracks: "factory"
    rubric: "sheet"
    panel {
      clause { document: "联〔2023〕212号" section: "三（八）" }
      size: 3
      quorum: 2
    }
    passing { least_score_hundredths: 1000 }
  }
  stages { id: "decision" }
  rubrics {
    id: "sheet"
    max_points: 100
    criteria { id: "a" weight_percent: 50 }
    criteria { id: "b" weight_percent: 50 }
    aggregation { method: AGGREGATION_METHOD_MEAN }
    tie_keys { unit_rank: true }
  }
)pb";

// `quota` and `application` as far as this service asks them.
struct Peers {
  std::vector<quota::v1::RecommendationList> lists;
  absl::Status quota_fault;
  absl::Status application_fault;
  std::string content_digest = "d";
  // As filed; empty: as recommended.
  std::string filed_display_name;
};

class PlayedQuota : public QuotaPeer {
 public:
  explicit PlayedQuota(Peers& peers) : peers_(peers) {}
  Task<absl::StatusOr<std::vector<quota::v1::RecommendationList>>> LockedLists(const rpc::Call& /*call*/,
                                                                               TrackName /*track*/) override {
    if (!peers_.quota_fault.ok()) co_return peers_.quota_fault;
    co_return peers_.lists;
  }

 private:
  Peers& peers_;
};

class PlayedApplication : public ApplicationPeer {
 public:
  explicit PlayedApplication(Peers& peers) : peers_(peers) {}
  Task<absl::StatusOr<application::v1::Revision>> GetRevision(const rpc::Call& /*call*/, std::string application,
                                                              int revision) override {
    if (!peers_.application_fault.ok()) co_return peers_.application_fault;
    application::v1::Revision filed;
    filed.set_name(absl::StrCat(application, "/revisions/", revision));
    filed.set_content_digest(peers_.content_digest);
    filed.mutable_application()->set_name(application);
    filed.mutable_application()->mutable_applicant()->set_display_name(peers_.filed_display_name);
    filed.mutable_application()->mutable_applicant()->set_contact_name("李四");
    filed.mutable_application()->mutable_applicant()->set_contact_phone("025-88888888");
    filed.mutable_application()->add_declarations()->set_declared_by("王五");
    filed.mutable_application()->mutable_declarations(0)->set_rule("truth");
    co_return filed;
  }

 private:
  Peers& peers_;
};

// What all processes of a test share: the stored data, the time, the programme and the peers.
struct World {
  // `open`: the engine, which only a test may name.
  explicit World(const std::function<std::unique_ptr<store::Store>(const std::filesystem::path&)>& open)
      : store(open(directory.path() / "review.db")) {
    programme::v1::Programme programme;
    google::protobuf::TextFormat::ParseFromString(kProgramme, &programme);
    programmes = programme::Programmes({std::make_shared<programme::Programme>(programme)});
  }

  TemporaryDirectory directory;
  std::unique_ptr<store::Store> store;
  FixedClock clock{absl::FromUnixSeconds(1'693'800'000)};
  programme::Programmes programmes;
  PageTokens page_tokens{std::string(32, 'p')};
  token::PrincipalSeal seal = *token::PrincipalSeal::FromKey(std::string(32, 's'));
  Peers peers;
};

inline identity::v1::Principal As(options::v1::Role role, const std::string& expert = "") {
  identity::v1::Principal principal;
  principal.set_subject(absl::StrCat("caller-", expert));
  principal.add_roles(role);
  principal.set_expert(expert);
  return principal;
}

// One process that serves.
class Process {
 public:
  explicit Process(World& world)
      : store_(*world.store),
        client_("review", world.seal),
        service_({.store = store_,
                  .programmes = world.programmes,
                  .page_tokens = world.page_tokens,
                  .clock = world.clock,
                  .quota = client_,
                  .application = client_},
                 std::make_unique<PlayedQuota>(world.peers), std::make_unique<PlayedApplication>(world.peers)),
        methods_(service_.Methods().front(), world.clock, world.seal) {}

  MortalStore& store() { return store_; }

  // As a client calls.
  template <class Response>
  absl::StatusOr<Response> Ask(const std::string& method, const identity::v1::Principal& caller,
                               const google::protobuf::Message& request) {
    return methods_.Ask<Response>(method, caller, request);
  }
  // A stream of requests with its answers.
  template <class Response, class Request>
  Exchanged<Response> Exchange(const std::string& method, const identity::v1::Principal& caller,
                               const std::vector<Request>& requests) {
    return methods_.Exchange<Response>(method, caller, requests);
  }

 private:
  MortalStore store_;
  rpc::Client client_;
  Service service_;
  MethodCaller methods_;
};

// The calls of the tests in few words.
class Ministry {
 public:
  explicit Ministry(Process& process) : process_(process) {}

  absl::StatusOr<v1::CreateExpertResponse> CreateExpert(const std::string& id, const std::string& unit = "") {
    v1::CreateExpertRequest request;
    request.mutable_expert()->set_name("experts/" + id);
    request.mutable_expert()->set_display_name(id);
    request.mutable_expert()->set_employer("大学" + id);
    request.mutable_expert()->set_unit(unit);
    request.mutable_expert()->add_industry_codes("36");
    return process_.Ask<v1::CreateExpertResponse>("CreateExpert", Self(), request);
  }
  absl::StatusOr<v1::CreateRoundResponse> CreateRound(const std::string& request_id = "", const std::string& id = "r") {
    v1::CreateRoundRequest request;
    request.set_parent(kTrack);
    request.set_round_id(id);
    request.set_stage("online-review");
    request.set_request_id(request_id);
    return process_.Ask<v1::CreateRoundResponse>("CreateRound", Self(), request);
  }
  absl::StatusOr<v1::GetRoundResponse> GetRound() {
    v1::GetRoundRequest request;
    request.set_name(kRound);
    return process_.Ask<v1::GetRoundResponse>("GetRound", Self(), request);
  }
  absl::StatusOr<v1::PlanAssignmentResponse> Plan() {
    v1::PlanAssignmentRequest request;
    request.set_name(kRound);
    return process_.Ask<v1::PlanAssignmentResponse>("PlanAssignment", Self(), request);
  }
  absl::StatusOr<v1::CommitAssignmentResponse> Commit(const std::string& digest, const std::string& request_id = "") {
    v1::CommitAssignmentRequest request;
    request.set_name(kRound);
    request.set_plan_digest(digest);
    request.set_request_id(request_id);
    return process_.Ask<v1::CommitAssignmentResponse>("CommitAssignment", Self(), request);
  }
  absl::StatusOr<v1::CommitAssignmentResponse> PlanAndCommit() {
    absl::StatusOr<v1::PlanAssignmentResponse> planned = Plan();
    if (!planned.ok()) return planned.status();
    return Commit(planned->plan().digest());
  }
  absl::StatusOr<v1::RankRoundResponse> Rank(const std::string& request_id = "") {
    v1::RankRoundRequest request;
    request.set_name(kRound);
    request.set_request_id(request_id);
    return process_.Ask<v1::RankRoundResponse>("RankRound", Self(), request);
  }
  absl::StatusOr<v1::DecideRoundResponse> Decide(int select_count, const std::string& request_id = "") {
    v1::DecideRoundRequest request;
    request.set_name(kRound);
    request.set_select_count(select_count);
    request.set_request_id(request_id);
    return process_.Ask<v1::DecideRoundResponse>("DecideRound", Self(), request);
  }
  // All pages.
  std::vector<v1::Candidate> Candidates(v1::Candidate::Decision decision = v1::Candidate::DECISION_UNSPECIFIED,
                                        int page_size = 200) {
    std::vector<v1::Candidate> candidates;
    v1::ListCandidatesRequest request;
    request.set_parent(kRound);
    request.set_page_size(page_size);
    request.set_decision(decision);
    do {
      const auto page = process_.Ask<v1::ListCandidatesResponse>("ListCandidates", Self(), request);
      if (!page.ok()) return candidates;
      candidates.insert(candidates.end(), page->candidates().begin(), page->candidates().end());
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    return candidates;
  }
  std::vector<v1::Assignment> Assignments(const std::string& expert = "-", int page_size = 200) {
    std::vector<v1::Assignment> assignments;
    v1::ListAssignmentsRequest request;
    request.set_parent(absl::StrCat(kRound, "/experts/", expert));
    request.set_page_size(page_size);
    do {
      const auto page = process_.Ask<v1::ListAssignmentsResponse>("ListAssignments", Self(), request);
      if (!page.ok()) return assignments;
      assignments.insert(assignments.end(), page->assignments().begin(), page->assignments().end());
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    return assignments;
  }

 private:
  static identity::v1::Principal Self() { return As(options::v1::ROLE_MINISTRY); }

  Process& process_;
};

// As the assignment's own expert.
inline absl::StatusOr<v1::SubmitScoreResponse> SubmitScore(Process& process, const v1::Assignment& assignment, int a,
                                                           int b, const std::string& request_id = "") {
  v1::SubmitScoreRequest request;
  request.set_name(assignment.name());
  request.set_request_id(request_id);
  v1::CriterionScore* const on_a = request.mutable_score()->add_criteria();
  on_a->set_criterion("a");
  on_a->set_points(a);
  v1::CriterionScore* const on_b = request.mutable_score()->add_criteria();
  on_b->set_criterion("b");
  on_b->set_points(b);
  const auto name = AssignmentName::Parse(assignment.name());
  return process.Ask<v1::SubmitScoreResponse>(
      "SubmitScore", As(options::v1::ROLE_EXPERT, name.ok() ? name->reviewer.expert : ""), request);
}

// A locked list of so many recommendations.
inline quota::v1::RecommendationList LockedList(const std::string& unit, int recommendations) {
  quota::v1::RecommendationList list;
  list.set_name(absl::StrCat("programmes/p/units/", unit, "/tracks/factory/recommendationList"));
  list.set_state(quota::v1::RecommendationList::STATE_LOCKED);
  for (int rank = 1; rank <= recommendations; ++rank) {
    quota::v1::Recommendation& one = *list.add_recommendations();
    one.set_application(
        absl::StrCat("programmes/p/units/", unit, "/applicants/USCC-", unit, "-", rank, "/applications/a"));
    one.set_revision(1);
    one.set_content_digest("d");
    one.set_rank(rank);
    one.set_applicant_display_name(absl::StrCat("企业", unit, "-", rank));
    one.set_title(absl::StrCat("项目", unit, "-", rank));
    one.set_industry_code("3670");
    one.set_state(quota::v1::Recommendation::STATE_HELD);
  }
  return list;
}

}  // namespace jiebang::review

#endif  // JIEBANG_SERVICES_REVIEW_BENCH_FOR_TEST_H_
