// The application service over a store that the test opens, with peers that it plays, called through the checks that
// run before every handler.
#ifndef JIEBANG_SERVICES_APPLICATION_TESTING_BENCH_H_
#define JIEBANG_SERVICES_APPLICATION_TESTING_BENCH_H_

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "common/clock/clock.h"
#include "common/programme/calendar.h"
#include "common/testing/method_caller.h"
#include "common/token/principal_seal.h"
#include "services/application/domain/errors.h"
#include "services/application/service.h"
#include "services/application/testing/samples.h"

namespace jiebang::application {

// What the other services answer. `before_answer` runs once, in the middle of a call that asks: a test's chance to let
// something else happen there.
struct PlayedPeers {
  MaturityAnswer maturity{.is_satisfied = true, .level = 3};
  std::vector<Honour> honours;
  std::optional<RoutedUnit> unit = RoutedUnit{.id = "320000", .name_zh = "江苏省"};
  bool are_unavailable = false;
  int questions = 0;
  std::function<Task<void>()> before_answer;

  Task<void> Pass() {
    ++questions;
    if (before_answer == nullptr) co_return;
    const auto once = std::exchange(before_answer, nullptr);
    co_await once();
  }
};

class PlayedMaturity : public MaturityPeer {
 public:
  explicit PlayedMaturity(PlayedPeers& played) : played_(played) {}
  Task<absl::StatusOr<MaturityAnswer>> Check(const rpc::Call& /*call*/, ApplicantName /*applicant*/,
                                             MaturityQuestion /*question*/) override {
    co_await played_.Pass();
    if (played_.are_unavailable) co_return PeerUnavailable("maturity", absl::UnavailableError("gone"));
    co_return played_.maturity;
  }

 private:
  PlayedPeers& played_;
};

class PlayedHonours : public HonourPeer {
 public:
  explicit PlayedHonours(PlayedPeers& played) : played_(played) {}
  Task<absl::StatusOr<std::vector<Honour>>> HonoursOf(const rpc::Call& /*call*/, ApplicantName /*applicant*/) override {
    co_await played_.Pass();
    co_return played_.honours;
  }

 private:
  PlayedPeers& played_;
};

class PlayedUnits : public UnitPeer {
 public:
  explicit PlayedUnits(PlayedPeers& played) : played_(played) {}
  Task<absl::StatusOr<std::optional<RoutedUnit>>> UnitFor(const rpc::Call& /*call*/, std::string /*programme*/,
                                                          std::string /*track*/,
                                                          const v1::Applicant& /*applicant*/) override {
    co_await played_.Pass();
    co_return played_.unit;
  }

 private:
  PlayedPeers& played_;
};

// Who calls.
inline identity::v1::Principal Caller(options::v1::Role role) {
  identity::v1::Principal principal;
  principal.set_subject("caller");
  principal.add_roles(role);
  if (role == options::v1::ROLE_APPLICANT) principal.set_uscc(kTestUscc);
  if (role == options::v1::ROLE_UNIT) principal.set_unit("320000");
  principal.set_expire_seconds(4'000'000'000);
  return principal;
}

// Takes so many events and ends the stream.
class EventsTaken : public rpc::MessageWriter {
 public:
  explicit EventsTaken(std::size_t most) : most_(most) {}

  Task<bool> Write(const google::protobuf::Message& message) override {
    v1::WatchEventsResponse response;
    response.CopyFrom(message);
    types_.push_back(response.entry().event().type());
    co_return !ended();
  }
  bool ended() const override { return types_.size() >= most_; }
  const std::vector<std::string>& types() const { return types_; }

 private:
  const std::size_t most_;
  std::vector<std::string> types_;
};

class Bench {
 public:
  explicit Bench(store::Store& store)
      : programmes_({std::make_shared<programme::Programme>(TestProgramme())}),
        client_("application", seal_),
        service_({.store = store,
                  .programmes = programmes_,
                  .page_tokens = page_tokens_,
                  .clock = clock,
                  .quota = client_,
                  .maturity = client_,
                  .publiclist = client_},
                 {.maturity = std::make_unique<PlayedMaturity>(peers),
                  .honours = std::make_unique<PlayedHonours>(peers),
                  .units = std::make_unique<PlayedUnits>(peers)}),
        methods_(service_.Methods().front(), clock, seal_),
        exports_(service_.Methods()[1], clock, seal_) {}

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

  // Calls of ExportService, and one round of the background task behind them.
  MethodCaller& exports() { return exports_; }
  bool ExportRound() { return exports_.executor().RunUntilDone(service_.exporter().Round()); }
  void RemoveExpiredExports() { exports_.executor().RunUntilDone(service_.exporter().RemoveExpired()); }

  // The same within a call that is under way.
  template <class Response>
  Task<absl::StatusOr<Response>> AskTask(const std::string& method, const identity::v1::Principal& caller,
                                         const google::protobuf::Message& request) {
    return methods_.AskTask<Response>(method, caller, request);
  }

  // The types of the first `count` events that the caller sees.
  std::vector<std::string> Watch(const identity::v1::Principal& caller, std::size_t count) {
    EventsTaken taken(count);
    const absl::Status ended = methods_.Stream("WatchEvents", caller, v1::WatchEventsRequest(), taken);
    return ended.ok() ? taken.types() : std::vector<std::string>{ended.ToString()};
  }

  FixedClock clock{absl::FromCivil(absl::CivilMinute(2023, 8, 20, 9, 0), programme::Shanghai())};
  PlayedPeers peers;

 private:
  programme::Programmes programmes_;
  PageTokens page_tokens_{std::string(32, 'p')};
  token::PrincipalSeal seal_ = *token::PrincipalSeal::FromKey(std::string(32, 's'));
  rpc::Client client_;
  Service service_;
  MethodCaller methods_;  // gone first
  MethodCaller exports_;
};

}  // namespace jiebang::application

#endif  // JIEBANG_SERVICES_APPLICATION_TESTING_BENCH_H_
