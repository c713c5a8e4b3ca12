#include "common/rpc/call.h"

#include "common/rpc/on_behalf.h"
#include "gtest/gtest.h"
#include "jiebang/journal/v1/event.pb.h"

namespace jiebang::rpc {
namespace {

constexpr char kTrace[] = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

journal::v1::Event Opened(const store::Event& stored) {
  journal::v1::Event event;
  EXPECT_TRUE(event.ParseFromString(stored.payload));
  EXPECT_EQ(event.type(), stored.type);
  EXPECT_EQ(event.resource(), stored.resource);
  return event;
}

TEST(CallEvents, SayWhoWhenWhatFromWhereAndWithWhichResult) {
  Call::Facts facts{.now = absl::FromUnixSeconds(1'693'000'000),
                    .method = "jiebang.quota.v1.QuotaService.CreateUnit",
                    .request_id = "r-1",
                    .trace_parent = kTrace};
  facts.principal.set_subject("quota");
  facts.principal.set_on_behalf_of("platform-jiangsu");
  facts.principal.set_source_address("192.0.2.7");
  const journal::v1::Event event = Opened(Call(facts).Happened("unit.created", "units/320000", {{"a", "b"}}));
  EXPECT_EQ(event.actor(), "quota");
  EXPECT_EQ(event.on_behalf_of(), "platform-jiangsu");
  EXPECT_EQ(event.time().seconds(), 1'693'000'000);
  EXPECT_EQ(event.method(), "jiebang.quota.v1.QuotaService.CreateUnit");
  EXPECT_EQ(event.source_address(), "192.0.2.7");
  EXPECT_EQ(event.result(), 0);
  EXPECT_EQ(event.reason(), "");
  EXPECT_EQ(event.request_id(), "r-1");
  EXPECT_EQ(event.trace_id(), "4bf92f3577b34da6a3ce929d0e0e4736");
  EXPECT_EQ(event.details().at("a"), "b");
}

TEST(CallEvents, NameThePlatformAndTheEnterpriseThatItActsFor) {
  Call::Facts facts{.now = absl::FromUnixSeconds(1'693'000'000), .method = "m", .request_id = "r-1"};
  facts.principal.set_subject("platform-jiangsu");
  facts.principal.set_acting_platform("platform-jiangsu");
  facts.principal.set_uscc("91320594MA1MYA2Q2J");
  const Call call(facts);
  const journal::v1::Event event = Opened(call.Happened("applicant.updated", "applicants/91320594MA1MYA2Q2J"));
  EXPECT_EQ(event.actor(), "platform-jiangsu");
  EXPECT_EQ(event.on_behalf_of(), "applicants/91320594MA1MYA2Q2J");
  EXPECT_EQ(ChainOf(facts.principal), "platform-jiangsu for applicants/91320594MA1MYA2Q2J");

  facts.principal.set_uscc("91512081MA62K0260E");
  EXPECT_NE(Call(facts).ReplayKey(), call.ReplayKey()) << "the same request_id for another enterprise";
}

TEST(CallEvents, NameTheWholeChainOfServices) {
  identity::v1::Principal quota;
  quota.set_subject("quota");
  quota.set_on_behalf_of("platform-jiangsu for applicants/91320594MA1MYA2Q2J");
  EXPECT_EQ(ChainOf(quota), "quota for platform-jiangsu for applicants/91320594MA1MYA2Q2J");
  quota.clear_on_behalf_of();
  EXPECT_EQ(ChainOf(quota), "quota");
}

TEST(CallEvents, OfWhatAServiceDoesByItselfNameNoCall) {
  const journal::v1::Event event =
      Opened(HappenedByService("quota", absl::FromUnixSeconds(1'693'000'000), "list.settled", "units/320000"));
  EXPECT_EQ(event.actor(), "quota");
  EXPECT_EQ(event.method(), "");
  EXPECT_EQ(event.source_address(), "");
}

TEST(TraceId, IsOfAWellFormedTraceparentOnly) {
  EXPECT_EQ(TraceIdOf(kTrace), "4bf92f3577b34da6a3ce929d0e0e4736");
  EXPECT_EQ(TraceIdOf(""), "");
  EXPECT_EQ(TraceIdOf(std::string(55, 'x')), "");
  EXPECT_EQ(TraceIdOf(std::string(kTrace) + "0"), "");
}

}  // namespace
}  // namespace jiebang::rpc
