// Whom the gateway believes about others: the proxies that end TLS in front of it. From anybody else the headers that
// say from where a call comes, and whose certificate it showed, are text that anybody can write, and are not looked at.
#ifndef JIEBANG_SERVICES_GATEWAY_IDENTITY_TRUSTED_PROXIES_H_
#define JIEBANG_SERVICES_GATEWAY_IDENTITY_TRUSTED_PROXIES_H_

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace jiebang::gateway {

inline constexpr char kForwardedForHeader[] = "x-forwarded-for";
// PEM, URL-encoded as nginx's $ssl_client_escaped_cert is; empty: the client showed none.
inline constexpr char kClientCertificateHeader[] = "x-client-cert";

// From where a call really comes.
struct Origin {
  std::string address;             // without a port
  std::string client_certificate;  // PEM, verified by a trusted proxy; empty: none
};

// Immutable, thread-safe.
class TrustedProxies {
 public:
  TrustedProxies() = default;

  // "10.0.0.0/8", "192.0.2.7", "2001:db8::/32", or "unix" for whoever may open the gateway's unix socket.
  // INVALID_ARGUMENT naming what is none of these, or has bits behind its prefix.
  static absl::StatusOr<TrustedProxies> Of(const std::vector<std::string>& ranges);

  // Whether the headers of this peer are believed; `address` as rpc::AddressOfPeer says it.
  bool Trusts(std::string_view address) const;

  // For a peer that is trusted: the right-most address of `forwarded_for` that is no trusted proxy's, which is the last
  // one that somebody we trust has seen, and the certificate. For any other peer: its own address, and nothing else.
  // The headers as sent; one that was sent several times: all of it, in order, joined by commas.
  Origin OriginOf(std::string_view peer, std::string_view forwarded_for, std::string_view client_certificate) const;

 private:
  // An IPv6 address; one of IPv4 is mapped into it (RFC 4291, 2.5.5.2).
  using Address = std::array<std::uint8_t, 16>;
  struct Range {
    Address begin;
    int bits = 0;
  };

  bool Holds(const Address& address) const;

  std::vector<Range> ranges_;
  bool trusts_unix_ = false;
};

}  // namespace jiebang::gateway

#endif  // JIEBANG_SERVICES_GATEWAY_IDENTITY_TRUSTED_PROXIES_H_
