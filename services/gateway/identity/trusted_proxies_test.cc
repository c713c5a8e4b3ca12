#include "services/gateway/identity/trusted_proxies.h"

#include "common/testing/status_matchers.h"
#include "gtest/gtest.h"

namespace jiebang::gateway {
namespace {

class TrustedProxiesTest : public testing::Test {
 protected:
  std::string AddressOf(const char* peer, const char* forwarded_for) const {
    return proxies_.OriginOf(peer, forwarded_for, "").address;
  }

  const TrustedProxies proxies_ = *TrustedProxies::Of({"10.0.0.0/8", "192.0.2.7", "2001:db8::/33", "unix"});
};

TEST_F(TrustedProxiesTest, AreThoseInTheRanges) {
  for (const char* peer :
       {"10.0.0.0", "10.255.255.255", "192.0.2.7", "2001:db8::1", "2001:db8:7fff::1", "unix", "::ffff:10.1.2.3"}) {
    EXPECT_TRUE(proxies_.Trusts(peer)) << peer;
  }
  for (const char* peer : {"11.0.0.0", "9.255.255.255", "192.0.2.8", "2001:db8:8000::1", "::1", "", "unix:/run/x",
                           "::10.0.0.1", "10.0.0.1 ", "0x0a.0.0.1", "::ffff:11.1.2.3"}) {
    EXPECT_FALSE(proxies_.Trusts(peer)) << peer;
  }
  EXPECT_FALSE(TrustedProxies().Trusts("10.0.0.1"));
  EXPECT_FALSE(TrustedProxies().Trusts("unix"));
}

TEST_F(TrustedProxiesTest, AreBelievedAboutTheLastOneThatTheySaw) {
  EXPECT_EQ(AddressOf("10.0.0.1", "203.0.113.5"), "203.0.113.5");
  EXPECT_EQ(AddressOf("10.0.0.1", "203.0.113.5, 10.2.2.2,192.0.2.7"), "203.0.113.5");
  EXPECT_EQ(AddressOf("10.0.0.1", "1.1.1.1, 203.0.113.5, 10.2.2.2"), "203.0.113.5") << "what a caller wrote itself";
  EXPECT_EQ(AddressOf("unix", "2001:DB8:8000::5"), "2001:db8:8000::5");
  EXPECT_EQ(AddressOf("10.0.0.1", "[2001:db8:8000::5]:443"), "2001:db8:8000::5");
  EXPECT_EQ(AddressOf("10.0.0.1", "203.0.113.5:443"), "203.0.113.5");
  EXPECT_EQ(AddressOf("10.0.0.1", "::ffff:203.0.113.5"), "203.0.113.5");
}

TEST_F(TrustedProxiesTest, SayNothingWhenTheySayNoAddress) {
  EXPECT_EQ(AddressOf("10.0.0.1", ""), "10.0.0.1");
  EXPECT_EQ(AddressOf("10.0.0.1", "10.3.3.3"), "10.3.3.3") << "a proxy that calls for itself";
  EXPECT_EQ(AddressOf("10.0.0.1", "203.0.113.5, unknown"), "10.0.0.1");
  EXPECT_EQ(AddressOf("10.0.0.1", "203.0.113.5, evil\n, 10.2.2.2"), "10.2.2.2");
  EXPECT_EQ(AddressOf("10.0.0.1", "203.0.113.5,"), "10.0.0.1");
  for (const char* odd : {",", ",,,", "[", "[]", "]", ":", "1.2.3", "1.2.3.4.5", "[::1", "999.1.1.1"}) {
    EXPECT_NE(AddressOf("10.0.0.1", odd), "") << odd;
  }
}

TEST_F(TrustedProxiesTest, AreTheOnlyOnesWhoAreBelieved) {
  const Origin origin = proxies_.OriginOf("203.0.113.9", "10.0.0.1, 192.0.2.7", "-----BEGIN%20CERTIFICATE-----");
  EXPECT_EQ(origin.address, "203.0.113.9");
  EXPECT_EQ(origin.client_certificate, "");
}

TEST_F(TrustedProxiesTest, PassACertificateOn) {
  const Origin origin = proxies_.OriginOf("10.0.0.1", "", "-----BEGIN%20CERTIFICATE-----%0AMII%2B/=%0a%zz%");
  EXPECT_EQ(origin.client_certificate, "-----BEGIN CERTIFICATE-----\nMII+/=\n%zz%");
  EXPECT_EQ(proxies_.OriginOf("10.0.0.1", "", "").client_certificate, "");
}

TEST(TrustedProxies, AreWrittenAsRanges) {
  for (const char* range :
       {"", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.1/8", "2001:db8::/129", "2001:db8::1/32",
        "proxy.internal", "10.0.0.0/8/8", "10.0.0.0/8x", "unix:/run/x", "10.0.0/8"}) {
    EXPECT_THAT(TrustedProxies::Of({range}), StatusIs(absl::StatusCode::kInvalidArgument)) << range;
  }
  EXPECT_THAT(TrustedProxies::Of({"0.0.0.0/0", "::/0", "2001:db8::1/128", "10.0.0.1/32"}), IsOk());
  EXPECT_FALSE(TrustedProxies::Of({"0.0.0.0/0"})->Trusts("2001:db8::1")) << "all of IPv4";
}

}  // namespace
}  // namespace jiebang::gateway
