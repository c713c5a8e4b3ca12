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
      store::Commit commit{.partition = "p"};
      commit.events.push_back({event.type(), event.resource(), event.SerializeAsString()});
      EXPECT_THAT(executor_.RunUntilDone(store_->Apply(commit)), IsOk());
    }
    events_.Register(methods_);
  }

  std::vector<std::string> SeenBy(options::v1::Role role) {
    identity::v1::Principal principal;
    principal.set_subject("caller");
    principal.add_roles(role);
    principal.set_unit("320000");
    MethodCaller caller(methods_, clock_, seal_);
    TypesUntil writer("list.locked");
    EXPECT_THAT(caller.Stream("WatchEvents", principal, Watch(), writer), IsOk());
    return writer.types;
  }

  const TemporaryDirectory directory_;
  std::unique_ptr<store::Store> store_ = *store::OpenSqliteStore(directory_.path() / "journal.db");
  FixedClock clock_{absl::FromUnixSeconds(1'693'000'000)};
  token::PrincipalSeal seal_ = *token::PrincipalSeal::FromKey(std::string(32, 'k'));
  Events<Watch, Watched> events_{*store_};
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

}  // namespace
}  // namespace jiebang::journal
