// What `jiebangctl audit verify` finds when somebody has edited the store behind the service's back.
#include "services/jiebangctl/audit_command.h"

#include <fstream>
#include <memory>
#include <sstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/async/thread_executor.h"
#include "common/clock/clock.h"
#include "common/journal/audited_store.h"
#include "common/seal/seal_repository.h"
#include "common/seal/sealer.h"
#include "common/store/sqlite/database.h"
#include "common/store/sqlite/sqlite_store.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temporary_directory.h"
#include "gmock/gmock.h"
#include "google/protobuf/util/json_util.h"
#include "gtest/gtest.h"
#include "jiebang/journal/v1/event.pb.h"
#include "services/jiebangctl/backup_command.h"

namespace jiebang::ctl {
namespace {

using testing::AllOf;
using testing::HasSubstr;

constexpr char kPartition[] = "units";

class AuditCommandTest : public testing::Test {
 protected:
  // Five units that were saved and sealed, one of them twice, and a sixth that is not sealed.
  void SetUp() override {
    const token::SigningKey key = token::SigningKey::Generate();
    ASSERT_THAT(key.verifying_key().WritePemFile(public_key_), IsOk());
    journal::AuditedStore store(*store::OpenSqliteStore(database_), clock_);
    seal::Sealer sealer(store, clock_, key, {.service = "quota", .holder = "test"});
    for (int i = 0; i < 5; ++i) Save(store, absl::StrCat("unit-", i), "first");
    ASSERT_THAT(executor_.RunUntilDone(sealer.Look()), IsOk());
    KeepHead(store);
    Save(store, "unit-0", "second");
    ASSERT_THAT(executor_.RunUntilDone(sealer.Look()), IsOk());
    Save(store, "unit-5", "not sealed");
  }

  void Save(store::Store& store, const std::string& id, const std::string& value) {
    journal::v1::Event event;
    event.set_type("unit.saved");
    event.set_resource("units/" + id);
    event.set_actor("ministry");
    store::Commit commit{.partition = kPartition};
    commit.puts.push_back({"unit", id, value});
    commit.events.push_back({event.type(), event.resource(), event.SerializeAsString()});
    ASSERT_THAT(executor_.RunUntilDone(store.Apply(std::move(commit))), IsOk());
  }

  // As an auditor keeps what GetJournalHead answers.
  void KeepHead(store::Store& store) {
    journal::v1::KnownHead known;
    *known.mutable_head() = *executor_.RunUntilDone(seal::SealRepository(store).Head(1));
    std::string json;
    ASSERT_TRUE(google::protobuf::util::MessageToJsonString(known, &json).ok());
    std::ofstream(known_head_) << json;
  }

  void Edit(const std::string& sql) {
    ASSERT_OK_AND_ASSIGN(store::sqlite::Database database, store::sqlite::Database::Open(database_));
    ASSERT_THAT(database.Execute(sql), IsOk());
  }

  // Of a back-up that is taken now.
  absl::Status Verify(AuditFlags flags = {}) {
    flags.backup = (directory_.path() / absl::StrCat("backup", ++backups_)).string();
    flags.public_keys = {public_key_.string()};
    output_.str("");
    std::ostringstream ignored;
    EXPECT_THAT(
        Backup({.stores = {"sqlite:" + database_.string()}}, flags.backup, absl::Minutes(1), absl::Now, ignored),
        IsOk());
    return VerifyAudit(flags, output_);
  }

  TemporaryDirectory directory_;
  const std::filesystem::path database_ = directory_.path() / "quota.db";
  const std::filesystem::path public_key_ = directory_.path() / "public.pem";
  const std::filesystem::path known_head_ = directory_.path() / "head.json";
  FixedClock clock_{absl::FromUnixSeconds(1'770'000'000)};
  ThreadExecutor executor_;
  std::ostringstream output_;
  int backups_ = 0;
};

TEST_F(AuditCommandTest, SaysWhatFits) {
  EXPECT_THAT(Verify({.known_heads = {known_head_.string()}}), IsOk());
  EXPECT_THAT(output_.str(), AllOf(HasSubstr("quota: fits heads 1 to 2; 6 events sealed, 1 not sealed yet"),
                                   HasSubstr("6 records are what the journal says")));
}

TEST_F(AuditCommandTest, ShowsARange) {
  const int shard = store::ShardOf(kPartition);
  EXPECT_THAT(Verify({.service = "quota", .shard = shard, .from = 2, .to = 3}), IsOk());
  EXPECT_THAT(output_.str(), AllOf(HasSubstr("entry 2: "), HasSubstr("unit.saved units/unit-2 by ministry")));
  EXPECT_THAT(output_.str(), testing::Not(HasSubstr("entry 4: ")));
  EXPECT_THAT(Verify({.service = "quota", .shard = shard, .from = 8, .to = 9}), StatusIs(absl::StatusCode::kNotFound));
}

struct Tampering {
  const char* what;
  const char* sql;
  const char* finding;
};

class Tamperings : public AuditCommandTest, public testing::WithParamInterface<Tampering> {};

TEST_P(Tamperings, AreFoundAndNamed) {
  Edit(GetParam().sql);
  EXPECT_THAT(Verify({.known_heads = {known_head_.string()}}), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(output_.str(), AllOf(HasSubstr("quota: DOES NOT FIT: "), HasSubstr(GetParam().finding)));
}

INSTANTIATE_TEST_SUITE_P(
    Audit, Tamperings,
    testing::Values(
        Tampering{"record", "UPDATE records SET value = CAST('forged' AS BLOB) WHERE id = CAST('unit-3' AS BLOB)",
                  "the record unit-3 of the table unit in units: its value is not what the journal says"},
        Tampering{"removed record", "DELETE FROM records WHERE id = CAST('unit-3' AS BLOB)",
                  "the record unit-3 of the table unit in units: the journal made it and it is not there"},
        Tampering{"added record",
                  "INSERT INTO records VALUES (CAST('unit' AS BLOB), CAST('units' AS BLOB), CAST('x' AS BLOB), 1, x'')",
                  "the record x of the table unit in units: no entry of the journal made it"},
        Tampering{"event", "UPDATE journal SET resource = CAST('units/forged' AS BLOB) WHERE (position & 0xffff) = 3",
                  "entry 3 is not the one that head 1 sealed"},
        Tampering{"order",
                  "UPDATE journal SET position = position + 1000 WHERE (position & 0xffff) = 2;"
                  "UPDATE journal SET position = position - 1 WHERE (position & 0xffff) = 3;"
                  "UPDATE journal SET position = position - 999 WHERE (position & 0xffff) = 1002",
                  "entry 2 is not the one that head 1 sealed"},
        Tampering{"removed end", "DELETE FROM journal WHERE (position & 0xffff) > 5", "entry 6 is missing"},
        Tampering{"head",
                  "UPDATE records SET value = CAST(substr(value, 1, 40) || x'00' || substr(value, 42) AS BLOB) "
                  "WHERE tbl = CAST('seal_head' AS BLOB) AND id = CAST('000000000002' AS BLOB)",
                  "the head after head 1"},
        Tampering{"removed heads", "DELETE FROM records WHERE tbl = CAST('seal_head' AS BLOB)",
                  "head 1, which is known, is missing"},
        Tampering{"tile and event",
                  "UPDATE records SET value = zeroblob(length(value)) WHERE tbl = CAST('seal_tile' AS BLOB);"
                  "UPDATE journal SET resource = CAST('units/forged' AS BLOB) WHERE (position & 0xffff) = 3",
                  "entries 1 to 5 are not those that head 1 sealed"}),
    [](const auto& info) {
      std::string name = info.param.what;
      for (char& letter : name) letter = letter == ' ' ? '_' : letter;
      return name;
    });

TEST_F(AuditCommandTest, BelievesNoHeadOfAnotherKey) {
  std::filesystem::remove(public_key_);
  ASSERT_THAT(token::SigningKey::Generate().verifying_key().WritePemFile(public_key_), IsOk());
  EXPECT_THAT(Verify(), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(Verify({.known_heads = {known_head_.string()}}), StatusIs(absl::StatusCode::kDataLoss))
      << "a head of somebody else proves nothing either";
}

TEST_F(AuditCommandTest, SaysWhatItCannotUse) {
  EXPECT_THAT(Verify({.service = "nobody"}), StatusIs(absl::StatusCode::kNotFound, HasSubstr("nobody")));
  EXPECT_THAT(Verify({.shard = 1, .to = 2}), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("--service")));
  std::ofstream(known_head_) << "no JSON";
  EXPECT_THAT(Verify({.known_heads = {known_head_.string()}}),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("GetJournalHead")));
}

}  // namespace
}  // namespace jiebang::ctl
