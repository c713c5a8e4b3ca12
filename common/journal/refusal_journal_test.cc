#include "common/journal/refusal_journal.h"

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/async/thread_executor.h"
#include "common/errors/error.h"
#include "common/journal/refusals.h"
#include "common/store/forwarding_store.h"
#include "common/store/sqlite/sqlite_store.h"
#include "common/testing/error_matchers.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temporary_directory.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace jiebang::journal {
namespace {

using testing::IsEmpty;
using testing::Property;
using testing::SizeIs;
using testing::StartsWith;

// Answers some commits as if it were away: before they reach the store, or after.
class MoodyStore final : public store::ForwardingStore {
 public:
  using ForwardingStore::ForwardingStore;

  Task<absl::Status> Apply(store::Commit commit) override {
    ++asked;
    if (deaf > 0) {
      --deaf;
      co_return absl::UnavailableError("away");
    }
    const absl::Status status = co_await store().Apply(std::move(commit));
    if (mute == 0) co_return status;
    --mute;
    co_return absl::UnavailableError("the answer was lost");
  }

  std::atomic<int> asked = 0;
  std::atomic<int> deaf = 0;
  std::atomic<int> mute = 0;
};

class RefusalJournalTest : public testing::Test {
 protected:
  static rpc::RefusedCall Refused(const std::string& resource) {
    rpc::RefusedCall call{.source_address = "192.0.2.7",
                          .method = "jiebang.quota.v1.QuotaService.CreateUnit",
                          .resource = resource,
                          .request_id = "r-1",
                          .trace_parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                          .time = absl::FromUnixSeconds(1'693'000'000)};
    call.principal.set_subject("unit-320000");
    call.status =
        Refusal{.code = absl::StatusCode::kPermissionDenied, .reason = "NOT_OWNER", .en = "no", .zh = "否"}.ToStatus();
    return call;
  }

  std::vector<v1::Event> Journal() {
    std::vector<v1::Event> events;
    for (int shard = 0; shard < store::kShards; ++shard) {
      const auto entries = executor_.RunUntilDone(store_->ReadJournal(shard, 0, store::kMaxScanRecords));
      for (const store::JournalEntry& entry : *entries) {
        EXPECT_THAT(entry.partition, StartsWith("refusals/"));
        events.emplace_back();
        EXPECT_TRUE(events.back().ParseFromString(entry.event.payload));
        EXPECT_EQ(events.back().type(), entry.event.type);
        EXPECT_EQ(events.back().resource(), entry.event.resource);
      }
    }
    return events;
  }
  bool Reaches(std::size_t count) {
    const absl::Time last_moment = absl::Now() + absl::Seconds(20);
    while (Journal().size() != count) {
      if (absl::Now() > last_moment) return false;
      absl::SleepFor(absl::Milliseconds(10));
    }
    return true;
  }
  // Runs the task for as long as `meanwhile` takes.
  template <class Meanwhile>
  void WhileItRuns(const Meanwhile& meanwhile) {
    ThreadExecutor executor;
    executor.Post([&] { Spawn(executor, refusals_.Run()); });
    meanwhile();
  }

  const TemporaryDirectory directory_;
  std::unique_ptr<store::Store> store_ = *store::OpenSqliteStore(directory_.path() / "journal.db");
  MoodyStore moody_{*store_};
  FixedClock clock_{absl::FromUnixSeconds(1'693'000'000)};
  RefusalJournal refusals_{moody_, clock_};
  ThreadExecutor executor_;  // destroyed first: it still runs what the store answers
};

TEST_F(RefusalJournalTest, SaysWhoWhenWhatFromWhereAndWhyNot) {
  refusals_.Add(Refused("units/320000"));
  executor_.RunUntilDone(refusals_.Drain());
  const std::vector<v1::Event> events = Journal();
  ASSERT_THAT(events, SizeIs(1));
  const v1::Event& event = events.front();
  EXPECT_EQ(event.type(), kCallRefused);
  EXPECT_EQ(event.resource(), "units/320000");
  EXPECT_EQ(event.time().seconds(), 1'693'000'000);
  EXPECT_EQ(event.actor(), "unit-320000");
  EXPECT_EQ(event.method(), "jiebang.quota.v1.QuotaService.CreateUnit");
  EXPECT_EQ(event.source_address(), "192.0.2.7");
  EXPECT_EQ(event.result(), 7);
  EXPECT_EQ(event.reason(), "NOT_OWNER");
  EXPECT_EQ(event.request_id(), "r-1");
  EXPECT_EQ(event.trace_id(), "4bf92f3577b34da6a3ce929d0e0e4736");
}

TEST_F(RefusalJournalTest, BringsWhatComesWhileItRuns) {
  WhileItRuns([this] {
    refusals_.Add(Refused("units/1"));
    EXPECT_TRUE(Reaches(1));
    refusals_.Add(Refused("units/2"));
    EXPECT_TRUE(Reaches(2));
  });
}

TEST_F(RefusalJournalTest, TriesAgainUntilTheStoreIsBack) {
  moody_.deaf = 2;
  refusals_.Add(Refused("units/1"));
  WhileItRuns([this] { EXPECT_TRUE(Reaches(1)); });
  EXPECT_EQ(moody_.asked, 3);
}

TEST_F(RefusalJournalTest, BringsABatchOnceWhoseAnswerWasLost) {
  moody_.mute = 1;
  refusals_.Add(Refused("units/1"));
  WhileItRuns([this] {
    EXPECT_TRUE(Reaches(1));
    refusals_.Add(Refused("units/2"));  // the next batch goes out only after the first one is settled
    EXPECT_TRUE(Reaches(2));
  });
  EXPECT_EQ(moody_.asked, 3);
  EXPECT_THAT(Journal(), SizeIs(2));
}

TEST_F(RefusalJournalTest, DrainsInBatchesThatTheStoreTakes) {
  RefusalJournal refusals(moody_, clock_, {.each_second = 3'000, .at_once_of_caller = 3'000});
  for (int i = 0; i < 1'234; ++i) refusals.Add(Refused(absl::StrCat("units/", i)));
  executor_.RunUntilDone(refusals.Drain());
  EXPECT_THAT(Journal(), SizeIs(1'234));
  EXPECT_EQ(moody_.asked, 3);
}

TEST_F(RefusalJournalTest, DrainsCountsToo) {
  RefusalJournal refusals(moody_, clock_, {.at_once_of_caller = 1});
  for (int i = 0; i < 10; ++i) refusals.Add(Refused("units/320000"));
  executor_.RunUntilDone(refusals.Drain());
  EXPECT_THAT(Journal(), testing::UnorderedElementsAre(Property(&v1::Event::type, kCallRefused),
                                                       Property(&v1::Event::type, kCallsRefused)));
}

TEST_F(RefusalJournalTest, DoesNotWaitForAStoreThatIsAwayAtTheEnd) {
  moody_.deaf = 1'000;
  refusals_.Add(Refused("units/1"));
  executor_.RunUntilDone(refusals_.Drain());
  EXPECT_EQ(moody_.asked, 1);
}

TEST_F(RefusalJournalTest, ShowsWhatACallerChoseAsTextOfALimitedLength) {
  rpc::RefusedCall call = Refused("单位\n\xff");
  call.request_id = std::string(10'000, 'x');
  EXPECT_EQ(EventOf(call).resource(), "\\345\\215\\225\\344\\275\\215\\n\\377");
  EXPECT_EQ(EventOf(call).request_id(), std::string(256, 'x'));
  call.resource = "a";
  for (int i = 0; i < 100; ++i) call.resource += "单";
  EXPECT_EQ(EventOf(call).resource(), call.resource.substr(0, 256));
  call.resource = "aa" + call.resource;
  EXPECT_EQ(EventOf(call).resource(), call.resource.substr(0, 255)) << "no half a character";
  call.resource = std::string(1'000, '\x80');
  EXPECT_EQ(EventOf(call).resource().substr(0, 8), "\\200\\200");
}

TEST_F(RefusalJournalTest, BelievesThePrincipalBeforeThePeerOfTheConnection) {
  rpc::RefusedCall call = Refused("");
  call.principal.set_source_address("203.0.113.9");
  EXPECT_EQ(EventOf(call).source_address(), "203.0.113.9");
}

TEST_F(RefusalJournalTest, KeepsNothingButRefusalsOfOthers) {
  v1::Event refusal = EventOf(Refused("units/1"));
  v1::Event other = refusal;
  other.set_type("unit.created");
  EXPECT_THAT(executor_.RunUntilDone(KeepRefusals(*store_, {refusal, other}, 0)),
              IsRefusal(absl::StatusCode::kInvalidArgument, "EVENT_NO_REFUSAL"));
  EXPECT_THAT(Journal(), IsEmpty());
  EXPECT_THAT(executor_.RunUntilDone(KeepRefusals(*store_, {refusal}, 0)), IsOk());
  EXPECT_THAT(executor_.RunUntilDone(KeepRefusals(*store_, {}, 1)), IsOk());
  EXPECT_THAT(Journal(), SizeIs(1));
}

}  // namespace
}  // namespace jiebang::journal
