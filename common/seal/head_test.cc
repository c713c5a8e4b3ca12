#include "common/seal/head.h"

#include <functional>

#include "common/store/store.h"
#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace jiebang::seal {
namespace {

using journal::v1::JournalHead;
using journal::v1::SignedHead;
using testing::HasSubstr;
using token::KeyKind;
using token::SigningKey;

auto IsRefused(const std::string& why) { return StatusIs(absl::StatusCode::kDataLoss, HasSubstr(why)); }

JournalHead FirstHead(Suite suite) {
  JournalHead head;
  head.set_service("quota");
  head.set_number(1);
  head.set_suite(suite);
  for (int shard = 0; shard < store::kShards; ++shard) {
    head.add_trees()->set_size(10);
    head.mutable_trees(shard)->set_root(TreeHash(suite).Leaf(std::to_string(shard)));
  }
  return head;
}

class HeadTest : public testing::TestWithParam<KeyKind> {
 protected:
  const SigningKey key_ = SigningKey::Generate(GetParam());
  const std::vector<token::VerifyingKey> keys_{key_.verifying_key()};
  const Suite suite_ = SuiteOf(GetParam());

  OpenedHead Opened(const JournalHead& head) const { return {head, SignHead(head, key_)}; }

  // The head after `before`, with one more entry in the shard 3.
  JournalHead After(const OpenedHead& before) const {
    JournalHead head = before.head;
    head.set_number(before.head.number() + 1);
    head.set_previous_digest(DigestOf(before.signed_head, suite_));
    head.mutable_trees(3)->set_size(before.head.trees(3).size() + 1);
    head.mutable_trees(3)->set_root(TreeHash(suite_).Leaf("longer"));
    return head;
  }
};

INSTANTIATE_TEST_SUITE_P(BothSuites, HeadTest, testing::Values(KeyKind::kEd25519, KeyKind::kSm2));

TEST_P(HeadTest, OpensWithTheKeyThatSignedIt) {
  const SignedHead signed_head = SignHead(FirstHead(suite_), key_);
  ASSERT_OK_AND_ASSIGN(const JournalHead head, OpenHead(signed_head, keys_));
  EXPECT_EQ(head.SerializeAsString(), FirstHead(suite_).SerializeAsString());
}

TEST_P(HeadTest, OpensWithNoBitFlipped) {
  const SignedHead signed_head = SignHead(FirstHead(suite_), key_);
  for (std::size_t byte = 0; byte < signed_head.head().size(); byte += 29) {
    SignedHead tampered = signed_head;
    (*tampered.mutable_head())[byte] ^= 1;
    EXPECT_THAT(OpenHead(tampered, keys_), IsRefused("")) << byte;
  }
  for (std::size_t byte = 0; byte < signed_head.signature().size(); byte += 5) {
    SignedHead tampered = signed_head;
    (*tampered.mutable_signature())[byte] ^= 1;
    EXPECT_THAT(OpenHead(tampered, keys_), IsRefused("signature")) << byte;
  }
}

TEST_P(HeadTest, OpensWithNoOtherKey) {
  const SigningKey other = SigningKey::Generate(GetParam());
  EXPECT_THAT(OpenHead(SignHead(FirstHead(suite_), other), keys_), IsRefused("not known"));
  SignedHead claimed = SignHead(FirstHead(suite_), other);
  claimed.set_key_id(key_.kid());
  EXPECT_THAT(OpenHead(claimed, keys_), IsRefused("signature"));
}

TEST_P(HeadTest, OpensWithNoKeyOfTheOtherSuite) {
  const KeyKind other_kind = GetParam() == KeyKind::kSm2 ? KeyKind::kEd25519 : KeyKind::kSm2;
  const SigningKey other = SigningKey::Generate(other_kind);
  EXPECT_THAT(OpenHead(SignHead(FirstHead(suite_), other), {other.verifying_key()}), IsRefused("another suite"));
}

// What the key signed for another purpose is no head, even when its bytes are one.
TEST_P(HeadTest, IsNotWhatTheKeySignedOtherwise) {
  SignedHead signed_head = SignHead(FirstHead(suite_), key_);
  signed_head.set_signature(key_.Sign(signed_head.head()));
  EXPECT_THAT(OpenHead(signed_head, keys_), IsRefused("signature"));
}

TEST_P(HeadTest, HasSixteenTreesAndStatementsThatCanBe) {
  const std::vector<std::function<void(JournalHead&)>> mistakes = {
      [](JournalHead& head) { head.mutable_trees()->RemoveLast(); },
      [](JournalHead& head) { head.mutable_trees(5)->set_root("short"); },
      [](JournalHead& head) { head.mutable_trees(5)->set_size(-1); },
      [](JournalHead& head) { head.add_rollbacks()->set_shard(16); },
      [](JournalHead& head) {
        *head.add_rollbacks()->mutable_sealed() = head.trees(0);
        head.mutable_rollbacks(0)->mutable_sealed()->set_size(9);
      },
      [](JournalHead& head) {
        for (int i = 0; i < 2; ++i) *head.add_rollbacks()->mutable_sealed() = head.trees(0);
      },
  };
  for (const auto& mistake : mistakes) {
    JournalHead head = FirstHead(suite_);
    mistake(head);
    EXPECT_THAT(OpenHead(SignHead(head, key_), keys_), IsRefused("")) << head.ShortDebugString();
  }
}

TEST_P(HeadTest, GoesOnFromTheHeadBefore) {
  const OpenedHead first = Opened(FirstHead(suite_));
  EXPECT_THAT(CheckSuccession(std::nullopt, first), IsOk());
  EXPECT_THAT(CheckSuccession(first, Opened(After(first))), IsOk());
}

TEST_P(HeadTest, DoesNotGoOnFromAnythingElse) {
  const OpenedHead first = Opened(FirstHead(suite_));
  const struct {
    std::function<void(JournalHead&)> change;
    std::string why;
  } mistakes[] = {
      {[](JournalHead& head) { head.set_service("review"); }, "service"},
      {[](JournalHead& head) { head.set_number(3); }, "follow"},
      {[](JournalHead& head) { head.set_number(1); }, "follow"},
      {[](JournalHead& head) { (*head.mutable_previous_digest())[0] ^= 1; }, "another head before"},
      {[](JournalHead& head) { head.mutable_trees(4)->set_size(9); }, "shard 4 became smaller"},
      {[](JournalHead& head) { (*head.mutable_trees(4)->mutable_root())[0] ^= 1; }, "shard 4 has another root"},
      {[](JournalHead& head) { head.set_suite(journal::v1::SEAL_SUITE_UNSPECIFIED); }, "suite"},
  };
  for (const auto& mistake : mistakes) {
    JournalHead head = After(first);
    mistake.change(head);
    EXPECT_THAT(CheckSuccession(first, Opened(head)), IsRefused(mistake.why));
  }
  EXPECT_THAT(CheckSuccession(std::nullopt, Opened(After(first))), IsRefused("no head stands before"));
}

TEST_P(HeadTest, MayBecomeSmallerWithAStatementAboutTheTreeBefore) {
  const OpenedHead first = Opened(FirstHead(suite_));
  JournalHead head = After(first);
  head.mutable_trees(4)->set_size(8);
  journal::v1::AcceptedRollback& rollback = *head.add_rollbacks();
  rollback.set_shard(4);
  *rollback.mutable_sealed() = first.head.trees(4);
  EXPECT_THAT(CheckSuccession(first, Opened(head)), IsOk());
  head.mutable_rollbacks(0)->mutable_sealed()->set_size(9);
  EXPECT_THAT(CheckSuccession(first, Opened(head)), IsRefused("not about the tree of the head before"));
}

}  // namespace
}  // namespace jiebang::seal
