#include "common/process/sealing.h"

#include "absl/time/clock.h"
#include "common/async/thread_executor.h"
#include "common/store/sqlite/sqlite_store.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temporary_directory.h"
#include "gtest/gtest.h"
#include "jiebang/journal/v1/event.pb.h"

namespace jiebang {
namespace {

class SealKeyTest : public testing::Test {
 protected:
  absl::StatusOr<token::SigningKey> Key() const { return ReadOrCreateSealKey(private_file_, public_file_); }

  const TemporaryDirectory directory_;
  const std::filesystem::path private_file_ = std::filesystem::path(directory_.path()) / "seal-key.pem";
  const std::filesystem::path public_file_ = std::filesystem::path(directory_.path()) / "seal-public.pem";
};

TEST_F(SealKeyTest, IsMadeOnceWithItsPublicPart) {
  ASSERT_OK_AND_ASSIGN(const token::SigningKey made, Key());
  ASSERT_OK_AND_ASSIGN(const token::SigningKey found, Key());
  EXPECT_EQ(found.kid(), made.kid());
  ASSERT_OK_AND_ASSIGN(const token::VerifyingKey known, token::VerifyingKey::OfAnyKindFromPemFile(public_file_));
  EXPECT_EQ(known.kid(), made.kid());
}

TEST_F(SealKeyTest, IsOneOfSm2WhereOneWasPutThere) {
  const token::SigningKey put = token::SigningKey::Generate(token::KeyKind::kSm2);
  ASSERT_THAT(put.WritePemFile(private_file_), IsOk());
  ASSERT_OK_AND_ASSIGN(const token::SigningKey key, Key());
  EXPECT_EQ(key.kid(), put.kid());
  ASSERT_OK_AND_ASSIGN(const token::VerifyingKey known, token::VerifyingKey::OfAnyKindFromPemFile(public_file_));
  EXPECT_EQ(known.kid(), put.kid());
}

class KeptJournalTest : public testing::Test {
 protected:
  void Happen(absl::Duration ago) {
    journal::v1::Event event;
    event.mutable_time()->set_seconds(absl::ToUnixSeconds(clock_.Now() - ago));
    store::Commit commit{.partition = "units"};
    commit.events.push_back({"unit.created", "units/1", event.SerializeAsString()});
    ASSERT_THAT(executor_.RunUntilDone(store_->Apply(std::move(commit))), IsOk());
  }
  void Seal() {
    seal::Sealer sealer(*store_, clock_, token::SigningKey::Generate(), {.service = "quota", .holder = "test"});
    ASSERT_THAT(executor_.RunUntilDone(sealer.Look()), IsOk());
  }
  // How many entries are away when KeepCompacted has had a look.
  std::uint64_t Compacted(SealFlags flags) {
    ThreadExecutor keeping;
    keeping.Post([&] { Spawn(keeping, KeepCompacted(*store_, clock_, flags, {})); });
    const auto away = [this] {
      return executor_.RunUntilDone(store_->JournalCompacted())->at(static_cast<std::size_t>(store::ShardOf("units")));
    };
    const absl::Time deadline = absl::Now() + absl::Seconds(2);
    while (away() == 0 && absl::Now() < deadline) absl::SleepFor(absl::Milliseconds(5));
    return away();
  }

  const TemporaryDirectory directory_;
  std::unique_ptr<store::Store> store_ = *store::OpenSqliteStore(directory_.path() / "quota.db");
  FixedClock clock_{absl::FromUnixSeconds(1'770'000'000)};
  ThreadExecutor executor_;
};

TEST_F(KeptJournalTest, LosesWhatIsOldAndSealed) {
  for (const int days : {300, 200, 100}) Happen(absl::Hours(24 * days));
  Seal();
  EXPECT_EQ(Compacted({.keep_days = 184}), 2u);
}

TEST_F(KeptJournalTest, KeepsWhatIsNotSealedHoweverOld) {
  Happen(absl::Hours(24 * 300));
  Seal();
  for (const int days : {300, 1}) Happen(absl::Hours(24 * days));
  EXPECT_EQ(Compacted({.keep_days = 184}), 1u);
}

TEST_F(KeptJournalTest, IsKeptForEverUnlessSomebodySaysOtherwise) {
  for (const int days : {3'000, 1}) Happen(absl::Hours(24 * days));
  Seal();
  EXPECT_EQ(Compacted({}), 0u);
}

}  // namespace
}  // namespace jiebang
