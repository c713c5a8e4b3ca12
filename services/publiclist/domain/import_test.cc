#include "services/publiclist/domain/import.h"

#include <string>

#include "gmock/gmock.h"

namespace jiebang::publiclist {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr auto kAdded = v1::ImportResult::OUTCOME_ADDED;
constexpr auto kUnchanged = v1::ImportResult::OUTCOME_UNCHANGED;
constexpr auto kRefused = v1::ImportResult::OUTCOME_REFUSED;

v1::ListEntry Row(int number, const std::string& enterprise = "甲") {
  v1::ListEntry entry;
  entry.set_number(number);
  entry.set_enterprise(enterprise);
  return entry;
}

ImportOutcome ImportOf(const std::vector<v1::ListEntry>& entries, const EntriesByNumber& present = {}) {
  return Import({.id = "l"}, {entries.begin(), entries.end()}, present);
}

TEST(ImportTest, NamesWhatItAdds) {
  v1::ListEntry given = Row(7);
  given.set_name("lists/other/entries/000001");

  const ImportOutcome outcome = ImportOf({given});

  ASSERT_THAT(outcome.added, SizeIs(1));
  EXPECT_EQ(outcome.added[0].name(), "lists/l/entries/000007");
  EXPECT_EQ(outcome.results[0].outcome(), kAdded);
  EXPECT_EQ(outcome.results[0].number(), 7);
}

TEST(ImportTest, LeavesAloneWhatIsThere) {
  v1::ListEntry present = Row(1);
  present.set_name("lists/l/entries/000001");

  const ImportOutcome outcome = ImportOf({Row(1), Row(1, "乙"), Row(2), Row(2), Row(2, "丙")}, {{1, present}});

  ASSERT_THAT(outcome.results, SizeIs(5));
  EXPECT_EQ(outcome.results[0].outcome(), kUnchanged);
  EXPECT_EQ(outcome.results[1].outcome(), kRefused);
  EXPECT_THAT(outcome.results[1].reason_zh(), HasSubstr("序号 1"));
  EXPECT_THAT(outcome.results[1].reason_en(), HasSubstr("number 1"));
  EXPECT_EQ(outcome.results[2].outcome(), kAdded);
  EXPECT_EQ(outcome.results[3].outcome(), kUnchanged);
  EXPECT_EQ(outcome.results[4].outcome(), kRefused);
  EXPECT_THAT(outcome.added, SizeIs(1));
}

TEST(ImportTest, RefusesEntriesThatCannotStand) {
  v1::ListEntry bad_uscc = Row(1);
  bad_uscc.set_uscc("91350203M0001QAY9B");
  v1::ListEntry bad_unit = Row(2);
  bad_unit.set_unit("320000/../");
  v1::ListEntry good = Row(3);
  good.set_uscc("91512081MA62K0260E");

  const ImportOutcome outcome = ImportOf({bad_uscc, bad_unit, good, Row(0), Row(1'000'000), Row(4, "")});

  ASSERT_THAT(outcome.results, SizeIs(6));
  for (const int i : {0, 1, 3, 4, 5}) {
    EXPECT_EQ(outcome.results[i].outcome(), kRefused) << i;
    EXPECT_NE(outcome.results[i].reason_zh(), "");
    EXPECT_NE(outcome.results[i].reason_en(), "");
  }
  EXPECT_EQ(outcome.results[2].outcome(), kAdded);
}

}  // namespace
}  // namespace jiebang::publiclist
