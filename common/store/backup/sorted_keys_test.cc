#include "common/store/backup/sorted_keys.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace jiebang::store::backup {
namespace {

absl::StatusOr<std::vector<std::string>> Sorted(const std::vector<std::string>& keys, std::size_t memory_bytes) {
  SortedKeys sorter(memory_bytes);
  for (const std::string& key : keys) RETURN_IF_ERROR(sorter.Add(key));
  RETURN_IF_ERROR(sorter.Sort());
  std::vector<std::string> sorted;
  while (true) {
    ASSIGN_OR_RETURN(std::optional<std::string> key, sorter.Next());
    if (!key) return sorted;
    sorted.push_back(*std::move(key));
  }
}

TEST(SortedKeys, ComeInOrderOfTheirBytesAndOnce) {
  const std::vector<std::string> keys = {"b", "\xff", std::string("a\0", 2), "a", "b", "", "ab", ""};
  const std::vector<std::string> sorted = {"", "a", std::string("a\0", 2), "ab", "b", "\xff"};
  EXPECT_THAT(Sorted(keys, 1 << 20), IsOkAndHolds(sorted)) << "in memory";
  EXPECT_THAT(Sorted(keys, 1), IsOkAndHolds(sorted)) << "each in a file of its own";
  EXPECT_THAT(Sorted(keys, 150), IsOkAndHolds(sorted)) << "some together";
}

TEST(SortedKeys, ComeInOrderWhenTheyAreMoreThanFitsIntoMemory) {
  std::vector<std::string> keys;
  for (int i = 0; i < 20'000; ++i) keys.push_back(absl::StrCat(i * 7'919 % 20'011));
  std::vector<std::string> sorted = keys;
  std::sort(sorted.begin(), sorted.end());
  EXPECT_THAT(Sorted(keys, 100'000), IsOkAndHolds(sorted));
}

TEST(SortedKeys, MayBeNone) { EXPECT_THAT(Sorted({}, 1), IsOkAndHolds(testing::IsEmpty())); }

}  // namespace
}  // namespace jiebang::store::backup
