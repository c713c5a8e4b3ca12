#include "common/seal/proofs.h"

#include "common/async/thread_executor.h"
#include "common/seal/bench_for_test.h"
#include "common/seal/leaf.h"
#include "common/seal/proof.h"
#include "common/seal/sealer.h"
#include "common/testing/error_matchers.h"
#include "common/testing/status_matchers.h"
#include "gtest/gtest.h"

namespace jiebang::seal {
namespace {

using journal::v1::JournalHead;

// A shard with 300 entries in head 2, of which head 1 sealed 256, and 350 in head 3.
class ProofsTest : public testing::Test {
 protected:
  ProofsTest() {
    journal_.Happen(6, 300, "a");
    while (Run(sealer_.Look()).value() == Round::kSealedMore) {
    }
    journal_.Happen(6, 50, "b");
    EXPECT_THAT(Run(sealer_.Look()), IsOkAndHolds(Round::kSealed));
  }

  template <class T>
  T Run(Task<T> task) {
    return executor_.RunUntilDone(std::move(task));
  }
  JournalHead Head(std::int64_t number) {
    const auto signed_head = Run(proofs_.Head(number));
    return OpenHead(signed_head.value(), {key_.verifying_key()}).value();
  }

  ScriptedJournal journal_;
  FixedClock clock_{absl::FromUnixSeconds(1'770'000'000)};
  const token::SigningKey key_ = token::SigningKey::Generate();
  Sealer sealer_{journal_, clock_, key_, {.service = "quota", .holder = "sealer"}};
  const Proofs proofs_{journal_};
  const TreeHash hash_{journal::v1::SEAL_SUITE_ED25519_SHA256};
  ThreadExecutor executor_;
};

TEST_F(ProofsTest, GiveHeadsByTheirNumberAndTheLatest) {
  EXPECT_EQ(Head(1).trees(6).size(), 256);
  EXPECT_EQ(Head(0).number(), 3);
  EXPECT_THAT(Run(proofs_.Head(4)), IsRefusal(absl::StatusCode::kNotFound, "SEAL_HEAD_NOT_FOUND"));
  ScriptedJournal nothing;
  EXPECT_THAT(Run(Proofs(nothing).Head(0)), IsRefusal(absl::StatusCode::kNotFound, "SEAL_HEAD_NOT_FOUND"));
}

TEST_F(ProofsTest, ProveEveryEntryOfEveryHead) {
  for (std::int64_t number = 1; number <= 3; ++number) {
    const JournalHead head = Head(number);
    for (std::int64_t sequence : {std::int64_t{1}, std::int64_t{17}, std::int64_t{256}, head.trees(6).size()}) {
      ASSERT_OK_AND_ASSIGN(const auto proof, Run(proofs_.Inclusion(6, sequence, number)));
      ASSERT_OK_AND_ASSIGN(const auto entries, Run(proofs_.Entries(6, sequence - 1, 1)));
      const std::vector<std::string> path(proof.path().begin(), proof.path().end());
      EXPECT_THAT(VerifyInclusion(hash_, sequence - 1, proof.tree_size(), hash_.Leaf(LeafBytes(6, entries[0])), path,
                                  head.trees(6).root()),
                  IsOk())
          << sequence << " in head " << number;
    }
  }
}

TEST_F(ProofsTest, ProveThatHeadsAreConsistent) {
  for (std::int64_t first = 1; first <= 3; ++first) {
    for (std::int64_t second = first; second <= 3; ++second) {
      ASSERT_OK_AND_ASSIGN(const auto proof, Run(proofs_.Consistency(6, first, second)));
      const std::vector<std::string> path(proof.path().begin(), proof.path().end());
      EXPECT_THAT(VerifyConsistency(hash_, proof.first_size(), proof.second_size(), Head(first).trees(6).root(),
                                    Head(second).trees(6).root(), path),
                  IsOk())
          << first << " in " << second;
    }
  }
  EXPECT_THAT(Run(proofs_.Consistency(5, 1, 2)), IsOk());  // nothing in nothing
}

TEST_F(ProofsTest, RefuseWhatIsNotThere) {
  const auto not_sealed = IsRefusal(absl::StatusCode::kNotFound, "ENTRY_NOT_SEALED");
  EXPECT_THAT(Run(proofs_.Inclusion(6, 257, 1)), not_sealed);
  EXPECT_THAT(Run(proofs_.Inclusion(6, 0, 1)), not_sealed);
  EXPECT_THAT(Run(proofs_.Inclusion(5, 1, 3)), not_sealed);
  EXPECT_THAT(Run(proofs_.Inclusion(16, 1, 3)), IsRefusal(absl::StatusCode::kInvalidArgument, "SHARD_UNKNOWN"));
  EXPECT_THAT(Run(proofs_.Consistency(6, 2, 1)), IsRefusal(absl::StatusCode::kInvalidArgument, "HEADS_OUT_OF_ORDER"));
}

TEST_F(ProofsTest, SayThatATreeIsLostRatherThanProveAnother) {
  journal_.Cut(6, 280);
  journal_.Happen(6, 40, "c");
  const std::string named = RollbackAcceptance::ExampleFor(6, Head(3).trees(6));
  clock_.Advance(absl::Minutes(1));
  Sealer told(journal_, clock_, key_,
              {.service = "quota", .holder = "told", .accepted = {RollbackAcceptance::Parse(named).value()}});
  while (Run(told.Look()).value() == Round::kSealedMore) {
  }
  const auto lost = IsRefusal(absl::StatusCode::kFailedPrecondition, "SEALED_TREE_LOST");
  EXPECT_THAT(Run(proofs_.Inclusion(6, 1, 2)), lost);
  EXPECT_THAT(Run(proofs_.Consistency(6, 2, 0)), lost);
  EXPECT_THAT(Run(proofs_.Consistency(6, 3, 0)), lost);
  EXPECT_THAT(Run(proofs_.Consistency(6, 1, 0)), IsOk());
  EXPECT_THAT(Run(proofs_.Inclusion(6, 300, 0)), IsOk());
}

}  // namespace
}  // namespace jiebang::seal
