#include "common/journal/refusal_collector.h"

#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/clock/timestamp.h"
#include "common/journal/refusals.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace jiebang::journal {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;
using testing::SizeIs;
using testing::UnorderedElementsAre;
using Counts = RefusalCollector::Counts;

constexpr std::size_t kAny = 1'000'000;

class RefusalCollectorTest : public testing::Test {
 protected:
  v1::Event RefusalTo(const std::string& actor, const std::string& reason = "NOT_OWNER") const {
    v1::Event event;
    event.set_type(kCallRefused);
    event.set_resource("units/320000");
    event.set_actor(actor);
    event.set_method("jiebang.quota.v1.QuotaService.GetQuota");
    event.set_source_address("192.0.2.7");
    event.set_result(7);
    event.set_reason(reason);
    *event.mutable_time() = ToTimestamp(now_);
    return event;
  }
  static v1::Event At(v1::Event event, const std::string& address) {
    event.clear_actor();
    event.set_source_address(address);
    return event;
  }
  void AddAlike(int count, const std::string& actor) {
    for (int i = 0; i < count; ++i) collector_.Add(RefusalTo(actor), now_);
  }
  std::vector<v1::Event> TakeAll() { return collector_.Take(kAny, now_, Counts::kAll); }

  static std::int64_t CountIn(const std::vector<v1::Event>& events) {
    std::int64_t count = 0;
    for (const v1::Event& event : events) {
      count += event.type() == kCallsRefused ? std::stoll(event.details().at("count")) : 1;
    }
    return count;
  }
  static std::map<std::string, std::string> DetailsOf(const v1::Event& event) {
    return {event.details().begin(), event.details().end()};
  }

  absl::Time now_ = absl::FromUnixSeconds(1'693'000'000);
  RefusalCollector collector_{{.each_second = 20,
                               .each_second_of_caller = 2,
                               .at_once_of_caller = 5,
                               .waiting = 50,
                               .callers = 1'000,
                               .counts = 3,
                               .counted_for = absl::Seconds(10)}};
};

TEST_F(RefusalCollectorTest, GivesWhatCameInItsOrderAndOnce) {
  for (const char* const reason : {"A", "B", "C"}) collector_.Add(RefusalTo("unit", reason), now_);
  const std::vector<v1::Event> first = collector_.Take(2, now_, Counts::kDue);
  ASSERT_THAT(first, SizeIs(2));
  EXPECT_EQ(first[0].reason(), "A");
  EXPECT_EQ(first[1].reason(), "B");
  EXPECT_THAT(TakeAll(), ElementsAre(testing::Property(&v1::Event::reason, "C")));
  EXPECT_THAT(TakeAll(), IsEmpty());
}

TEST_F(RefusalCollectorTest, CountsWhatOneCallerHasBeyondItsRate) {
  AddAlike(5, "unit");
  now_ += absl::Milliseconds(100);
  AddAlike(1'000, "unit");
  const std::vector<v1::Event> events = TakeAll();
  ASSERT_THAT(events, SizeIs(6));
  EXPECT_EQ(events[4].type(), kCallRefused);
  const v1::Event& counted = events[5];
  EXPECT_EQ(counted.type(), kCallsRefused);
  EXPECT_EQ(counted.actor(), "unit");
  EXPECT_EQ(counted.source_address(), "192.0.2.7");
  EXPECT_EQ(counted.method(), "jiebang.quota.v1.QuotaService.GetQuota");
  EXPECT_EQ(counted.result(), 7);
  EXPECT_EQ(counted.reason(), "NOT_OWNER");
  EXPECT_THAT(DetailsOf(counted), UnorderedElementsAre(Pair("count", "1000"), Pair("from", "2023-08-25T21:46:40Z"),
                                                       Pair("until", "2023-08-25T21:46:40Z")));
}

TEST_F(RefusalCollectorTest, KeepsACallersRefusalsAgainAfterAWhile) {
  AddAlike(10, "unit");
  TakeAll();
  now_ += absl::Seconds(2);
  AddAlike(10, "unit");
  EXPECT_THAT(collector_.Take(kAny, now_, Counts::kDue), SizeIs(4)) << "two a second";
}

TEST_F(RefusalCollectorTest, NobodyHidesAmongTheRefusalsOfAnother) {
  AddAlike(100'000, "noisy");
  collector_.Add(RefusalTo("quiet"), now_);
  EXPECT_THAT(collector_.Take(kAny, now_, Counts::kDue),
              Contains(AllOf(testing::Property(&v1::Event::actor, "quiet"),
                             testing::Property(&v1::Event::type, kCallRefused))));
}

TEST_F(RefusalCollectorTest, TellsCallersWithoutCredentialsApartByTheirAddress) {
  for (int i = 0; i < 100; ++i) collector_.Add(At(RefusalTo(""), "192.0.2.1"), now_);
  collector_.Add(At(RefusalTo(""), "192.0.2.2"), now_);
  EXPECT_THAT(collector_.Take(kAny, now_, Counts::kDue), SizeIs(6));
}

TEST_F(RefusalCollectorTest, KeepsSoManyOfAllCallersASecond) {
  for (int i = 0; i < 100; ++i) collector_.Add(RefusalTo(absl::StrCat("unit-", i)), now_);
  EXPECT_THAT(collector_.Take(kAny, now_, Counts::kDue), SizeIs(20));
  EXPECT_EQ(CountIn(TakeAll()), 80);
}

TEST_F(RefusalCollectorTest, HoldsNoMoreThanItsLimitsHoweverMuchComes) {
  std::int64_t added = 0;
  for (int second = 0; second < 60; ++second) {
    for (int i = 0; i < 500; ++i, ++added) collector_.Add(RefusalTo(absl::StrCat("unit-", second, "-", i)), now_);
    now_ += absl::Seconds(1);
  }
  const std::vector<v1::Event> events = TakeAll();
  EXPECT_THAT(events, SizeIs(50 + 3 + 1)) << "waiting, counted apart, and all others together";
  EXPECT_EQ(CountIn(events), added) << "and none is forgotten";
}

TEST_F(RefusalCollectorTest, TellsACountWhenItIsOldEnoughOrAtTheEnd) {
  AddAlike(6, "unit");
  EXPECT_THAT(collector_.Take(kAny, now_, Counts::kDue), SizeIs(5));
  now_ += absl::Seconds(9);
  EXPECT_THAT(collector_.Take(kAny, now_, Counts::kDue), IsEmpty());
  now_ += absl::Seconds(1);
  EXPECT_THAT(collector_.Take(kAny, now_, Counts::kDue), SizeIs(1));
  AddAlike(100, "unit");
  EXPECT_EQ(CountIn(TakeAll()), 100);
}

TEST_F(RefusalCollectorTest, AClockThatIsSetBackFillsNothing) {
  AddAlike(10, "unit");
  now_ -= absl::Hours(1);
  AddAlike(10, "unit");
  EXPECT_THAT(collector_.Take(kAny, now_, Counts::kDue), SizeIs(5));
}

TEST_F(RefusalCollectorTest, CountsWhatCouldNotBeBrought) {
  AddAlike(8, "unit");
  const std::vector<v1::Event> events = TakeAll();
  now_ += absl::Seconds(5);
  collector_.Count(events);
  AddAlike(1, "other");
  const std::vector<v1::Event> later = TakeAll();
  ASSERT_THAT(later, SizeIs(2));
  EXPECT_EQ(later[1].details().at("count"), "8");
  EXPECT_EQ(later[1].details().at("from"), "2023-08-25T21:46:40Z");
}

}  // namespace
}  // namespace jiebang::journal
