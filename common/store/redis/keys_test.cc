#include "common/store/redis/keys.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace jiebang::store::redis {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

TEST(Keys, PutWhatOneCommitTouchesIntoOneSlot) {
  const Keys keys("quota");
  const std::string partition = "123456789";  // its CRC is the check value of CRC-16/XMODEM, 0x31C3
  EXPECT_EQ(keys.Journal(3), "{quota:3}j");
  EXPECT_EQ(keys.Of(partition).Journal(), "{quota:3}j");
  EXPECT_THAT(keys.Of(partition).Index("t"), StartsWith("{quota:3}i:"));
  EXPECT_THAT(keys.Of(partition).Replay("k"), StartsWith("{quota:3}q:"));
  EXPECT_THAT(keys.Of(partition).Receipt("k"), StartsWith("{quota:3}u:"));
  EXPECT_EQ(keys.Of(partition).Compacted(), keys.Compacted(3));
  EXPECT_THAT(keys.Of(partition).Record("t", "a"), AllOf(StartsWith("{quota:3}r:"), HasSubstr(partition)));
}

TEST(Keys, BeginARecordWithWhatRecordsOfItsTableBeginWith) {
  const Keys keys("quota");
  EXPECT_EQ(keys.Of("p").Record("t", "a"), keys.Of("p").RecordsOf("t") + "a");
}

}  // namespace
}  // namespace jiebang::store::redis
