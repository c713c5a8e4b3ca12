// A publiclist service over SQLite with a `review` and a `quota` that the test plays, called through the checks that
// run before every handler; for tests.
#ifndef JIEBANG_SERVICES_PUBLICLIST_BENCH_FOR_TEST_H_
#define JIEBANG_SERVICES_PUBLICLIST_BENCH_FOR_TEST_H_

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/synchronization/mutex.h"
#include "common/clock/timestamp.h"
#include "common/programme/calendar.h"
#include "common/testing/method_caller.h"
#include "common/testing/mortal_store.h"
#include "common/testing/temporary_directory.h"
#include "common/token/principal_seal.h"
#include "common/uscc/uscc.h"
#include "google/protobuf/text_format.h"
#include "jiebang/publiclist/v1/public_list_service.pb.h"
#include "services/publiclist/service.h"

namespace jiebang::publiclist {

inline constexpr char kProgramme[] = R"pb(
  id: "pilot-demonstration-2023"
  year: 2023
  level: GOVERNMENT_LEVEL_NATIONAL
  tracks { id: "demonstration-factory" }
  tracks { id: "excellent-scenario" }
  tracks { id: "pilot-zone" described_only: true }
  publicities { tracks: "demonstration-factory" days: 5 day_kind: DAY_KIND_WORKING }
  industry_families {
    sub_sectors {
      id: "machinery"
      name { zh: "通用设备" en: "machinery" }
      codes: "34"
    }
  }
  titles {
    id: "demonstration-factory-task"
    tracks: "demonstration-factory"
    granted_on: HONOUR_STATE_LISTED
    years_valid: 3
  }
)pb";
inline constexpr char kTrack[] = "programmes/pilot-demonstration-2023/tracks/demonstration-factory";

inline std::shared_ptr<const programme::Programme> ProgrammeForTest() {
  programme::v1::Programme proto;
  if (!google::protobuf::TextFormat::ParseFromString(kProgramme, &proto)) std::abort();
  return std::make_shared<const programme::Programme>(proto);
}

inline absl::Time ShanghaiTime(int year, int month, int day, int hour = 0) {
  return absl::FromCivil(absl::CivilHour(year, month, day, hour), programme::Shanghai());
}

// The USCC of enterprise `number`, with its check characters.
inline std::string Uscc(int number) {
  const std::string organisation = absl::StrFormat("%08d", number);
  const std::string first17 =
      absl::StrCat("91320000", organisation, std::string(1, OrganisationCheckCharacter(organisation)));
  return absl::StrCat(first17, std::string(1, UsccCheckCharacter(first17)));
}

// `review` as its contract has it, as far as decided rounds go. Thread-safe once it is filled.
class FakeReview : public ReviewPeer {
 public:
  // A decided round with so many selected applications, of two units in turn.
  void Decide(const std::string& round, int selected) {
    review::v1::Round& proto = rounds_[round];
    proto.set_name(round);
    proto.set_state(review::v1::Round::STATE_DECIDED);
    proto.set_selected_count(selected);
    for (int i = selected; i >= 1; --i) {  // the answer's order must not matter
      review::v1::Candidate& candidate = candidates_[round].emplace_back();
      candidate.set_unit(i % 2 == 0 ? "units/320000" : "units/610000");
      candidate.set_rank(i);
      candidate.set_applicant_uscc(Uscc(i));
      candidate.set_applicant_display_name(absl::StrCat("企业", i));
      candidate.set_title(absl::StrCat(round.substr(round.rfind('/') + 1), " 项目", i));
      candidate.set_industry_code(i == 1 ? "3411" : "9999");
      candidate.set_decision(review::v1::Candidate::DECISION_SELECTED);
    }
  }
  void Reopen(const std::string& round) { rounds_[round].set_state(review::v1::Round::STATE_RANKED); }
  void LoseACandidate(const std::string& round) { candidates_[round].pop_back(); }
  void BreakWith(absl::Status status) { broken_ = std::move(status); }

  Task<absl::StatusOr<review::v1::Round>> GetRound(const rpc::Call& /*call*/, std::string name) override {
    if (!broken_.ok()) co_return broken_;
    const auto found = rounds_.find(name);
    if (found == rounds_.end()) co_return absl::NotFoundError("no such round");
    co_return found->second;
  }
  Task<absl::StatusOr<review::v1::ListCandidatesResponse>> ListSelected(const rpc::Call& /*call*/, std::string round,
                                                                        std::string page_token) override {
    constexpr std::size_t kAtOnce = 300;
    const std::vector<review::v1::Candidate>& all = candidates_[round];
    const std::size_t begin = page_token.empty() ? 0 : std::stoul(page_token);
    const std::size_t end = std::min(all.size(), begin + kAtOnce);
    review::v1::ListCandidatesResponse response;
    for (std::size_t i = begin; i < end; ++i) *response.add_candidates() = all[i];
    if (end < all.size()) response.set_next_page_token(std::to_string(end));
    co_return response;
  }

 private:
  std::map<std::string, review::v1::Round> rounds_;
  std::map<std::string, std::vector<review::v1::Candidate>> candidates_;
  absl::Status broken_;
};

class FakeQuota : public QuotaPeer {
 public:
  Task<absl::StatusOr<quota::v1::Unit>> GetUnit(const rpc::Call& /*call*/, std::string name) override {
    if (!broken_.ok()) co_return broken_;
    quota::v1::Unit unit;
    unit.set_name(name);
    unit.set_display_name(name == "units/320000" ? "江苏省" : "陕西省");
    co_return unit;
  }
  void BreakWith(absl::Status status) { broken_ = std::move(status); }

 private:
  absl::Status broken_;
};

// What all processes of a test share.
struct World {
  // `open`: the engine, which only a test may name.
  explicit World(const std::function<std::unique_ptr<store::Store>(const std::filesystem::path&)>& open)
      : store(open(directory.path() / "publiclist.db")) {}

  TemporaryDirectory directory;
  std::unique_ptr<store::Store> store;
  FixedClock clock{ShanghaiTime(2023, 11, 8, 15)};  // a Wednesday
  programme::Programmes programmes{std::vector{ProgrammeForTest()}};
  PageTokens page_tokens{std::string(32, 'p')};
  token::PrincipalSeal seal = *token::PrincipalSeal::FromKey(std::string(32, 's'));
};

// One process that serves.
class Process {
 public:
  explicit Process(World& world) : Process(world, std::make_unique<FakeReview>(), std::make_unique<FakeQuota>()) {}

  // With peers that the test has filled.
  Process(World& world, std::unique_ptr<FakeReview> review, std::unique_ptr<FakeQuota> quota)
      : store_(*world.store),
        client_("publiclist", world.seal),
        service_({.store = store_,
                  .programmes = world.programmes,
                  .page_tokens = world.page_tokens,
                  .clock = world.clock,
                  .review = client_,
                  .quota = client_},
                 std::move(review), std::move(quota)),
        methods_(service_.Methods().front(), world.clock, world.seal) {}

  MortalStore& store() { return store_; }
  const rpc::ServiceMethods& methods() const { return methods_.methods(); }

  // The background tasks, until the process ends.
  void StartTasks() {
    methods_.executor().Post([this] {
      for (Task<void>& task : service_.Tasks()) Spawn(methods_.executor(), std::move(task));
    });
  }

  // As a client of this role calls. ROLE_PUBLIC: without credentials.
  template <class Response>
  absl::StatusOr<Response> Ask(const std::string& method, options::v1::Role role,
                               const google::protobuf::Message& request) {
    identity::v1::Principal caller;
    if (role != options::v1::ROLE_PUBLIC) {
      caller.set_subject(absl::StrCat("caller-", role));
      caller.add_roles(role);
      caller.set_uscc(Uscc(1));
    }
    return methods_.Ask<Response>(method, caller, request);
  }

 private:
  MortalStore store_;
  rpc::Client client_;
  Service service_;
  MethodCaller methods_;
};

inline std::string RoundNamed(const std::string& round) { return absl::StrCat(kTrack, "/rounds/", round); }

inline v1::ListEntry Entry(int number, const std::string& enterprise = "") {
  v1::ListEntry entry;
  entry.set_number(number);
  entry.set_enterprise(enterprise.empty() ? absl::StrCat("企业（集团）", number) : enterprise);
  entry.set_uscc(Uscc(number));
  entry.set_project(absl::StrCat("项目", number));
  entry.set_unit(number % 2 == 0 ? "320000" : "610000");
  return entry;
}

// The calls of the tests in few words.
class Ministry {
 public:
  explicit Ministry(Process& process) : process_(process) {}

  absl::StatusOr<v1::PublicList> Build(const std::string& id, const std::string& round,
                                       const std::string& request_id = "") {
    v1::BuildListRequest request;
    request.set_list_id(id);
    request.set_round(RoundNamed(round));
    request.set_title_zh("2023年度智能制造示范工厂揭榜单位名单");
    request.set_request_id(request_id);
    return ListIn(process_.Ask<v1::BuildListResponse>("BuildList", options::v1::ROLE_MINISTRY, request));
  }
  absl::StatusOr<v1::ImportListResponse> Import(const std::string& id, const std::vector<v1::ListEntry>& entries,
                                                bool is_first = true) {
    v1::ImportListRequest request;
    request.mutable_list()->set_name(absl::StrCat("lists/", id));
    if (is_first) {
      request.mutable_list()->set_title_zh("2022年度智能制造示范工厂揭榜单位名单");
      request.mutable_list()->set_source("工业和信息化部公告2022年第37号");
      request.mutable_list()->set_title_id("demonstration-factory-task");
      request.mutable_list()->set_year(2022);
      request.mutable_list()->set_government_level("national");
      *request.mutable_list()->mutable_announce_time() = ToTimestamp(ShanghaiTime(2022, 12, 20));
    }
    for (const v1::ListEntry& entry : entries) *request.add_entries() = entry;
    return process_.Ask<v1::ImportListResponse>("ImportList", options::v1::ROLE_MINISTRY, request);
  }
  absl::StatusOr<v1::PublicList> Open(const std::string& id, const std::string& request_id = "") {
    v1::OpenPublicityRequest request;
    request.set_name(absl::StrCat("lists/", id));
    request.set_request_id(request_id);
    return ListIn(process_.Ask<v1::OpenPublicityResponse>("OpenPublicity", options::v1::ROLE_MINISTRY, request));
  }
  absl::StatusOr<v1::PublicList> Announce(const std::string& id, const std::string& request_id = "") {
    v1::AnnounceListRequest request;
    request.set_name(absl::StrCat("lists/", id));
    request.set_request_id(request_id);
    return ListIn(process_.Ask<v1::AnnounceListResponse>("AnnounceList", options::v1::ROLE_MINISTRY, request));
  }
  absl::StatusOr<v1::PublicList> Get(const std::string& id, options::v1::Role role = options::v1::ROLE_MINISTRY) {
    v1::GetListRequest request;
    request.set_name(absl::StrCat("lists/", id));
    return ListIn(process_.Ask<v1::GetListResponse>("GetList", role, request));
  }
  absl::StatusOr<v1::ListEntriesResponse> Entries(const std::string& id, int size = 500, const std::string& token = "",
                                                  const std::string& unit = "",
                                                  options::v1::Role role = options::v1::ROLE_MINISTRY) {
    v1::ListEntriesRequest request;
    request.set_parent(absl::StrCat("lists/", id));
    request.set_page_size(size);
    request.set_page_token(token);
    request.set_unit(unit);
    return process_.Ask<v1::ListEntriesResponse>("ListEntries", role, request);
  }
  // All pages.
  std::vector<v1::ListEntry> AllEntries(const std::string& id, const std::string& unit = "") {
    std::vector<v1::ListEntry> all;
    std::string token;
    do {
      const auto page = Entries(id, 500, token, unit);
      if (!page.ok()) return {};
      all.insert(all.end(), page->entries().begin(), page->entries().end());
      token = page->next_page_token();
    } while (!token.empty());
    return all;
  }
  absl::StatusOr<v1::ListHonoursResponse> Honours(const std::string& uscc) {
    v1::ListHonoursRequest request;
    request.set_parent(absl::StrCat("applicants/", uscc));
    return process_.Ask<v1::ListHonoursResponse>("ListHonours", options::v1::ROLE_PUBLIC, request);
  }

 private:
  template <class Response>
  static absl::StatusOr<v1::PublicList> ListIn(const absl::StatusOr<Response>& response) {
    if (!response.ok()) return response.status();
    return response->list();
  }

  Process& process_;
};

}  // namespace jiebang::publiclist

#endif  // JIEBANG_SERVICES_PUBLICLIST_BENCH_FOR_TEST_H_
