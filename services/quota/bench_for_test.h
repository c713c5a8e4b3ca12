// A quota service over SQLite with an `application` that the test plays, called through the checks that run before
// every handler; for tests.
#ifndef JIEBANG_SERVICES_QUOTA_BENCH_FOR_TEST_H_
#define JIEBANG_SERVICES_QUOTA_BENCH_FOR_TEST_H_

#include <atomic>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "common/errors/error.h"
#include "common/testing/method_caller.h"
#include "common/testing/mortal_store.h"
#include "common/testing/temporary_directory.h"
#include "common/token/principal_seal.h"
#include "services/quota/domain/list_name.h"
#include "services/quota/domain/notices_for_test.h"
#include "services/quota/service.h"

namespace jiebang::quota {

// `application` as its contract has it, as far as holds go. Thread-safe.
class FakeApplication {
 public:
  // What happens to a hold or release that is asked for.
  enum class Fault { kNone, kRequestLost, kAnswerLost };
  using Faults = std::function<Fault()>;

  void File(const std::string& name, const std::string& track) {
    absl::MutexLock lock(&mutex_);
    application::v1::Application& application = applications_[name];
    application.set_name(name);
    application.set_track(track);
    application.set_title(absl::StrCat("project ", name.substr(name.rfind('/') + 1)));
    application.set_state(application::v1::Application::STATE_SUBMITTED);
    application.set_revision(application.revision() + 1);
    application.set_content_digest("d");
  }
  void SetState(const std::string& name, application::v1::Application::State state) {
    absl::MutexLock lock(&mutex_);
    applications_[name].set_state(state);
  }
  void SetHeldBy(const std::string& name, const std::string& holder) {
    absl::MutexLock lock(&mutex_);
    applications_[name].set_held_by(holder);
  }
  void SetFaults(Faults faults) {
    absl::MutexLock lock(&mutex_);
    faults_ = std::move(faults);
  }
  std::map<std::string, std::string> Holders() const {
    absl::MutexLock lock(&mutex_);
    std::map<std::string, std::string> holders;
    for (const auto& [name, application] : applications_) {
      if (!application.held_by().empty()) holders[name] = application.held_by();
    }
    return holders;
  }

  absl::StatusOr<application::v1::Application> Get(const std::string& name) const {
    absl::MutexLock lock(&mutex_);
    const auto found = applications_.find(name);
    if (found == applications_.end()) return absl::NotFoundError("no such application");
    return found->second;
  }
  absl::Status Take(const v1::Intention& step) {
    const bool hold = step.kind() == v1::Intention::KIND_HOLD;
    return Ask(
        [&](application::v1::Application& application) {
          if (application.hold_step() > step.number()) return Refused("HOLD_STEP_SUPERSEDED");
          if (hold && application.state() != application::v1::Application::STATE_SUBMITTED) {
            return Refused("APPLICATION_NOT_SUBMITTED");
          }
          if (hold && application.revision() != step.revision()) return Refused("REVISION_CHANGED");
          if (!application.held_by().empty() && application.held_by() != step.recommendation_list()) {
            return Refused("APPLICATION_HELD");
          }
          application.set_held_by(hold ? step.recommendation_list() : "");
          application.set_hold_step(step.number());
          return absl::OkStatus();
        },
        step.application());
  }

 private:
  static absl::Status Refused(const std::string& reason) {
    return Refusal{.code = absl::StatusCode::kFailedPrecondition, .reason = reason, .en = reason, .zh = reason}
        .ToStatus();
  }
  absl::Status Ask(const std::function<absl::Status(application::v1::Application&)>& change, const std::string& name) {
    absl::MutexLock lock(&mutex_);
    const Fault fault = faults_ ? faults_() : Fault::kNone;
    if (fault == Fault::kRequestLost) return absl::UnavailableError("request lost");
    const auto found = applications_.find(name);
    const absl::Status answer = found == applications_.end() ? absl::NotFoundError("none") : change(found->second);
    return fault == Fault::kAnswerLost ? absl::UnavailableError("answer lost") : answer;
  }

  mutable absl::Mutex mutex_;
  std::map<std::string, application::v1::Application> applications_;
  Faults faults_;
};

// The fake as a peer; many services may ask one fake.
class FakePeer : public ApplicationPeer {
 public:
  explicit FakePeer(FakeApplication& application) : application_(application) {}

  Task<absl::StatusOr<application::v1::Application>> Get(const rpc::Call& /*call*/, std::string name) override {
    co_return application_.Get(name);
  }
  Task<absl::Status> Take(const rpc::Call* /*call*/, const v1::Intention& step) override {
    co_return application_.Take(step);
  }

 private:
  FakeApplication& application_;
};

// What all processes of a test share: the stored data, the time, the programmes and `application`.
struct World {
  // `open`: the engine, which only a test may name.
  explicit World(const std::function<std::unique_ptr<store::Store>(const std::filesystem::path&)>& open)
      : store(open(directory.path() / "quota.db")), programmes(ShippedNotices()) {}

  TemporaryDirectory directory;
  std::unique_ptr<store::Store> store;
  FixedClock clock{absl::FromUnixSeconds(1'693'800'000)};  // 2023-09-04 in Shanghai
  programme::Programmes programmes;
  PageTokens page_tokens{std::string(32, 'p')};
  token::PrincipalSeal seal = *token::PrincipalSeal::FromKey(std::string(32, 's'));
  FakeApplication application;
};

// One process that serves.
class Process {
 public:
  explicit Process(World& world, MortalStore::Look look = {})
      : store_(*world.store, std::move(look)),
        client_("quota", world.seal),
        service_({.store = store_,
                  .programmes = world.programmes,
                  .page_tokens = world.page_tokens,
                  .clock = world.clock,
                  .application = client_,
                  .reached =
                      [this](std::string_view point) {
                        if (point == dies_at_) store_.Die();
                      }},
                 std::make_unique<FakePeer>(world.application)),
        methods_(service_.Methods().front(), world.clock, world.seal) {}

  // From this point on the process does nothing any more.
  void DieAt(std::string point) { dies_at_ = std::move(point); }

  // From this point on it cannot find out what was answered before.
  void LoseMemory() { store_.LoseMemory(); }

  // As a client of this role calls.
  template <class Response>
  absl::StatusOr<Response> Ask(const std::string& method, options::v1::Role role,
                               const google::protobuf::Message& request) {
    identity::v1::Principal caller;
    caller.set_subject("platform");
    caller.add_roles(role);
    caller.set_unit("320000");
    return methods_.Ask<Response>(method, caller, request);
  }

  // One round of the background task.
  void Settle() { methods_.executor().RunUntilDone(service_.settler().Round()); }

  Service& service() { return service_; }

 private:
  std::string dies_at_;
  MortalStore store_;
  rpc::Client client_;
  Service service_;
  MethodCaller methods_;
};

// 江苏 and its factories.
inline const ListName kJiangsuFactories{"pilot-demonstration-2023", "320000", "demonstration-factory"};

inline std::string ApplicationOf(int number) {
  return absl::StrCat("programmes/pilot-demonstration-2023/units/320000/applicants/91512081MA62K0260E/applications/a",
                      number);
}

// The calls of the tests in few words.
class Jiangsu {
 public:
  explicit Jiangsu(Process& process) : process_(process) {}

  absl::StatusOr<v1::CreateUnitResponse> Create(std::int64_t projects = 0) {
    v1::CreateUnitRequest request;
    v1::Unit& unit = *request.mutable_unit();
    unit.set_name("units/320000");
    unit.set_display_name("江苏省");
    unit.set_category("province");
    unit.set_region_code("320000");
    (*unit.mutable_attributes())["cumulative_provincial_projects"] = projects;
    return process_.Ask<v1::CreateUnitResponse>("CreateUnit", options::v1::ROLE_MINISTRY, request);
  }
  absl::StatusOr<v1::RecommendApplicationResponse> Recommend(const std::string& application,
                                                             const std::string& request_id = "") {
    v1::RecommendApplicationRequest request;
    request.set_name(kJiangsuFactories.ToString());
    request.set_application(application);
    request.set_request_id(request_id);
    return process_.Ask<v1::RecommendApplicationResponse>("RecommendApplication", options::v1::ROLE_UNIT, request);
  }
  absl::StatusOr<v1::RemoveRecommendationResponse> Remove(const std::string& application,
                                                          const std::string& request_id = "",
                                                          const std::string& etag = "") {
    v1::RemoveRecommendationRequest request;
    request.set_name(kJiangsuFactories.ToString());
    request.set_application(application);
    request.set_request_id(request_id);
    request.set_etag(etag);
    return process_.Ask<v1::RemoveRecommendationResponse>("RemoveRecommendation", options::v1::ROLE_UNIT, request);
  }
  absl::StatusOr<v1::ReorderRecommendationsResponse> Reorder(const std::vector<std::string>& applications,
                                                             const std::string& etag = "") {
    v1::ReorderRecommendationsRequest request;
    request.set_name(kJiangsuFactories.ToString());
    for (const std::string& application : applications) request.add_applications(application);
    request.set_etag(etag);
    return process_.Ask<v1::ReorderRecommendationsResponse>("ReorderRecommendations", options::v1::ROLE_UNIT, request);
  }
  absl::StatusOr<v1::SubmitRecommendationListResponse> Submit(const std::string& request_id = "") {
    v1::SubmitRecommendationListRequest request;
    request.set_name(kJiangsuFactories.ToString());
    request.set_request_id(request_id);
    return process_.Ask<v1::SubmitRecommendationListResponse>("SubmitRecommendationList", options::v1::ROLE_UNIT,
                                                              request);
  }
  absl::StatusOr<v1::ReturnRecommendationListResponse> Return() {
    v1::ReturnRecommendationListRequest request;
    request.set_name(kJiangsuFactories.ToString());
    request.set_reason("请核对顺序");
    return process_.Ask<v1::ReturnRecommendationListResponse>("ReturnRecommendationList", options::v1::ROLE_MINISTRY,
                                                              request);
  }
  v1::RecommendationList List() {
    v1::GetRecommendationListRequest request;
    request.set_name(kJiangsuFactories.ToString());
    const auto response =
        process_.Ask<v1::GetRecommendationListResponse>("GetRecommendationList", options::v1::ROLE_UNIT, request);
    return response.ok() ? response->recommendation_list() : v1::RecommendationList();
  }

 private:
  Process& process_;
};

}  // namespace jiebang::quota

#endif  // JIEBANG_SERVICES_QUOTA_BENCH_FOR_TEST_H_
