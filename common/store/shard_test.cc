#include <set>
#include <string>

#include "common/store/store.h"
#include "gtest/gtest.h"

namespace jiebang::store {
namespace {

// Every stored record depends on it: a change would hide them all.
TEST(ShardOf, NeverChanges) {
  EXPECT_EQ(ShardOf("123456789"), 0x31C3 % 16);  // the check value of CRC-16/XMODEM
  EXPECT_EQ(ShardOf(""), 0);
  EXPECT_EQ(ShardOf("programmes/pilot-demonstration-2023/units/440000"), 11);
  EXPECT_EQ(ShardOf("\xe5\xb9\xbf\xe4\xb8\x9c"), 4);  // Guangdong in UTF-8
}

TEST(ShardOf, ReachesEveryShard) {
  std::set<int> shards;
  for (int unit = 0; unit < 200; ++unit) shards.insert(ShardOf("units/" + std::to_string(unit)));
  EXPECT_EQ(shards.size(), kShards);
}

}  // namespace
}  // namespace jiebang::store
