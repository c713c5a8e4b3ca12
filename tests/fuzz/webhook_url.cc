// Addresses of webhooks, and the networks that an operator allows.
#include <string>

#include "absl/strings/str_cat.h"
#include "common/http_client/address_guard.h"
#include "common/http_client/url.h"
#include "tests/fuzz/must.h"
#include "tests/fuzz/parts.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace jiebang;  // NOLINT: a target's only file
  namespace ip = boost::asio::ip;
  fuzz::Parts input(data, size);
  const auto url = http::Url::Parse(input.Line());
  const auto guard = http::AddressGuard::Allowing({std::string(input.Line())});
  fuzz::Must(guard.ok() || absl::IsInvalidArgument(guard.status()), "a network is good or INVALID_ARGUMENT");
  if (!url.ok()) {
    fuzz::Must(absl::IsInvalidArgument(url.status()), "a URL is good or INVALID_ARGUMENT");
    return 0;
  }
  fuzz::Must(url->port != 0 && url->target.starts_with("/"), "a URL has a port and a path");
  fuzz::Must(url->host.find_first_of("@/?#\\ \r\n[]%") == std::string::npos, "a host is a name or an address");
  const auto again =
      http::Url::Parse(absl::StrCat(url->is_https ? "https://" : "http://", url->Authority(), url->target));
  fuzz::Must(again.ok() && again->host == url->host && again->port == url->port && again->target == url->target,
             "what is written again reads as the same URL");

  boost::system::error_code is_name;
  const ip::address address = ip::make_address(url->host, is_name);
  if (is_name || !guard.ok()) return 0;
  fuzz::Must(guard->Allows(address) || !http::AddressGuard().Allows(address), "a named network takes nothing away");
  if (address.is_v6()) return 0;
  const ip::address disguised = ip::make_address_v6(ip::v4_mapped, address.to_v4());
  fuzz::Must(guard->Allows(address) == guard->Allows(disguised), "an address in disguise is what it is");
  return 0;
}
