#include "common/seal/audit.h"

#include <algorithm>
#include <array>
#include <functional>

#include "absl/strings/str_cat.h"
#include "common/async/thread_executor.h"
#include "common/journal/audited_store.h"
#include "common/seal/bench_for_test.h"
#include "common/seal/sealer.h"
#include "common/status/status_macros.h"
#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace jiebang::seal {
namespace {

using journal::v1::SignedHead;
using testing::AllOf;
using testing::HasSubstr;

struct KeptRecord {
  store::Key key;
  std::string value;
};

// All that is kept of a service, as a back-up has it.
struct Copy {
  std::vector<SignedHead> heads;
  std::array<std::map<TileId, std::string>, store::kShards> tiles;
  std::array<std::vector<store::JournalEntry>, store::kShards> entries;
  std::vector<KeptRecord> records;
};

class AuditTest : public testing::Test {
 protected:
  template <class T>
  T Run(Task<T> task) {
    return executor_.RunUntilDone(std::move(task));
  }

  // Copies heads, tiles and entries; records as far as `tables` name them.
  Copy CopyOf(store::Store& store, const std::vector<std::pair<std::string, std::string>>& tables) {
    Copy copy;
    const SealRepository repository(store);
    for (std::int64_t number = 1;; ++number) {
      const absl::StatusOr<SignedHead> head = Run(repository.Head(number));
      if (!head.ok()) break;
      copy.heads.push_back(*head);
    }
    const std::vector<std::uint64_t> sizes = Run(store.JournalHeads()).value();
    for (int shard = 0; shard < store::kShards; ++shard) {
      copy.entries[shard] = Run(store.ReadJournal(shard, 0, 1'000)).value();
      if (sizes[shard] == 0) continue;
      std::set<TileId> ids = TilesGrowing(0, sizes[shard]);
      copy.tiles[shard] = Run(repository.TilesOfShard(shard, std::move(ids)))->tiles;
    }
    for (const auto& [table, partition] : tables) {
      const store::Page page = Run(store.Scan(table, partition, "", "", 1'000)).value();
      for (const store::Record& record : page.records) {
        copy.records.push_back({{table, partition, record.id}, record.value});
      }
    }
    return copy;
  }

  AuditOptions Options() const { return {.service = "quota", .keys = {key_.verifying_key()}}; }

  static absl::StatusOr<AuditReport> Audited(const Copy& copy, AuditOptions options) {
    Audit audit(std::move(options));
    for (const SignedHead& head : copy.heads) RETURN_IF_ERROR(audit.AddHead(head));
    for (int shard = 0; shard < store::kShards; ++shard) {
      for (const auto& [id, hashes] : copy.tiles[shard]) RETURN_IF_ERROR(audit.AddTile(shard, id, hashes));
      for (const store::JournalEntry& entry : copy.entries[shard]) RETURN_IF_ERROR(audit.AddEntry(shard, entry));
    }
    for (const KeptRecord& record : copy.records) RETURN_IF_ERROR(audit.AddRecord(record.key, record.value));
    return audit.Finish();
  }

  token::SigningKey key_ = token::SigningKey::Generate();
  FixedClock clock_{absl::FromUnixSeconds(1'770'000'000)};
  ThreadExecutor executor_;
};

// A service that made, changed and deleted units, in two heads, and one more after them.
class ServiceAuditTest : public AuditTest {
 protected:
  ServiceAuditTest() {
    for (int i = 0; i < 20; ++i) Save(absl::StrCat("unit ", i), "first");
    Seal();
    for (int i = 0; i < 10; ++i) Save(absl::StrCat("unit ", i), "second");
    store::Commit removal{.partition = kPartition};
    removal.deletes.push_back({.table = "unit", .id = "unit 19"});
    EXPECT_THAT(Run(store_.Apply(std::move(removal))), IsOk());
    store::Commit projected{.partition = "projected"};
    projected.puts.push_back({.table = "derived_view", .id = "a"});
    EXPECT_THAT(Run(store_.Apply(std::move(projected))), IsOk());
    Seal();
    Save("unit 18", "unsealed");
    copy_ = CopyOf(store_, {{"unit", kPartition}, {"derived_view", "projected"}});
  }

  void Save(const std::string& id, const std::string& value) {
    journal::v1::Event event;
    event.set_type("unit.saved");
    event.set_resource("units/" + id);
    store::Commit commit{.partition = kPartition};
    commit.puts.push_back({.table = "unit", .id = id, .value = value});
    commit.events.push_back({event.type(), event.resource(), event.SerializeAsString()});
    EXPECT_THAT(Run(store_.Apply(std::move(commit))), IsOk());
  }
  void Seal() { EXPECT_THAT(Run(sealer_.Look()), IsOkAndHolds(Round::kSealed)); }

  absl::StatusOr<AuditReport> Verdict() const {
    AuditOptions options = Options();
    return Audited(copy_, std::move(options));
  }
  std::vector<store::JournalEntry>& entries() { return copy_.entries[shard_]; }
  store::JournalEntry& Entry(std::uint64_t sequence) { return entries()[sequence - 1]; }
  KeptRecord& Record(const std::string& id) {
    return *std::find_if(copy_.records.begin(), copy_.records.end(),
                         [&](const KeptRecord& record) { return record.key.id == id; });
  }
  void ForgetTiles() { copy_.tiles[shard_].clear(); }

  static auto Finds(const std::string& what) { return StatusIs(absl::StatusCode::kDataLoss, HasSubstr(what)); }

  const std::string kPartition = "units";
  const int shard_ = store::ShardOf(kPartition);
  const std::string shard_name_ = absl::StrCat("shard ", shard_, ": ");
  TemporaryDirectory directory_;
  journal::AuditedStore store_{*store::OpenSqliteStore(directory_.path() / "audit.db"), clock_};
  Sealer sealer_{store_, clock_, key_, {.service = "quota", .holder = "sealer"}};
  Copy copy_;
};

TEST_F(ServiceAuditTest, FindsNothingInWhatWasNotTouched) {
  ASSERT_OK_AND_ASSIGN(const AuditReport report, Verdict());
  EXPECT_EQ(report.first_head, 1);
  EXPECT_EQ(report.last_head, 2);
  EXPECT_EQ(report.sealed_entries, 31u);
  EXPECT_EQ(report.unsealed_entries, 1u);
  EXPECT_EQ(report.records, 19u);
  EXPECT_EQ(report.derived_records, 1u);
}

TEST_F(ServiceAuditTest, FindsAnEventThatWasAltered) {
  Entry(7).event.payload[3] ^= 1;
  EXPECT_THAT(Verdict(), Finds(shard_name_ + "entry 7 is not the one that head 1 sealed"));
  ForgetTiles();
  EXPECT_THAT(Verdict(), Finds(shard_name_ + "entries 1 to 20 are not those that head 1 sealed"));
}

TEST_F(ServiceAuditTest, FindsTheFirstOfSeveral) {
  Entry(29).event.type = "unit.other";
  Entry(22).event.resource = "units/another";
  EXPECT_THAT(Verdict(), Finds(shard_name_ + "entry 22 is not the one that head 2 sealed"));
}

TEST_F(ServiceAuditTest, FindsTwoEventsInAnotherOrder) {
  std::swap(Entry(3).event, Entry(4).event);
  EXPECT_THAT(Verdict(), Finds(shard_name_ + "entry 3 is not"));
  std::swap(Entry(3).event, Entry(4).event);
  std::swap(Entry(3), Entry(4));
  EXPECT_THAT(Verdict(), Finds(shard_name_ + "entry 4 stands where entry 3 belongs"));
}

TEST_F(ServiceAuditTest, FindsEventsThatAreMissingOrTooMany) {
  const std::vector<store::JournalEntry> untouched = entries();
  entries().erase(entries().begin() + 4);
  EXPECT_THAT(Verdict(), Finds(shard_name_ + "entry 6 stands where entry 5 belongs"));
  for (std::size_t i = 4; i < entries().size(); ++i) entries()[i].sequence = i + 1;
  EXPECT_THAT(Verdict(), Finds(shard_name_ + "entry 5 is not"));
  entries() = untouched;
  entries().insert(entries().begin() + 9, untouched[9]);
  for (std::size_t i = 9; i < entries().size(); ++i) entries()[i].sequence = i + 1;
  EXPECT_THAT(Verdict(), Finds(shard_name_ + "entry 11 is not"));
  entries() = untouched;
  entries().resize(30);
  EXPECT_THAT(Verdict(), Finds(shard_name_ + "entry 31 is missing: head 2 sealed 31"));
}

TEST_F(ServiceAuditTest, FindsAnEventInAnotherPartitionOrShard) {
  Entry(5).partition = PartitionIn(shard_ == 0 ? 1 : 0);
  EXPECT_THAT(Verdict(), Finds(shard_name_ + "entry 5 is of the partition"));
  Entry(5).partition = PartitionIn(shard_);
  EXPECT_THAT(Verdict(), Finds(shard_name_ + "entry 5 is not"));
}

TEST_F(ServiceAuditTest, IsNotMisledByTiles) {
  copy_.tiles[shard_].begin()->second[70] ^= 1;
  EXPECT_THAT(Verdict(), IsOk());
  Entry(7).event.payload[3] ^= 1;
  EXPECT_THAT(Verdict(), Finds("entries 1 to 20"));
}

TEST_F(ServiceAuditTest, FindsAHeadThatWasAltered) {
  const Copy untouched = copy_;
  (*copy_.heads[1].mutable_head())[12] ^= 1;
  EXPECT_THAT(Verdict(), Finds("the head after head 1: "));
  copy_ = untouched;
  copy_.heads[0].mutable_signature()->back() ^= 1;
  EXPECT_THAT(Verdict(), Finds("the first head: its signature is wrong"));
  copy_ = untouched;
  std::swap(copy_.heads[0], copy_.heads[1]);
  EXPECT_THAT(Verdict(), Finds("the head after head 2: "));
}

// Who has the key can sign another history; what was handed out before shows it.
TEST_F(ServiceAuditTest, FindsAHistoryThatWasSignedAnew) {
  const std::vector<SignedHead> handed_out = copy_.heads;
  journal::v1::JournalHead first = OpenHead(copy_.heads[0], {key_.verifying_key()}).value();
  first.mutable_time()->set_seconds(1);
  copy_.heads = {SignHead(first, key_)};
  EXPECT_THAT(Verdict(), IsOk());
  AuditOptions options = Options();
  options.known_heads = {handed_out[0]};
  EXPECT_THAT(Audited(copy_, options), Finds("head 1 is another one"));
  copy_.heads = {handed_out[0]};
  EXPECT_THAT(Audited(copy_, options), IsOk());
  options.known_heads = {handed_out[1]};
  EXPECT_THAT(Audited(copy_, options), Finds("head 2, which is known, is missing"));
}

TEST_F(ServiceAuditTest, FindsARecordThatWasAltered) {
  Record("unit 3").value = "first";  // what it once was
  EXPECT_THAT(Verdict(), Finds("the record unit 3 of the table unit in units: its value is not what the journal says"));
}

TEST_F(ServiceAuditTest, FindsARecordThatIsMissingOrShouldBe) {
  const Copy untouched = copy_;
  std::erase_if(copy_.records, [](const KeptRecord& record) { return record.key.id == "unit 3"; });
  EXPECT_THAT(Verdict(),
              Finds("the record unit 3 of the table unit in units: the journal made it and it is not there"));
  copy_ = untouched;
  copy_.records.push_back({{"unit", kPartition, "unit 19"}, "first"});
  EXPECT_THAT(Verdict(), Finds("unit 19 of the table unit in units: the journal says that it was deleted"));
  copy_ = untouched;
  copy_.records.push_back({{"unit", kPartition, "unit 77"}, "first"});
  EXPECT_THAT(Verdict(), Finds("unit 77 of the table unit in units: no entry of the journal made it"));
  copy_ = untouched;
  copy_.records.push_back(Record("unit 3"));
  EXPECT_THAT(Verdict(), Finds("unit 3 of the table unit in units: no entry of the journal made it"));
}

TEST_F(ServiceAuditTest, CountsWhatCannotBeTracedBehindACompaction) {
  entries().erase(entries().begin(), entries().begin() + 15);
  ASSERT_OK_AND_ASSIGN(const AuditReport report, Verdict());
  EXPECT_EQ(report.compacted_entries, 15u);
  EXPECT_EQ(report.untraced_records, 5u);  // units 10 to 14
  EXPECT_EQ(report.records, 14u);
  Entry(1).event.payload[3] ^= 1;  // of what is left
  EXPECT_THAT(Verdict(), Finds("entry 16 is not"));
  ForgetTiles();
  EXPECT_THAT(Verdict(), Finds("entries 1 to 15 are there neither themselves nor as tiles"));
}

TEST_F(AuditTest, GoesOnOverARollbackThatWasStated) {
  ScriptedJournal journal;
  const auto sealer = [&](std::vector<RollbackAcceptance> accepted) {
    clock_.Advance(absl::Minutes(1));
    return std::make_unique<Sealer>(
        journal, clock_, key_,
        SealerOptions{.service = "quota", .holder = absl::FormatTime(clock_.Now()), .accepted = std::move(accepted)});
  };
  const auto seal = [&](std::vector<RollbackAcceptance> accepted) {
    const auto some = sealer(std::move(accepted));
    while (Run(some->Look()).value() == Round::kSealedMore) {
    }
  };
  journal.Happen(4, 10, "a");
  seal({});
  journal.Happen(4, 10, "b");
  seal({});
  journal.Cut(4, 13);
  journal.Happen(4, 9, "c");
  const Copy before = CopyOf(journal, {});
  EXPECT_THAT(Audited(before, Options()), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("shard 4: entry 14 is not")));

  const journal::v1::JournalHead last = OpenHead(before.heads.back(), {key_.verifying_key()}).value();
  const std::string named = RollbackAcceptance::ExampleFor(4, last.trees(4));
  seal({RollbackAcceptance::Parse(named).value()});
  Copy after = CopyOf(journal, {});
  ASSERT_OK_AND_ASSIGN(const AuditReport report, Audited(after, Options()));
  ASSERT_EQ(report.rollbacks.size(), 1u);
  EXPECT_EQ(report.rollbacks[0].sealed().size(), 20);
  EXPECT_EQ(report.sealed_entries, 22u);
  after.entries[4][12].event.payload += "\x62\x01!";  // an unknown field: what is left of what was sealed still counts
  EXPECT_THAT(Audited(after, Options()), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("shard 4: entry 13 is not")));
}

}  // namespace
}  // namespace jiebang::seal
