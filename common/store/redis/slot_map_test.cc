#include "common/store/redis/slot_map.h"

#include <string>

#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace jiebang::store::redis {
namespace {

using testing::ElementsAre;
using testing::Field;
using testing::Optional;
using testing::Pointee;

const Endpoint kA{.host = "a", .port = 1};
const Endpoint kB{.host = "b", .port = 2};

Reply ErrorReply(std::string text) { return {.type = Reply::Type::kError, .text = std::move(text)}; }
Reply Number(std::int64_t number) { return {.type = Reply::Type::kInteger, .integer = number}; }
Reply Text(std::string text) { return {.type = Reply::Type::kText, .text = std::move(text)}; }
Reply List(std::vector<Reply> elements) { return {.type = Reply::Type::kArray, .elements = std::move(elements)}; }

// As CLUSTER KEYSLOT says it.
TEST(SlotOf, IsWhatAClusterSays) {
  EXPECT_EQ(SlotOf("123456789"), 12739);
  EXPECT_EQ(SlotOf("foo"), 12182);
  EXPECT_EQ(SlotOf("{user1000}.following"), SlotOf("user1000"));
  EXPECT_EQ(SlotOf("foo{}{bar}"), 8363) << "nothing stands between the first braces, so all of it counts";
  EXPECT_EQ(SlotOf("foo{{bar}}zap"), SlotOf("{bar"));
}

TEST(SlotMap, SendsARangeToOneServerAndLeavesTheOthersWhereTheyWere) {
  SlotMap map(kA);
  map.Assign(100, 200, kB);
  EXPECT_THAT(map.Find(99), Pointee(kA));
  EXPECT_THAT(map.Find(100), Pointee(kB));
  EXPECT_THAT(map.Find(200), Pointee(kB));
  EXPECT_THAT(map.Find(201), Pointee(kA));
  map.Assign(150, 150, kA);
  EXPECT_THAT(map.Find(149), Pointee(kB));
  EXPECT_THAT(map.Find(150), Pointee(kA));
  EXPECT_THAT(map.Find(151), Pointee(kB));
  map.Assign(0, kSlots - 1, kB);
  EXPECT_THAT(map.Primaries(), ElementsAre(kB));
}

TEST(SlotMap, KnowsNobodyWhereNobodyWasNamed) {
  SlotMap map;
  EXPECT_EQ(map.Find(0), nullptr);
  map.Assign(5, 6, kA);
  EXPECT_EQ(map.Find(4), nullptr);
  EXPECT_THAT(map.Find(5), Pointee(kA));
  EXPECT_EQ(map.Find(7), nullptr);
}

TEST(SlotMap, ReadsWhatAServerOfAClusterSays) {
  const Reply reply = List({List({Number(0), Number(99), List({Text("b"), Number(2)}), List({Text("c"), Number(3)})}),
                            List({Number(100), Number(16383), List({Text(""), Number(7)})})});
  ASSERT_OK_AND_ASSIGN(const SlotMap map, SlotMap::FromReply(reply, kA));
  EXPECT_THAT(map.Find(99), Pointee(kB));
  EXPECT_THAT(map.Find(100), Pointee(Endpoint{.host = "a", .port = 7})) << "no host: the one that was asked";
  EXPECT_THAT(map.replicas(), ElementsAre(Endpoint{.host = "c", .port = 3}));
}

TEST(SlotMap, RefusesWhatIsNoList) {
  for (const Reply& reply :
       {Text("?"), List({Text("?")}), List({List({Number(5), Number(4), List({Text("b"), Number(2)})})}),
        List({List({Number(0), Number(16384), List({Text("b"), Number(2)})})}),
        List({List({Number(0), Number(1), List({Text("b"), Number(0)})})})}) {
    EXPECT_THAT(SlotMap::FromReply(reply, kA), StatusIs(absl::StatusCode::kInternal));
  }
}

TEST(Redirection, IsReadFromTheErrorOfAServer) {
  using Kind = Redirection::Kind;
  const auto is = [](Kind kind, int slot, Endpoint endpoint) {
    return Optional(testing::AllOf(Field(&Redirection::kind, kind), Field(&Redirection::slot, slot),
                                   Field(&Redirection::endpoint, std::move(endpoint))));
  };
  EXPECT_THAT(RedirectionOf(ErrorReply("MOVED 3999 b:2"), kA), is(Kind::kMoved, 3999, kB));
  EXPECT_THAT(RedirectionOf(ErrorReply("ASK 3999 fd00::1:2"), kA),
              is(Kind::kAsk, 3999, {.host = "fd00::1", .port = 2}));
  EXPECT_THAT(RedirectionOf(ErrorReply("MOVED 1 :9"), kA), is(Kind::kMoved, 1, {.host = "a", .port = 9}));
  EXPECT_THAT(RedirectionOf(ErrorReply("TRYAGAIN Multiple keys request during rehashing of slot"), kA),
              Optional(Field(&Redirection::kind, Kind::kTryAgain)));
  for (const char* const other : {"MOVED", "MOVED x b:2", "MOVED 16384 b:2", "MOVED 1 b", "ERR MOVED 1 b:2", "OOM"}) {
    EXPECT_EQ(RedirectionOf(ErrorReply(other), kA), std::nullopt) << other;
  }
  EXPECT_EQ(RedirectionOf(Text("MOVED 3999 b:2"), kA), std::nullopt) << "a value is no error";
}

}  // namespace
}  // namespace jiebang::store::redis
