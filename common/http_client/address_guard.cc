#include "common/http_client/address_guard.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace jiebang::http {
namespace {

namespace ip = boost::asio::ip;

// https://www.iana.org/assignments/iana-ipv4-special-registry, with multicast and the former class E.
constexpr const char* kSpecialV4[] = {
    "0.0.0.0/8",       "10.0.0.0/8",    "100.64.0.0/10",   "127.0.0.0/8",     "169.254.0.0/16", "172.16.0.0/12",
    "192.0.0.0/24",    "192.0.2.0/24",  "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16",
    "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",  "224.0.0.0/4",    "240.0.0.0/4"};

// https://www.iana.org/assignments/iana-ipv6-special-registry, as far as it lies within 2000::/3: protocol assignments
// with Teredo, documentation, 6to4, AS112, documentation, segment routing.
constexpr const char* kGlobalV6 = "2000::/3";
constexpr const char* kSpecialV6[] = {"2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20"};

bool Holds(const ip::network_v4& network, const ip::address_v4& address) {
  return ip::network_v4(address, network.prefix_length()).canonical() == network.canonical();
}

bool Holds(const ip::network_v6& network, const ip::address_v6& address) {
  return ip::network_v6(address, network.prefix_length()).canonical() == network.canonical();
}

bool IsPublic(const ip::address_v4& address) {
  return std::none_of(std::begin(kSpecialV4), std::end(kSpecialV4),
                      [&](const char* network) { return Holds(ip::make_network_v4(network), address); });
}

bool IsPublic(const ip::address_v6& address) {
  return Holds(ip::make_network_v6(kGlobalV6), address) &&
         std::none_of(std::begin(kSpecialV6), std::end(kSpecialV6),
                      [&](const char* network) { return Holds(ip::make_network_v6(network), address); });
}

// An IPv4 address in disguise as what it is.
ip::address Plain(const ip::address& address) {
  if (!address.is_v6() || !address.to_v6().is_v4_mapped()) return address;
  return ip::make_address_v4(ip::v4_mapped, address.to_v6());
}

}  // namespace

absl::StatusOr<AddressGuard> AddressGuard::Allowing(const std::vector<std::string>& networks) {
  AddressGuard guard;
  for (const std::string& network : networks) {
    boost::system::error_code no_v4;
    boost::system::error_code no_v6;
    const ip::network_v4 v4 = ip::make_network_v4(network, no_v4);
    const ip::network_v6 v6 = ip::make_network_v6(network, no_v6);
    if (no_v4 && no_v6) {
      return absl::InvalidArgumentError(absl::StrCat(network, ": want a network, e.g. 10.20.0.0/16"));
    }
    if (!no_v4) guard.v4_.push_back(v4);
    if (!no_v6) guard.v6_.push_back(v6);
  }
  return guard;
}

bool AddressGuard::IsNamed(const ip::address& address) const {
  const ip::address plain = Plain(address);
  if (plain.is_v4()) {
    return std::any_of(v4_.begin(), v4_.end(), [&](const auto& network) { return Holds(network, plain.to_v4()); });
  }
  return std::any_of(v6_.begin(), v6_.end(), [&](const auto& network) { return Holds(network, plain.to_v6()); });
}

bool AddressGuard::Allows(const ip::address& address) const {
  if (IsNamed(address)) return true;
  const ip::address plain = Plain(address);
  return plain.is_v4() ? IsPublic(plain.to_v4()) : plain.to_v6().scope_id() == 0 && IsPublic(plain.to_v6());
}

}  // namespace jiebang::http
