#include "common/journal/events.h"

#include <memory>
#include <string>
#include <vector>

#include "common/async/thread_executor.h"
#include "common/clock/clock.h"
#include "common/store/sqlite/sqlite_store.h"
#include "common/testing/method_caller.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temporary_directory.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "jiebang/quota/v1/quota_service.pb.h"

namespace jiebang::journal {
namespace {

using testing::ElementsAre;
using Watch = quota::v1::WatchEventsRequest;
using Watched = quota::v1::WatchEventsResponse;
using List = quota::v1::ListEventsRequest;
using Listed = quota::v1::ListEventsResponse;

struct QuotaEvents {
  using WatchEventsRequest = Watch;
  using WatchEventsResponse = Watched;
  using ListEventsRequest = List;
  using ListEventsResponse = Listed;
};

constexpr char kListOfJiangsu[] = "programmes/p/units/320000/tracks/t/recommendationList";

// Ends the stream with the first event of this type.
class TypesUntil final : public rpc::MessageWriter {
 public:
  explicit TypesUntil(std::string last) : last_(std::move(last)) {}

  Task<bool> Write(const google::protobuf::Message& message) override {
    types.push_back(static_cast<const Watched&>(message).entry().event().type());
    co_return !ended();
  }
  bool ended() const override { return !types.empty() && types.back() == last_; }

  std::vector<std::string> types;

 private:
  const std::string last_;
};

class EventsTest : public testing::Test {
 protected:
  // All in one partition, so that they are seen in this order.
  EventsTest() {
    for (const char* const type : {"recommendation.held", kCallRefused, kCallsRefused, "list.locked"}) {
      v1::Event event;
      event.set_type(type);
      event.set_resource(kListOfJiangsu);
      event.set_actor("somebody");
      event.set_source_address("192.0.2.7");
      event.set_request_id("their-own");
      store::Commit commit{.partition = "p"};
      commit.events.push_back({event.type(), event.resource(), event.SerializeAsString()});
      EXPECT_THAT(executor_.RunUntilDone(store_->Apply(commit)), IsOk());
    }
    events_.Register(methods_);
  }

  static identity::v1::Principal Caller(std::initializer_list<options::v1::Role> roles) {
    identity::v1::Principal principal;
    principal.set_subject("caller");
    for (const options::v1::Role role : roles) principal.add_roles(role);
    principal.set_unit("320000");
    return principal;
  }

  std::vector<std::string> SeenBy(options::v1::Role role) {
    MethodCaller caller(methods_, clock_, seal_);
    TypesUntil writer("list.locked");
    EXPECT_THAT(caller.Stream("WatchEvents", Caller({role}), Watch(), writer), IsOk());
    return writer.types;
  }

  absl::StatusOr<Listed> Ask(const identity::v1::Principal& principal, const List& request) {
    MethodCaller caller(methods_, clock_, seal_);
    return caller.Ask<Listed>("ListEvents", principal, request);
  }

  static std::vector<std::string> TypesOf(const Listed& listed) {
    std::vector<std::string> types;
    for (const v1::Entry& entry : listed.entries()) types.push_back(entry.event().type());
    return types;
  }

  const TemporaryDirectory directory_;
  std::unique_ptr<store::Store> store_ = *store::OpenSqliteStore(directory_.path() / "journal.db");
  FixedClock clock_{absl::FromUnixSeconds(1'693'000'000)};
  token::PrincipalSeal seal_ = *token::PrincipalSeal::FromKey(std::string(32, 'k'));
  Events<QuotaEvents> events_{*store_};
  rpc::ServiceMethods methods_{"jiebang.quota.v1.QuotaService"};
  ThreadExecutor executor_;
};

TEST_F(EventsTest, ShowsRefusalsToAuditorsAndTheMinistry) {
  for (const auto role : {options::v1::ROLE_AUDITOR, options::v1::ROLE_MINISTRY}) {
    EXPECT_THAT(SeenBy(role), ElementsAre("recommendation.held", kCallRefused, kCallsRefused, "list.locked"));
  }
}

TEST_F(EventsTest, ShowsNobodyElseARefusalNotEvenWhoOwnsWhatItNames) {
  for (const auto role : {options::v1::ROLE_UNIT, options::v1::ROLE_SERVICE}) {
    EXPECT_THAT(SeenBy(role), ElementsAre("recommendation.held", "list.locked"));
  }
}

TEST_F(EventsTest, ListsPageByPageWhatAWatchStreams) {
  List request;
  request.set_page_size(1);
  std::vector<std::string> types;
  while (true) {
    const auto listed = Ask(Caller({options::v1::ROLE_UNIT}), request);
    ASSERT_THAT(listed, IsOk());
    ASSERT_FALSE(listed->resume_token().empty());
    if (listed->entries().empty()) break;
    ASSERT_EQ(listed->entries_size(), 1);
    types.push_back(listed->entries(0).event().type());
    request.set_resume_token(listed->resume_token());
  }
  EXPECT_THAT(types, ElementsAre("recommendation.held", "list.locked"));
}

TEST_F(EventsTest, AnEmptyPageGoesOnBehindWhatTheCallerMayNotSee) {
  identity::v1::Principal stranger = Caller({options::v1::ROLE_UNIT});
  stranger.set_unit("330000");
  const auto listed = Ask(stranger, List());
  ASSERT_THAT(listed, IsOk());
  EXPECT_THAT(TypesOf(*listed), ElementsAre());
  const auto position = Position::Parse(listed->resume_token());
  ASSERT_THAT(position, IsOk());
  EXPECT_EQ(position->places[store::ShardOf("p")].sequence, 4);
}

TEST_F(EventsTest, FromNowShowsNothingOfWhatWas) {
  List request;
  request.set_from_now(true);
  const auto now = Ask(Caller({options::v1::ROLE_UNIT}), request);
  ASSERT_THAT(now, IsOk());
  EXPECT_THAT(TypesOf(*now), ElementsAre());
  request.set_from_now(false);
  request.set_resume_token(now->resume_token());
  const auto later = Ask(Caller({options::v1::ROLE_UNIT}), request);
  ASSERT_THAT(later, IsOk());
  EXPECT_THAT(TypesOf(*later), ElementsAre());
}

TEST_F(EventsTest, AnOperatorWhoIsAUnitAsWellSeesAsTheUnitAlone) {
  identity::v1::Principal both = Caller({options::v1::ROLE_OPERATOR, options::v1::ROLE_UNIT});
  EXPECT_THAT(TypesOf(*Ask(both, List())), ElementsAre("recommendation.held", "list.locked"));
  both.set_unit("330000");
  EXPECT_THAT(TypesOf(*Ask(both, List())), ElementsAre());
}

TEST_F(EventsTest, AUnitIsNotToldFromWhereAnotherActed) {
  const auto seen = Ask(Caller({options::v1::ROLE_UNIT}), List());
  ASSERT_THAT(seen, IsOk());
  for (const v1::Entry& entry : seen->entries()) {
    EXPECT_EQ(entry.event().actor(), "somebody");
    EXPECT_EQ(entry.event().source_address(), "");
    EXPECT_EQ(entry.event().request_id(), "");
  }
  const auto audited = Ask(Caller({options::v1::ROLE_AUDITOR}), List());
  ASSERT_THAT(audited, IsOk());
  EXPECT_EQ(audited->entries(0).event().source_address(), "192.0.2.7");
}

}  // namespace
}  // namespace jiebang::journal
