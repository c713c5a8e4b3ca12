#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/store/backup/backup_reader.h"
#include "common/store/backup/backup_writer.h"
#include "common/store/backup/sha256.h"
#include "common/store/backup/test_content.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temporary_directory.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace jiebang::store::backup {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const absl::Time kNow = absl::FromUnixSeconds(1'700'000'000);

std::string BytesOf(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

class BackupFile : public testing::Test {
 protected:
  absl::Status Write(const std::string& name, const std::vector<Item>& items,
                     const std::vector<std::string>& services = {"application", "quota", "review"}) {
    ASSIGN_OR_RETURN(const auto writer, BackupWriter::Create(directory_.path() / name, services, kNow));
    ItemsSource source(items);
    RETURN_IF_ERROR(Copy(source, *writer));
    return writer->Finish();
  }

  // Opens it and reads all of it.
  absl::StatusOr<std::vector<Item>> Read(const std::string& name) {
    ASSIGN_OR_RETURN(const auto reader, BackupReader::Open(directory_.path() / name));
    return ItemsOf(*reader);
  }

  absl::StatusOr<std::vector<Item>> ReadBytes(const std::string& bytes) {
    std::ofstream(directory_.path() / "bytes", std::ios::binary) << bytes;
    return Read("bytes");
  }

  // A file of our kind with a right digest at its end.
  absl::StatusOr<std::vector<Item>> ReadMessages(const std::vector<pb::Item>& messages) {
    std::string bytes(kMagic);
    for (const pb::Item& message : messages) {
      const std::string text = message.SerializeAsString();
      EXPECT_LT(text.size(), 128);
      bytes += static_cast<char>(text.size()) + text;
    }
    Sha256 digest;
    digest.Add(bytes);
    return ReadBytes(bytes + digest.Finish());
  }

  const TemporaryDirectory directory_;
};

TEST_F(BackupFile, GivesBackWhatWasWritten) {
  const std::vector<Item> items = SomeOfEverything(kNow);
  ASSERT_THAT(Write("a", items), IsOk());
  EXPECT_THAT(Read("a"), IsOkAndHolds(items));
}

TEST_F(BackupFile, GivesItTwice) {
  const std::vector<Item> items = SomeOfEverything(kNow);
  ASSERT_THAT(Write("a", items), IsOk());
  ASSERT_OK_AND_ASSIGN(const auto reader, BackupReader::Open(directory_.path() / "a"));
  ASSERT_THAT(ItemsOf(*reader), IsOkAndHolds(items));
  ASSERT_THAT(reader->Rewind(), IsOk());
  EXPECT_THAT(ItemsOf(*reader), IsOkAndHolds(items));
  EXPECT_EQ(reader->summary().services(1).records(), 7);
  EXPECT_EQ(reader->summary().services(1).replays(), 2);
  EXPECT_EQ(reader->summary().services(1).journal_entries(), 3);
}

TEST_F(BackupFile, IsTheSameForTheSameContent) {
  ASSERT_THAT(Write("a", SomeOfEverything(kNow)), IsOk());
  ASSERT_THAT(Write("b", SomeOfEverything(kNow)), IsOk());
  EXPECT_EQ(BytesOf(directory_.path() / "a"), BytesOf(directory_.path() / "b"));
}

TEST_F(BackupFile, HoldsNoServiceAtAll) {
  ASSERT_THAT(Write("a", {}, {}), IsOk());
  EXPECT_THAT(Read("a"), IsOkAndHolds(ElementsAre()));
}

TEST_F(BackupFile, IsRefusedWhenItIsCutAnywhere) {
  ASSERT_THAT(Write("a", {ServiceStart{"quota"}, EntryOf(3, 1)}, {"quota"}), IsOk());
  const std::string bytes = BytesOf(directory_.path() / "a");
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    const absl::Status status = ReadBytes(bytes.substr(0, size)).status();
    if (size < kMagic.size()) {
      EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("is no back-up"))) << size;
    } else {
      EXPECT_THAT(status, StatusIs(absl::StatusCode::kDataLoss, HasSubstr("is damaged or incomplete"))) << size;
    }
  }
}

TEST_F(BackupFile, IsRefusedWhenAnyBitIsFlipped) {
  ASSERT_THAT(Write("a", {ServiceStart{"quota"}, StoredRecord{{"t", "p", "i"}, 3, "value"}}, {"quota"}), IsOk());
  const std::string bytes = BytesOf(directory_.path() / "a");
  for (std::size_t place = 0; place < bytes.size(); ++place) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string flipped = bytes;
      flipped[place] = static_cast<char>(flipped[place] ^ (1 << bit));
      EXPECT_THAT(BackupReader::Open(directory_.path() / "a"), IsOk());
      EXPECT_FALSE(ReadBytes(flipped).ok()) << place << " " << bit;
    }
  }
}

TEST_F(BackupFile, IsRefusedWithSomethingBehindIt) {
  ASSERT_THAT(Write("a", SomeOfEverything(kNow)), IsOk());
  EXPECT_THAT(ReadBytes(BytesOf(directory_.path() / "a") + "\n"), StatusIs(absl::StatusCode::kDataLoss));
}

TEST_F(BackupFile, IsRefusedWhenANewerProgramWroteIt) {
  pb::Item header;
  header.mutable_header()->set_format_version(2);
  EXPECT_THAT(ReadMessages({header}),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("has format version 2, this program knows 1")));
}

TEST_F(BackupFile, IsRefusedWhenItDoesNotHoldWhatItSays) {
  pb::Item header;
  header.mutable_header()->set_format_version(1);
  pb::Item trailer;
  trailer.mutable_trailer()->add_services()->set_name("quota");
  EXPECT_THAT(ReadMessages({header, trailer}),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("does not hold what it says")));
  EXPECT_THAT(ReadMessages({header}), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("has no length")));
  EXPECT_THAT(ReadMessages({}), StatusIs(absl::StatusCode::kDataLoss));
  trailer.mutable_trailer()->clear_services();
  header.mutable_header()->add_services("quota");
  EXPECT_THAT(ReadMessages({header, trailer}),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("not the services that it announces")));
}

TEST_F(BackupFile, RefusesServicesOutOfOrder) {
  EXPECT_THAT(Write("a", {ServiceStart{"review"}, ServiceStart{"quota"}}), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(Write("b", {ServiceStart{"quota"}, ServiceStart{"quota"}}), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(Write("c", {EntryOf(1, 1)}), StatusIs(absl::StatusCode::kDataLoss));
}

TEST_F(BackupFile, HasNoNameBeforeItIsWhole) {
  const std::filesystem::path file = directory_.path() / "a";
  {
    ASSERT_OK_AND_ASSIGN(const auto writer, BackupWriter::Create(file, {"quota"}, kNow));
    ASSERT_THAT(writer->Put(ServiceStart{"quota"}), IsOk());
    EXPECT_TRUE(std::filesystem::exists(directory_.path() / "a.part"));
    EXPECT_FALSE(std::filesystem::exists(file));
  }
  EXPECT_TRUE(std::filesystem::is_empty(directory_.path()));
}

TEST_F(BackupFile, IsForItsOwnerOnly) {
  std::ofstream(directory_.path() / "a.part") << "left by one that was killed";
  ASSERT_THAT(Write("a", SomeOfEverything(kNow)), IsOk());
  EXPECT_EQ(std::filesystem::status(directory_.path() / "a").permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  EXPECT_THAT(Read("a"), IsOk());
}

TEST_F(BackupFile, IsNeverOverwritten) {
  ASSERT_THAT(Write("a", SomeOfEverything(kNow)), IsOk());
  EXPECT_THAT(Write("a", {}), StatusIs(absl::StatusCode::kAlreadyExists, HasSubstr("never overwritten")));
}

TEST_F(BackupFile, HasOneWriter) {
  ASSERT_OK_AND_ASSIGN(const auto writer, BackupWriter::Create(directory_.path() / "a", {}, kNow));
  EXPECT_THAT(Write("a", {}), StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("another process")));
  EXPECT_THAT(writer->Finish(), IsOk());
}

}  // namespace
}  // namespace jiebang::store::backup
