#include "common/store/location.h"

#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace jiebang::store {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

TEST(ParseLocation, TakesAFileOfSqlite) {
  EXPECT_THAT(ParseLocation("sqlite:/var/lib/quota.db"), IsOkAndHolds(Location(SqliteLocation{"/var/lib/quota.db"})));
  EXPECT_THAT(ParseLocation("sqlite:quota.db"), IsOkAndHolds(Location(SqliteLocation{"quota.db"})));
}

TEST(ParseLocation, TakesAServerOfRedis) {
  EXPECT_THAT(ParseLocation("redis://redis.internal:6380/quota"),
              IsOkAndHolds(Location(RedisLocation{.addresses = {{"redis.internal", 6380}}, .prefix = "quota"})));
  EXPECT_THAT(ParseLocation("redis://[fd00::1]:6380/quota"),
              IsOkAndHolds(Location(RedisLocation{.addresses = {{"fd00::1", 6380}}, .prefix = "quota"})));
  EXPECT_THAT(ParseLocation("redis://q@host/quota?password_file=/run/secret&weak_durability=allowed"),
              IsOkAndHolds(Location(RedisLocation{.addresses = {{"host", 6379}},
                                                  .prefix = "quota",
                                                  .user = "q",
                                                  .password_file = "/run/secret",
                                                  .allow_weak_durability = true})));
}

TEST(ParseLocation, TakesAPrimaryBehindSentinels) {
  EXPECT_THAT(ParseLocation("redis+sentinel://a,b:26380,[fd00::1]:1/quota?master=jiebang&replicas=2&sentinel_user=s&"
                            "sentinel_password_file=/run/sentinel"),
              IsOkAndHolds(Location(RedisLocation{.kind = RedisLocation::Kind::kSentinel,
                                                  .addresses = {{"a", 26379}, {"b", 26380}, {"fd00::1", 1}},
                                                  .master = "jiebang",
                                                  .prefix = "quota",
                                                  .sentinel_user = "s",
                                                  .sentinel_password_file = "/run/sentinel",
                                                  .replicas = 2})));
}

TEST(ParseLocation, TakesACluster) {
  EXPECT_THAT(ParseLocation("redis+cluster://q@a:7000,b/quota?password_file=/run/secret"),
              IsOkAndHolds(Location(RedisLocation{.kind = RedisLocation::Kind::kCluster,
                                                  .addresses = {{"a", 7000}, {"b", 6379}},
                                                  .prefix = "quota",
                                                  .user = "q",
                                                  .password_file = "/run/secret",
                                                  .replicas = 1})));
}

TEST(ParseLocation, GivesEachServiceOfASuiteAPrefixOfItsOwn) {
  const RedisLocation suite{.addresses = {{"a", 6379}}, .prefix = "jiebang", .password_file = "/run/secret"};
  RedisLocation quota = suite;
  quota.prefix = "jiebang-quota";
  EXPECT_EQ(LocationOf(suite, "quota"), quota);
}

TEST(ParseLocation, TakesASocketOfRedis) {
  EXPECT_THAT(ParseLocation("redis+unix:/run/redis.sock?prefix=quota"),
              IsOkAndHolds(Location(RedisLocation{.unix_socket = "/run/redis.sock", .prefix = "quota"})));
}

struct WrongLocation {
  const char* text;
  const char* why;
};

class WrongLocations : public testing::TestWithParam<WrongLocation> {};

TEST_P(WrongLocations, AreRefusedWithTheReason) {
  EXPECT_THAT(ParseLocation(GetParam().text), StatusIs(absl::StatusCode::kInvalidArgument,
                                                       AllOf(HasSubstr(GetParam().text), HasSubstr(GetParam().why))));
}

TEST(ParseLocation, RefusesAPasswordWithoutRepeatingIt) {
  EXPECT_THAT(
      ParseLocation("redis://quota:secret@host/quota"),
      StatusIs(absl::StatusCode::kInvalidArgument, AllOf(HasSubstr("password_file"), Not(HasSubstr("secret")))));
}

INSTANTIATE_TEST_SUITE_P(
    ParseLocation, WrongLocations,
    testing::Values(WrongLocation{"", "want sqlite:"}, WrongLocation{"/var/lib/quota.db", "want sqlite:"},
                    WrongLocation{"sqlite:", "no file"}, WrongLocation{"redis://", "no host"},
                    WrongLocation{"redis://:6379/quota", "no host"}, WrongLocation{"redis://host", "no prefix"},
                    WrongLocation{"redis://host/", "no prefix"}, WrongLocation{"redis://host:0/quota", "port"},
                    WrongLocation{"redis://host:65536/quota", "port"}, WrongLocation{"redis://host:six/quota", "port"},
                    WrongLocation{"redis://[fd00::1/quota", "no ]"}, WrongLocation{"redis://host/a{b}", "braces"},
                    WrongLocation{"redis://host/quota?db=3", "unknown option \"db=3\""},
                    WrongLocation{"redis://a,b/quota", "several addresses"},
                    WrongLocation{"redis://a/quota?master=m", "unknown option"},
                    WrongLocation{"redis://a/quota?replicas=-1", "replicas is no number"},
                    WrongLocation{"redis+sentinel://a/quota", "no ?master="},
                    WrongLocation{"redis+sentinel://a,/quota?master=m", "no host"},
                    WrongLocation{"redis+sentinel://a/quota?master=m&replicas=0", "what no replica has"},
                    WrongLocation{"redis+cluster://a/quota?replicas=0", "what no replica has"},
                    WrongLocation{"redis+unix:?prefix=quota", "no socket"},
                    WrongLocation{"redis+unix:/run/redis.sock", "no prefix"}));

}  // namespace
}  // namespace jiebang::store
