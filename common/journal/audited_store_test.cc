#include "common/journal/audited_store.h"

#include "absl/strings/str_cat.h"
#include "common/async/thread_executor.h"
#include "common/store/sqlite/sqlite_store.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temporary_directory.h"
#include "common/token/digest.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "jiebang/journal/v1/event.pb.h"

namespace jiebang::journal {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

class AuditedStoreTest : public testing::Test {
 protected:
  // The journal of the partition after the commit.
  std::vector<store::JournalEntry> JournalAfter(store::Commit commit) {
    const std::string partition = commit.partition;
    EXPECT_THAT(audit_executor_.RunUntilDone(store_.Apply(std::move(commit))), IsOk());
    return audit_executor_.RunUntilDone(store_.ReadJournal(store::ShardOf(partition), 0, 1'000)).value();
  }
  static v1::Event Parsed(const store::JournalEntry& entry) {
    v1::Event event;
    EXPECT_TRUE(event.ParseFromString(entry.event.payload));
    return event;
  }
  static store::Event Created() {
    v1::Event event;
    event.set_type("unit.created");
    event.set_resource("units/a");
    event.set_actor("ministry");
    (*event.mutable_details())["name"] = "a";
    return {.type = event.type(), .resource = event.resource(), .payload = event.SerializeAsString()};
  }

  TemporaryDirectory directory_;
  const FixedClock clock_{absl::FromUnixSeconds(1'770'000'000)};
  AuditedStore store_{*store::OpenSqliteStore(directory_.path() / "audited.db"), clock_};
  ThreadExecutor audit_executor_;
};

TEST_F(AuditedStoreTest, AddsWhatACommitChangesToItsFirstEvent) {
  store::Commit commit{.partition = "units"};
  commit.puts = {{.table = "unit", .id = "a", .value = "the value"}, {.table = "index", .id = "by name/a"}};
  commit.deletes = {{.table = "draft", .id = "a"}};
  commit.events = {Created(), Created()};
  const std::vector<store::JournalEntry> entries = JournalAfter(std::move(commit));
  ASSERT_THAT(entries, SizeIs(2));
  v1::Event event = Parsed(entries[0]);
  ASSERT_THAT(event.changes(), SizeIs(3));
  EXPECT_EQ(event.changes(0).table(), "unit");
  EXPECT_EQ(event.changes(0).id(), "a");
  EXPECT_EQ(event.changes(0).sha256(), token::Sha256("the value"));
  EXPECT_EQ(event.changes(1).sha256(), token::Sha256(""));
  EXPECT_EQ(event.changes(2).table(), "draft");
  EXPECT_EQ(event.changes(2).sha256(), "");
  event.clear_changes();
  EXPECT_EQ(event.SerializeAsString(), Created().payload);
  EXPECT_EQ(entries[1].event, Created());
}

TEST_F(AuditedStoreTest, AddsAnEventToACommitThatHasNone) {
  store::Commit commit{.partition = "units"};
  commit.puts = {{.table = "unit", .id = "a", .value = "the value"}};
  const std::vector<store::JournalEntry> entries = JournalAfter(std::move(commit));
  ASSERT_THAT(entries, SizeIs(1));
  EXPECT_EQ(entries[0].event.type, kRecordChanged);
  EXPECT_EQ(entries[0].event.resource, "units");
  const v1::Event event = Parsed(entries[0]);
  EXPECT_EQ(event.type(), kRecordChanged);
  EXPECT_EQ(event.time().seconds(), 1'770'000'000);
  EXPECT_THAT(event.changes(), SizeIs(1));
}

TEST_F(AuditedStoreTest, LeavesAloneWhatCanBeMadeAgainAndWhatChangesNothing) {
  store::Commit derived{.partition = "units"};
  derived.puts = {{.table = "derived_unit", .id = "a", .value = "the value"}};
  EXPECT_THAT(JournalAfter(std::move(derived)), IsEmpty());
  store::Commit eventful{.partition = "units"};
  eventful.events = {Created()};
  const std::vector<store::JournalEntry> entries = JournalAfter(std::move(eventful));
  ASSERT_THAT(entries, SizeIs(1));
  EXPECT_EQ(entries[0].event, Created());
}

TEST_F(AuditedStoreTest, SpreadsWhatOneEventCannotHold) {
  store::Commit commit{.partition = "units"};
  for (int i = 0; i < 990; ++i) commit.puts.push_back({.table = "unit", .id = absl::StrCat(i, std::string(490, 'x'))});
  v1::Event first;
  (*first.mutable_details())["long"] = std::string(200 << 10, 'x');
  commit.events = {{.type = "unit.created", .resource = "units/a", .payload = first.SerializeAsString()}, Created()};
  const std::vector<store::JournalEntry> entries = JournalAfter(std::move(commit));
  ASSERT_THAT(entries, SizeIs(4));
  std::size_t changes = 0;
  for (const store::JournalEntry& entry : entries) {
    EXPECT_LE(entry.event.payload.size(), store::kMaxEventBytes);
    changes += Parsed(entry).changes_size();
  }
  EXPECT_EQ(changes, 990u);
  EXPECT_GT(Parsed(entries[0]).changes_size(), 0);
  EXPECT_EQ(entries[1].event.type, kRecordChanged);
  EXPECT_EQ(entries[2].event.type, kRecordChanged);
  EXPECT_EQ(entries[3].event, Created());
}

}  // namespace
}  // namespace jiebang::journal
