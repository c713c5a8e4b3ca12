// Which addresses a server may be sent to by those who use it: the public internet, and what its operator names. Keeps
// an address that a user gave from reaching what stands beside us (server-side request forgery).
#ifndef JIEBANG_COMMON_HTTP_CLIENT_ADDRESS_GUARD_H_
#define JIEBANG_COMMON_HTTP_CLIENT_ADDRESS_GUARD_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "boost/asio/ip/address.hpp"
#include "boost/asio/ip/network_v4.hpp"
#include "boost/asio/ip/network_v6.hpp"

namespace jiebang::http {

// Immutable, thread-safe.
class AddressGuard {
 public:
  // Nothing but the public internet.
  AddressGuard() = default;

  // And these networks: "127.0.0.1/32", "10.20.0.0/16", "fd00::/8". INVALID_ARGUMENT, naming the one that is none.
  static absl::StatusOr<AddressGuard> Allowing(const std::vector<std::string>& networks);

  // One of the networks that the operator named holds the address.
  bool IsNamed(const boost::asio::ip::address& address) const;

  // IsNamed, or an address of the public internet: none of IANA's special-purpose registries (loopback, private,
  // link-local, shared, documentation, benchmarks, multicast, reserved), in IPv6 within 2000::/3 and no tunnel into
  // IPv4. An IPv4 address in an IPv6 one counts as what it is.
  bool Allows(const boost::asio::ip::address& address) const;

  bool names_any() const { return !v4_.empty() || !v6_.empty(); }

 private:
  std::vector<boost::asio::ip::network_v4> v4_;
  std::vector<boost::asio::ip::network_v6> v6_;
};

}  // namespace jiebang::http

#endif  // JIEBANG_COMMON_HTTP_CLIENT_ADDRESS_GUARD_H_
