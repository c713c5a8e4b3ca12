#include "common/http_client/address_guard.h"

#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace jiebang::http {
namespace {

using boost::asio::ip::make_address;

class RefusedAddress : public testing::TestWithParam<const char*> {};

TEST_P(RefusedAddress, IsNotOfThePublicInternet) { EXPECT_FALSE(AddressGuard().Allows(make_address(GetParam()))); }

INSTANTIATE_TEST_SUITE_P(AllKinds, RefusedAddress,
                         testing::Values("0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.255.255.254",
                                         "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.8", "192.0.2.1",
                                         "192.168.1.1", "198.19.0.1", "198.51.100.7", "203.0.113.9", "224.0.0.1",
                                         "239.1.1.1", "240.0.0.1", "255.255.255.255", "::", "::1", "fe80::1",
                                         "fe80::1%1", "fc00::1", "fd12:3456::1", "ff02::1", "::ffff:127.0.0.1",
                                         "::ffff:10.0.0.1", "::7f00:1", "64:ff9b::7f00:1", "2001:db8::1",
                                         "2002:7f00:1::1", "2001:0:7f00:1::1", "3fff::1"));

class PublicAddress : public testing::TestWithParam<const char*> {};

TEST_P(PublicAddress, IsAllowed) { EXPECT_TRUE(AddressGuard().Allows(make_address(GetParam()))); }

INSTANTIATE_TEST_SUITE_P(SomeKinds, PublicAddress,
                         testing::Values("1.1.1.1", "114.114.114.114", "172.15.0.1", "172.32.0.1", "100.128.0.1",
                                         "223.5.5.5", "240e::1", "2400:3200::1", "::ffff:223.5.5.5"));

TEST(AddressGuardTest, TheOperatorsNetworksAreAllowedInEitherSpelling) {
  const auto guard = AddressGuard::Allowing({"10.20.0.0/16", "fd00:1::/32"});
  ASSERT_THAT(guard, IsOk());
  EXPECT_TRUE(guard->Allows(make_address("10.20.255.1")));
  EXPECT_TRUE(guard->Allows(make_address("::ffff:10.20.0.1")));
  EXPECT_TRUE(guard->Allows(make_address("fd00:1::5")));
  EXPECT_FALSE(guard->Allows(make_address("10.21.0.1")));
  EXPECT_FALSE(guard->Allows(make_address("fd00:2::5")));
  EXPECT_FALSE(guard->IsNamed(make_address("223.5.5.5")));
}

TEST(AddressGuardTest, RefusesWhatIsNoNetwork) {
  for (const char* const network : {"10.0.0.1", "10.0.0.0/33", "localhost/8", ""}) {
    EXPECT_EQ(AddressGuard::Allowing({network}).status().code(), absl::StatusCode::kInvalidArgument) << network;
  }
}

}  // namespace
}  // namespace jiebang::http
