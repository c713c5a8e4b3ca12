#include "common/rpc/peer_address.h"

#include <string>

#include "gtest/gtest.h"

namespace jiebang::rpc {
namespace {

TEST(PeerAddress, IsTheAddressWithoutThePort) {
  EXPECT_EQ(AddressOfPeer("ipv4:192.0.2.7:5678"), "192.0.2.7");
  EXPECT_EQ(AddressOfPeer("ipv6:%5B2001:db8::7%5D:5678"), "2001:db8::7");
  EXPECT_EQ(AddressOfPeer("ipv6:[::1]:5678"), "::1");
  EXPECT_EQ(AddressOfPeer("ipv6:%5Bfe80::1%25eth0%5D:5678"), "fe80::1%eth0");
}

TEST(PeerAddress, OfASocketOfThisMachineIsUnix) {
  EXPECT_EQ(AddressOfPeer("unix:"), "unix");
  EXPECT_EQ(AddressOfPeer("unix:/run/jiebang.sock"), "unix");
}

TEST(PeerAddress, LeavesWhatItDoesNotKnowAsItIs) {
  EXPECT_EQ(AddressOfPeer(""), "");
  EXPECT_EQ(AddressOfPeer("inproc"), "inproc");
  EXPECT_EQ(AddressOfPeer("ipv6:%5"), "ipv6:%5");
  EXPECT_EQ(AddressOfPeer("ipv6:%zz"), "ipv6:%zz");
  EXPECT_EQ(AddressOfPeer(std::string(1'000, 'x')), std::string(64, 'x'));
}

}  // namespace
}  // namespace jiebang::rpc
