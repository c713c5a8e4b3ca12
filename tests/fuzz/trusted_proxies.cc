// What a proxy says of its client: x-forwarded-for and x-client-cert.
#include "services/gateway/identity/trusted_proxies.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "tests/fuzz/must.h"
#include "tests/fuzz/parts.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace jiebang;  // NOLINT: a target's only file
  fuzz::Parts input(data, size);
  const auto proxies = gateway::TrustedProxies::Of({"10.0.0.0/8", "2001:db8::/33", "unix", std::string(input.Line())});
  const std::string_view peer = input.Line();
  const std::string_view forwarded_for = input.Line();
  if (!proxies.ok()) {
    fuzz::Must(absl::IsInvalidArgument(proxies.status()), "ranges are good or INVALID_ARGUMENT");
    return 0;
  }
  const gateway::Origin origin = proxies->OriginOf(peer, forwarded_for, input.Rest());
  if (!proxies->Trusts(peer)) {
    fuzz::Must(origin.address == peer && origin.client_certificate.empty(), "who is not trusted is believed nothing");
    return 0;
  }
  if (!proxies->Trusts(origin.address)) {
    const std::string more = absl::StrCat("192.0.2.99,", std::string(forwarded_for));
    fuzz::Must(proxies->OriginOf(peer, more, "").address == origin.address, "a client cannot write its own address");
  }
  if (origin.address == peer) return 0;
  const auto again = gateway::TrustedProxies::Of({origin.address});
  fuzz::Must(again.ok() && again->Trusts(origin.address), "an origin is an address, written in one way");
  return 0;
}
