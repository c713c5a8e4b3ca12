#include "common/seal/sealer.h"

#include <memory>

#include "common/async/thread_executor.h"
#include "common/seal/bench_for_test.h"
#include "common/seal/leaf.h"
#include "common/seal/tree_for_test.h"
#include "common/testing/mortal_store.h"
#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace jiebang::seal {
namespace {

using journal::v1::JournalHead;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;
using token::KeyKind;

const absl::Time kStart = absl::FromUnixSeconds(1'770'000'000);

class SealerTest : public testing::Test {
 protected:
  std::unique_ptr<Sealer> NewSealer(store::Store& store, std::vector<RollbackAcceptance> accepted = {}) {
    return std::make_unique<Sealer>(
        store, clock_, key_,
        SealerOptions{.service = "quota", .holder = "sealer " + std::to_string(++sealers_), .accepted = accepted});
  }
  absl::StatusOr<Round> Look(Sealer& sealer) { return executor_.RunUntilDone(sealer.Look()); }

  // The head with this number, opened with the key, and held against the head before.
  JournalHead Head(std::int64_t number) {
    const SealRepository repository(journal_);
    std::optional<OpenedHead> before;
    for (std::int64_t i = 1; i <= number; ++i) {
      const auto signed_head = executor_.RunUntilDone(repository.Head(i));
      if (!signed_head.ok()) {
        ADD_FAILURE() << "head " << i << ": " << signed_head.status();
        JournalHead none;
        for (int shard = 0; shard < store::kShards; ++shard) none.add_trees();
        return none;
      }
      OpenedHead next{.signed_head = *signed_head};
      next.head = OpenHead(*signed_head, {key_.verifying_key()}).value();
      EXPECT_THAT(CheckSuccession(before, next), IsOk()) << i;
      before = std::move(next);
    }
    return before.value().head;
  }
  std::int64_t LatestNumber() {
    const absl::StatusOr<KeptHead> kept = executor_.RunUntilDone(SealRepository(journal_).LatestHead());
    return kept.ok() && kept->head ? kept->head->head.number() : 0;
  }

  // The root of the first `size` entries of the journal as it is now, by definition.
  std::string Root(int shard, std::uint64_t size) {
    std::vector<std::string> leaves;
    for (std::uint64_t i = 0; i < size; ++i) leaves.push_back(LeafBytes(shard, journal_.entries(shard)[i]));
    return DefinedTree(TreeHash(SuiteOf(key_.kind())), leaves).Root(size);
  }
  void ExpectSealed(const JournalHead& head, int shard, std::uint64_t size) {
    EXPECT_EQ(head.trees(shard).size(), static_cast<std::int64_t>(size));
    EXPECT_EQ(head.trees(shard).root(), Root(shard, size));
  }

  void TamperWithTile(int shard) {
    const SealRepository repository(journal_);
    KeptTiles kept = executor_.RunUntilDone(repository.TilesOfShard(shard, {TileId{}})).value();
    kept.tiles.begin()->second[40] ^= 1;
    ASSERT_THAT(executor_.RunUntilDone(repository.KeepTiles(shard, kept.tiles, kept.versions)), IsOk());
  }

  ScriptedJournal journal_;
  FixedClock clock_{kStart};
  token::SigningKey key_ = token::SigningKey::Generate();
  ThreadExecutor executor_;
  ThreadExecutor other_executor_;  // for what happens in the middle of a look
  int sealers_ = 0;
};

TEST_F(SealerTest, SealsWhatIsNewAndNothingElse) {
  const auto sealer = NewSealer(journal_);
  EXPECT_THAT(Look(*sealer), IsOkAndHolds(Round::kNothingNew));
  journal_.Happen(2, 3, "a");
  journal_.Happen(15, 1, "b");
  EXPECT_THAT(Look(*sealer), IsOkAndHolds(Round::kSealed));
  EXPECT_THAT(Look(*sealer), IsOkAndHolds(Round::kNothingNew));
  const JournalHead first = Head(1);
  EXPECT_EQ(first.service(), "quota");
  ExpectSealed(first, 2, 3);
  ExpectSealed(first, 15, 1);
  ExpectSealed(first, 0, 0);

  journal_.Happen(2, 2, "c");
  EXPECT_THAT(Look(*sealer), IsOkAndHolds(Round::kSealed));
  ExpectSealed(Head(2), 2, 5);
  EXPECT_EQ(sealer->status().head_number, 2);
}

TEST_F(SealerTest, SealsAManyTilesLongJournalInSteps) {
  const auto sealer = NewSealer(journal_);
  journal_.Happen(7, 1'000, "a");
  int looks = 0;
  while (Look(*sealer).value() == Round::kSealedMore) ++looks;
  EXPECT_GE(looks, 3);
  ExpectSealed(Head(LatestNumber()), 7, 1'000);
}

TEST_F(SealerTest, SealsInTheSuiteOfItsKey) {
  key_ = token::SigningKey::Generate(KeyKind::kSm2);
  journal_.Happen(0, 5, "a");
  EXPECT_THAT(Look(*NewSealer(journal_)), IsOkAndHolds(Round::kSealed));
  EXPECT_EQ(Head(1).suite(), journal::v1::SEAL_SUITE_SM2_SM3);
  ExpectSealed(Head(1), 0, 5);
  key_ = token::SigningKey::Generate(KeyKind::kEd25519);
  EXPECT_THAT(Look(*NewSealer(journal_)), StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("another suite")));
}

TEST_F(SealerTest, LetsOneWorkAtATime) {
  const auto first = NewSealer(journal_);
  const auto second = NewSealer(journal_);
  journal_.Happen(1, 1, "a");
  EXPECT_THAT(Look(*first), IsOkAndHolds(Round::kSealed));
  journal_.Happen(1, 1, "b");
  EXPECT_THAT(Look(*second), IsOkAndHolds(Round::kNotMine));
  clock_.Advance(absl::Seconds(9));
  EXPECT_THAT(Look(*second), IsOkAndHolds(Round::kNotMine));
  EXPECT_THAT(Look(*first), IsOkAndHolds(Round::kSealed));
  EXPECT_EQ(LatestNumber(), 2);
}

TEST_F(SealerTest, TakesOverWhenTheLeaseOfADeadOneLapses) {
  MortalStore mortal(journal_);
  const auto first = NewSealer(mortal);
  const auto second = NewSealer(journal_);
  journal_.Happen(1, 300, "a");
  journal_.Happen(9, 5, "b");
  // It dies at every commit of its look in turn: of the lease, of tiles, of the head.
  for (int commits = 0; commits < 3; ++commits) {
    mortal.DieAfter(commits);
    EXPECT_THAT(Look(*first), StatusIs(absl::StatusCode::kUnavailable)) << commits;
    EXPECT_EQ(LatestNumber(), 0);
  }
  EXPECT_THAT(Look(*second), IsOkAndHolds(Round::kNotMine));
  clock_.Advance(absl::Seconds(11));
  EXPECT_THAT(Look(*second), IsOkAndHolds(Round::kSealedMore));
  EXPECT_THAT(Look(*second), IsOkAndHolds(Round::kSealed));
  ExpectSealed(Head(2), 1, 300);
  ExpectSealed(Head(2), 9, 5);
}

// The first is stopped right before its commit; meanwhile its lease lapses, and another one goes on.
class PausedSealerTest : public SealerTest, public testing::WithParamInterface<int> {};

TEST_P(PausedSealerTest, SignsNothingAfterItsLeaseWasTaken) {
  MortalStore pausing(journal_);
  const auto first = NewSealer(pausing);
  const auto second = NewSealer(journal_);
  journal_.Happen(1, 2, "a");
  EXPECT_THAT(Look(*first), IsOkAndHolds(Round::kSealed));
  clock_.Advance(absl::Seconds(6));  // its next look renews the lease
  journal_.Happen(1, 2, "b");
  pausing.BeforeCommit(GetParam(), [&] {
    clock_.Advance(absl::Seconds(20));
    journal_.Happen(1, 3, "c");
    EXPECT_THAT(other_executor_.RunUntilDone(second->Look()), IsOkAndHolds(Round::kSealed));
  });
  const absl::StatusOr<Round> woken = Look(*first);
  EXPECT_TRUE(absl::IsAborted(woken.status()) || (woken.ok() && *woken == Round::kNotMine)) << woken.status();
  EXPECT_EQ(LatestNumber(), 2);
  ExpectSealed(Head(2), 1, 7);

  journal_.Happen(1, 1, "d");
  EXPECT_THAT(Look(*first), IsOkAndHolds(Round::kNotMine));
  EXPECT_THAT(Look(*second), IsOkAndHolds(Round::kSealed));
  ExpectSealed(Head(3), 1, 8);
}

INSTANTIATE_TEST_SUITE_P(BeforeLeaseTilesAndHead, PausedSealerTest, testing::Values(1, 2, 3));

// It has only taken the lease, and no head of its own says so.
TEST_F(SealerTest, SignsNothingOnceAnotherHasTheLease) {
  MortalStore pausing(journal_);
  MortalStore mortal(journal_);
  const auto first = NewSealer(pausing);
  const auto second = NewSealer(mortal);
  journal_.Happen(1, 2, "a");
  pausing.BeforeCommit(3, [&] {
    clock_.Advance(absl::Seconds(20));
    mortal.DieAfter(1);
    EXPECT_THAT(other_executor_.RunUntilDone(second->Look()), StatusIs(absl::StatusCode::kUnavailable));
  });
  EXPECT_THAT(Look(*first), StatusIs(absl::StatusCode::kAborted));
  EXPECT_EQ(LatestNumber(), 0);
}

// What it had written, and nobody signed, is not in the way when the journal lost it.
TEST_F(SealerTest, GoesOnOverTilesThatNobodySigned) {
  MortalStore mortal(journal_);
  const auto first = NewSealer(mortal);
  journal_.Happen(1, 250, "a");
  EXPECT_THAT(Look(*first), IsOkAndHolds(Round::kSealed));
  clock_.Advance(absl::Seconds(6));
  journal_.Happen(1, 100, "b");
  mortal.DieAfter(2);
  EXPECT_THAT(Look(*first), StatusIs(absl::StatusCode::kUnavailable));
  journal_.Cut(1, 250);
  journal_.Happen(1, 20, "c");
  clock_.Advance(absl::Seconds(20));
  EXPECT_THAT(Look(*NewSealer(journal_)), IsOkAndHolds(Round::kSealed));
  ExpectSealed(Head(2), 1, 270);
}

TEST_F(SealerTest, DoesNotSignOverAJournalThatIsShorterThanWhatWasSealed) {
  const auto sealer = NewSealer(journal_);
  journal_.Happen(1, 10, "a");
  EXPECT_THAT(Look(*sealer), IsOkAndHolds(Round::kSealed));
  journal_.Cut(1, 8);
  EXPECT_THAT(Look(*sealer), IsOkAndHolds(Round::kNothingNew));
  EXPECT_THAT(sealer->status().refused, ElementsAre(Pair(1, AllOf(HasSubstr("8"), HasSubstr("10")))));

  // The other shards go on; the one that does not fit stays as it was sealed.
  journal_.Happen(2, 1, "b");
  EXPECT_THAT(Look(*sealer), IsOkAndHolds(Round::kSealed));
  EXPECT_EQ(Head(2).trees(1).SerializeAsString(), Head(1).trees(1).SerializeAsString());
  ExpectSealed(Head(2), 2, 1);
}

TEST_F(SealerTest, DoesNotSignOverAJournalThatGrewAgainDifferently) {
  const auto sealer = NewSealer(journal_);
  journal_.Happen(1, 10, "a");
  EXPECT_THAT(Look(*sealer), IsOkAndHolds(Round::kSealed));
  journal_.Cut(1, 8);
  journal_.Happen(1, 5, "c");
  EXPECT_THAT(Look(*sealer), IsOkAndHolds(Round::kNothingNew));
  EXPECT_THAT(sealer->status().refused, ElementsAre(Pair(1, HasSubstr("entry 10"))));
  EXPECT_EQ(LatestNumber(), 1);
}

// A failover of one primary loses the end of everything: entries, tiles and the heads over them.
TEST_F(SealerTest, PutsBackTheHeadsThatTheStoreLostAndHoldsTheJournalAgainstThem) {
  const auto sealer = NewSealer(journal_);
  TemporaryDirectory copies;
  const std::filesystem::path before = std::filesystem::path(copies.path()) / "before";
  journal_.Happen(1, 10, "a");
  EXPECT_THAT(Look(*sealer), IsOkAndHolds(Round::kSealed));
  journal_.CopyRecordsTo(before);
  for (const char* const later : {"b", "c"}) {
    journal_.Happen(1, 1, later);
    EXPECT_THAT(Look(*sealer), IsOkAndHolds(Round::kSealed));
  }
  const std::string lost = Head(3).SerializeAsString();
  journal_.LoseRecordsSince(before);
  journal_.Cut(1, 10);
  EXPECT_EQ(LatestNumber(), 1);

  EXPECT_THAT(Look(*sealer), IsOkAndHolds(Round::kSealedMore));
  EXPECT_THAT(Look(*sealer), IsOkAndHolds(Round::kSealedMore));
  EXPECT_EQ(Head(3).SerializeAsString(), lost);
  EXPECT_THAT(Look(*sealer), IsOkAndHolds(Round::kNothingNew));
  EXPECT_THAT(sealer->status().refused, ElementsAre(Pair(1, AllOf(HasSubstr("10"), HasSubstr("12")))));

  // Accepted: it goes on from the head whose tiles were not lost.
  journal_.Happen(1, 5, "d");
  const std::string named = RollbackAcceptance::ExampleFor(1, Head(3).trees(1));
  clock_.Advance(absl::Minutes(1));
  const auto told = NewSealer(journal_, {RollbackAcceptance::Parse(named).value()});
  EXPECT_THAT(Look(*told), IsOkAndHolds(Round::kSealedMore));
  ExpectSealed(Head(4), 1, 10);
  EXPECT_NE(RollbackOf(Head(4), 1), nullptr);
  EXPECT_THAT(Look(*told), IsOkAndHolds(Round::kSealed));
  ExpectSealed(Head(5), 1, 15);
}

TEST_F(SealerTest, SignsNoMoreWhereALostHeadCannotBePutBack) {
  const auto first = NewSealer(journal_);
  TemporaryDirectory copies;
  const std::filesystem::path before = std::filesystem::path(copies.path()) / "before";
  journal_.Happen(1, 10, "a");
  EXPECT_THAT(Look(*first), IsOkAndHolds(Round::kSealed));
  journal_.CopyRecordsTo(before);
  journal_.Happen(1, 1, "b");
  EXPECT_THAT(Look(*first), IsOkAndHolds(Round::kSealed));
  journal_.LoseRecordsSince(before);
  journal_.Cut(1, 10);
  journal_.Happen(1, 1, "c");
  clock_.Advance(absl::Minutes(1));
  const auto second = NewSealer(journal_);  // knows nothing of what was lost
  EXPECT_THAT(Look(*second), IsOkAndHolds(Round::kSealed));
  EXPECT_THAT(Look(*first), StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("HEAD 2 WAS LOST")));
}

TEST_F(SealerTest, DoesNotSignOverAGap) {
  const auto sealer = NewSealer(journal_);
  journal_.Happen(1, 3, "a");
  journal_.entries(1)[2].sequence = 4;
  EXPECT_THAT(Look(*sealer), IsOkAndHolds(Round::kNothingNew));
  EXPECT_THAT(sealer->status().refused, ElementsAre(Pair(1, HasSubstr("entry 3"))));
}

// A failover of a cluster may lose a tile and keep the head over it.
TEST_F(SealerTest, MakesTilesAgainFromAJournalThatGivesTheSealedRoot) {
  const auto sealer = NewSealer(journal_);
  journal_.Happen(1, 300, "a");
  while (Look(*sealer).value() == Round::kSealedMore) {
  }
  TamperWithTile(1);
  journal_.Happen(1, 1, "b");
  EXPECT_THAT(Look(*sealer), IsOkAndHolds(Round::kSealed));
  ExpectSealed(Head(LatestNumber()), 1, 301);
}

TEST_F(SealerTest, DoesNotSignWhereNeitherTilesNorJournalGiveTheSealedRoot) {
  const auto sealer = NewSealer(journal_);
  journal_.Happen(1, 10, "a");
  EXPECT_THAT(Look(*sealer), IsOkAndHolds(Round::kSealed));
  TamperWithTile(1);
  journal_.entries(1)[3].event.payload += "!";
  journal_.Happen(1, 1, "b");
  EXPECT_THAT(Look(*sealer), IsOkAndHolds(Round::kNothingNew));
  EXPECT_THAT(sealer->status().refused, ElementsAre(Pair(1, HasSubstr("neither its tiles nor its journal"))));
}

TEST_F(SealerTest, GoesOnFromWhatIsLeftOnceAnOperatorAcceptsIt) {
  const auto sealer = NewSealer(journal_);
  journal_.Happen(1, 600, "a");
  while (Look(*sealer).value() == Round::kSealedMore) {
  }
  const std::int64_t last = LatestNumber();
  journal_.Cut(1, 500);
  journal_.Happen(1, 150, "c");
  EXPECT_THAT(Look(*sealer), IsOkAndHolds(Round::kNothingNew));

  const std::string digits = RollbackAcceptance::ExampleFor(1, Head(last).trees(1));
  ASSERT_OK_AND_ASSIGN(const auto accepted,
                       RollbackAcceptance::Parse(digits.substr(0, digits.rfind(':')) + ":failover, ticket 81"));
  clock_.Advance(absl::Seconds(20));
  const auto told = NewSealer(journal_, {accepted});
  EXPECT_THAT(Look(*told), IsOkAndHolds(Round::kSealedMore));
  const JournalHead stating = Head(last + 1);
  ASSERT_NE(RollbackOf(stating, 1), nullptr);
  EXPECT_EQ(RollbackOf(stating, 1)->reason(), "failover, ticket 81");
  EXPECT_EQ(RollbackOf(stating, 1)->sealed().size(), 600);
  ExpectSealed(stating, 1, 500);
  while (Look(*told).value() == Round::kSealedMore) {
  }
  ExpectSealed(Head(LatestNumber()), 1, 650);
  EXPECT_THAT(told->status().refused, IsEmpty());

  // The acceptance is spent: it names a tree that is not sealed any more.
  journal_.Cut(1, 640);
  EXPECT_THAT(Look(*told), IsOkAndHolds(Round::kNothingNew));
  EXPECT_THAT(told->status().refused, ElementsAre(Pair(1, HasSubstr("640"))));
}

TEST_F(SealerTest, GoesOnWhereTheLastSealedEntryWasCompactedAway) {
  const auto sealer = NewSealer(journal_);
  journal_.Happen(1, 10, "a");
  EXPECT_THAT(Look(*sealer), IsOkAndHolds(Round::kSealed));
  journal_.Compact(1, 10);
  journal_.Happen(1, 2, "b");
  EXPECT_THAT(Look(*sealer), IsOkAndHolds(Round::kSealed));
  ExpectSealed(Head(2), 1, 12);

  // Without it, tiles cannot be made again.
  TamperWithTile(1);
  journal_.Happen(1, 1, "c");
  EXPECT_THAT(Look(*sealer), IsOkAndHolds(Round::kNothingNew));
  EXPECT_THAT(sealer->status().refused, ElementsAre(Pair(1, HasSubstr("compacted"))));
}

TEST_F(SealerTest, SealsOnceMoreAtItsEndAndGivesItsLeaseBack) {
  const auto first = NewSealer(journal_);
  journal_.Happen(1, 1, "a");
  {
    ThreadExecutor loop;
    loop.RunUntilDone([&]() -> Task<bool> {
      Executor& home = co_await Home();
      Spawn(home, first->Run());
      while (first->status().head_number == 0) co_await Sleep(absl::Milliseconds(5));
      journal_.Happen(2, 1, "last");
      co_return true;
    }());
  }
  ExpectSealed(Head(2), 2, 1);
  journal_.Happen(1, 1, "b");
  EXPECT_THAT(Look(*NewSealer(journal_)), IsOkAndHolds(Round::kSealed));
}

TEST(RollbackAcceptance, IsReadAsTheSealerNamesIt) {
  ASSERT_OK_AND_ASSIGN(const auto accepted, RollbackAcceptance::Parse("3:1F0C9a7b22d4e601:failover: ticket 81"));
  EXPECT_EQ(accepted.shard, 3);
  EXPECT_EQ(accepted.root_digits, "1f0c9a7b22d4e601");
  EXPECT_EQ(accepted.reason, "failover: ticket 81");
  for (const char* const wrong : {"", "3", "3:1f0c9a7b22d4e601", "3:1f0c9a7b22d4e601:", "16:1f0c9a7b22d4e601:why",
                                  "-1:1f0c9a7b22d4e601:why", "3:1f0c:why", "3:xf0c9a7b22d4e601:why"}) {
    EXPECT_THAT(RollbackAcceptance::Parse(wrong), StatusIs(absl::StatusCode::kInvalidArgument)) << wrong;
  }
}

}  // namespace
}  // namespace jiebang::seal
