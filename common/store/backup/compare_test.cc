#include "common/store/backup/compare.h"

#include <string>
#include <vector>

#include "common/store/backup/test_content.h"
#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace jiebang::store::backup {
namespace {

using testing::AllOf;
using testing::HasSubstr;

const absl::Time kToday = absl::FromUnixSeconds(1'700'000'000);

// "" when there is none.
std::string Difference(const std::vector<Item>& a, const std::vector<Item>& b) {
  ItemsSource left(a);
  ItemsSource right(b);
  const auto difference = FirstDifference(left, right, {"A", "B"}, [] { return kToday; });
  return difference.ok() ? difference->value_or("") : std::string(difference.status().message());
}

class Compare : public testing::Test {
 protected:
  // The items without the one at this place.
  std::vector<Item> Without(std::size_t place) const {
    std::vector<Item> items = items_;
    items.erase(items.begin() + static_cast<std::ptrdiff_t>(place));
    return items;
  }

  const std::vector<Item> items_ = SomeOfEverything(kToday);
};

TEST_F(Compare, FindsNothingInEqualContent) { EXPECT_EQ(Difference(items_, items_), ""); }

TEST_F(Compare, FindsWhateverIsMissing) {
  for (std::size_t place = 0; place < items_.size(); ++place) {
    // Without its start, what a service has counts as the one's before; there is always something to be found.
    EXPECT_THAT(Difference(items_, Without(place)), HasSubstr("is only in")) << place;
    EXPECT_THAT(Difference(Without(place), items_), HasSubstr("is only in")) << place;
  }
  EXPECT_EQ(Difference(items_, Without(5)),
            "service quota: the record of table \"t\", partition \"p1\", id \"b\" is only in A");
  EXPECT_EQ(Difference(Without(12), items_), "service quota: entry 2 of the journal of shard 3 is only in B");
  EXPECT_EQ(Difference(items_, Without(0)), "service application: it is only in A");
}

TEST_F(Compare, FindsAnotherVersion) {
  std::vector<Item> other = items_;
  std::get<StoredRecord>(other[5]).version = 4;
  EXPECT_EQ(Difference(items_, other),
            "service quota: the record of table \"t\", partition \"p1\", id \"b\": its version is 2 and 4");
}

TEST_F(Compare, FindsAnotherContent) {
  std::vector<Item> other = items_;
  std::get<StoredEntry>(other[13]).entry.event.payload += "x";
  EXPECT_EQ(Difference(items_, other), "service quota: entry 1 of the journal of shard 15: its content differs");
}

TEST_F(Compare, FindsAnotherStartOfAJournal) {
  const std::vector<Item> some = {ServiceStart{"quota"}, JournalStart{3, 8}, EntryOf(3, 9)};
  const std::vector<Item> more = {ServiceStart{"quota"}, JournalStart{3, 7}, EntryOf(3, 8), EntryOf(3, 9)};
  EXPECT_THAT(Difference(some, more), HasSubstr("the start of the journal of shard 3: its content differs"));
}

TEST_F(Compare, ForgivesAnAnswerThatWasForgottenInTime) {
  std::vector<Item> other = items_;
  std::get<StoredReplay>(other[9]).kept_until = absl::ToUnixSeconds(kToday);
  EXPECT_EQ(Difference(other, Without(9)), "");
  EXPECT_EQ(Difference(Without(9), other), "");
  EXPECT_THAT(Difference(items_, Without(9)), AllOf(HasSubstr("the remembered answer"), HasSubstr("is only in A")));
}

}  // namespace
}  // namespace jiebang::store::backup
