#include "services/gateway/identity/trusted_proxies.h"

#include <arpa/inet.h>
#include <string.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace jiebang::gateway {
namespace {

using IpBytes = std::array<std::uint8_t, 16>;

constexpr char kUnix[] = "unix";
constexpr int kMappedBits = 96;  // before an IPv4 address within an IPv6 one

// As inet_pton reads it; one of IPv4, mapped or not, as its mapping. nullopt: it is none.
std::optional<IpBytes> ParseIp(std::string_view text) {
  const std::string terminated(text);
  IpBytes address = {};
  if (::inet_pton(AF_INET6, terminated.c_str(), address.data()) == 1) return address;
  address[10] = address[11] = 0xFF;
  if (::inet_pton(AF_INET, terminated.c_str(), address.data() + 12) == 1) return address;
  return std::nullopt;
}

bool IsMapped(const IpBytes& address) {
  static constexpr IpBytes kPrefix = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
  return std::equal(address.begin(), address.begin() + 12, kPrefix.begin());
}

std::string TextOf(const IpBytes& address) {
  char text[INET6_ADDRSTRLEN] = {};
  if (IsMapped(address)) {
    ::inet_ntop(AF_INET, address.data() + 12, text, sizeof text);
  } else {
    ::inet_ntop(AF_INET6, address.data(), text, sizeof text);
  }
  return text;
}

// One entry of x-forwarded-for: an address, perhaps with a port ("192.0.2.7:80", "[2001:db8::7]:80").
std::optional<IpBytes> ParseHop(std::string_view text) {
  const absl::string_view stripped = absl::StripAsciiWhitespace(absl::string_view(text.data(), text.size()));
  text = std::string_view(stripped.data(), stripped.size());
  if (text.starts_with('[')) return ParseIp(text.substr(1, text.find(']') - 1));
  if (std::count(text.begin(), text.end(), ':') == 1) text = text.substr(0, text.find(':'));
  return ParseIp(text);
}

bool SharesBits(const IpBytes& left, const IpBytes& right, int bits) {
  const int bytes = bits / 8;
  if (!std::equal(left.begin(), left.begin() + bytes, right.begin())) return false;
  return bits % 8 == 0 || (left[bytes] ^ right[bytes]) >> (8 - bits % 8) == 0;
}

// RFC 3986, 2.1. An escape that is none stays, and makes the PEM none.
std::string UrlDecoded(std::string_view text) {
  const auto digit = [](char c) { return absl::ascii_isdigit(c) ? c - '0' : (c | 0x20) - 'a' + 10; };
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && absl::ascii_isxdigit(text[i + 1]) &&
        absl::ascii_isxdigit(text[i + 2])) {
      decoded.push_back(static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2])));
      i += 2;
    } else {
      decoded.push_back(text[i]);
    }
  }
  return decoded;
}

}  // namespace

absl::StatusOr<TrustedProxies> TrustedProxies::Of(const std::vector<std::string>& ranges) {
  TrustedProxies proxies;
  for (const std::string& text : ranges) {
    if (text == kUnix) {
      proxies.trusts_unix_ = true;
      continue;
    }
    const std::size_t slash = text.find('/');
    const std::optional<Address> begin = ParseIp(std::string_view(text).substr(0, slash));
    const bool is_v4 = text.find(':') == std::string::npos;
    int bits = is_v4 ? 32 : 128;
    const bool has_bits = slash == std::string::npos ||
                          (absl::SimpleAtoi(text.substr(slash + 1), &bits) && bits >= 0 && bits <= (is_v4 ? 32 : 128));
    if (!begin || !has_bits) {
      return absl::InvalidArgumentError(
          absl::StrCat("trusted proxy \"", text, "\": want an address, a range such as 10.0.0.0/8, or unix"));
    }
    const Range range{*begin, is_v4 ? kMappedBits + bits : bits};
    for (int bit = range.bits; bit < 128; ++bit) {
      if ((range.begin[bit / 8] >> (7 - bit % 8) & 1) == 0) continue;
      return absl::InvalidArgumentError(absl::StrCat("trusted proxy \"", text, "\": it has bits behind its prefix"));
    }
    proxies.ranges_.push_back(range);
  }
  return proxies;
}

bool TrustedProxies::Holds(const Address& address) const {
  return absl::c_any_of(ranges_, [&](const Range& range) { return SharesBits(range.begin, address, range.bits); });
}

bool TrustedProxies::Trusts(std::string_view address) const {
  if (ranges_.empty() && !trusts_unix_) return false;
  if (address == kUnix) return trusts_unix_;
  const std::optional<Address> parsed = ParseIp(address);
  return parsed && Holds(*parsed);
}

Origin TrustedProxies::OriginOf(std::string_view peer, std::string_view forwarded_for,
                                std::string_view client_certificate) const {
  Origin origin{.address = std::string(peer)};
  if (!Trusts(peer)) return origin;
  origin.client_certificate = UrlDecoded(client_certificate);
  while (!forwarded_for.empty()) {
    const std::size_t comma = forwarded_for.rfind(',');
    const bool is_first = comma == std::string_view::npos;
    const std::optional<Address> hop = ParseHop(is_first ? forwarded_for : forwarded_for.substr(comma + 1));
    // What stands left of an entry that is no address was written by nobody that we trust.
    if (!hop) break;
    origin.address = TextOf(*hop);
    if (!Holds(*hop) || is_first) break;
    forwarded_for = forwarded_for.substr(0, comma);
  }
  return origin;
}

}  // namespace jiebang::gateway
