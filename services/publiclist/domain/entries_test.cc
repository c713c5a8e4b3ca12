#include "services/publiclist/domain/entries.h"

#include "gmock/gmock.h"

namespace jiebang::publiclist {
namespace {

v1::ListEntry Entry(int number, const std::string& enterprise) {
  v1::ListEntry entry;
  entry.set_number(number);
  entry.set_enterprise(enterprise);
  return entry;
}

std::string DigestOf(const std::vector<v1::ListEntry>& entries) {
  EntriesDigest digest;
  for (const v1::ListEntry& entry : entries) digest.Add(entry);
  return digest.Hex();
}

TEST(EntriesDigestTest, AnyChangeShows) {
  const std::string digest = DigestOf({Entry(1, "甲"), Entry(2, "乙")});

  EXPECT_EQ(digest.size(), 64);
  EXPECT_EQ(DigestOf({Entry(1, "甲"), Entry(2, "乙")}), digest);
  EXPECT_NE(DigestOf({Entry(2, "乙"), Entry(1, "甲")}), digest);
  EXPECT_NE(DigestOf({Entry(1, "甲")}), digest);
  EXPECT_NE(DigestOf({Entry(1, "甲"), Entry(2, "丙")}), digest);
  EXPECT_NE(DigestOf({Entry(1, "甲"), Entry(2, "乙"), Entry(3, "")}), digest);
}

TEST(EntriesTest, FollowTheRanksWhateverOrderTheyComeIn) {
  std::vector<review::v1::Candidate> selected(3);
  selected[0].set_rank(7);
  selected[1].set_rank(1);
  selected[2].set_rank(3);
  for (review::v1::Candidate& candidate : selected) {
    candidate.set_applicant_display_name("rank " + std::to_string(candidate.rank()));
    candidate.set_unit("units/610000");
  }
  const programme::Programme programme{programme::v1::Programme()};

  const std::vector<v1::ListEntry> entries = EntriesOf({.id = "l"}, selected, {{"units/610000", "陕西省"}}, programme);

  ASSERT_EQ(entries.size(), 3);
  EXPECT_EQ(entries[0].enterprise(), "rank 1");
  EXPECT_EQ(entries[1].enterprise(), "rank 3");
  EXPECT_EQ(entries[2].enterprise(), "rank 7");
  EXPECT_EQ(entries[2].number(), 3);
  EXPECT_EQ(entries[2].name(), "lists/l/entries/000003");
  EXPECT_EQ(entries[2].unit(), "610000");
  EXPECT_EQ(entries[2].unit_label(), "陕西省");
}

}  // namespace
}  // namespace jiebang::publiclist
