#include "common/http_client/url.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "boost/asio/ip/address.hpp"

namespace jiebang::http {
namespace {

constexpr std::uint16_t kHttpPort = 80;
constexpr std::uint16_t kHttpsPort = 443;

absl::Status Malformed(const char* what) { return absl::InvalidArgumentError(what); }

bool TakePrefix(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

// A label of a host name: letters, digits and hyphens, none at either end.
bool IsLabel(std::string_view label) {
  return !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' &&
         std::all_of(label.begin(), label.end(), [](unsigned char c) { return absl::ascii_isalnum(c) || c == '-'; });
}

// A name whose last label is a number is how some resolvers read an address (`127.1`, `0x7f.0.0.1`): refused, so that
// an address is written in one way.
bool IsHostName(std::string_view host) {
  const std::vector<std::string> labels = absl::StrSplit(std::string(host), '.');
  return host.size() <= 253 && std::all_of(labels.begin(), labels.end(), IsLabel) &&
         !absl::ascii_isdigit(static_cast<unsigned char>(labels.back().front()));
}

// A zone ("fe80::1%eth0") is one of this machine's and no part of an address that others know; Boost reads one that it
// does not know as none.
bool IsAddress(const std::string& host, bool is_bracketed) {
  boost::system::error_code failed;
  const auto address = boost::asio::ip::make_address(host, failed);
  return !failed && address.is_v6() == is_bracketed && host.find('%') == std::string::npos;
}

}  // namespace

absl::StatusOr<Url> Url::Parse(std::string_view text) {
  const bool is_plain = std::all_of(text.begin(), text.end(), [](unsigned char c) {
    return c > 0x20 && c < 0x7f && c != '\\' && c != '#' && c != '"' && c != '<' && c != '>';
  });
  if (!is_plain) return Malformed("want ASCII without spaces, quotes, backslashes and fragments");
  Url url;
  if (TakePrefix(text, "https://")) {
    url.port = kHttpsPort;
  } else if (TakePrefix(text, "http://")) {
    url.is_https = false;
    url.port = kHttpPort;
  } else {
    return Malformed("want https://...");
  }
  const std::size_t end = std::min(text.find_first_of("/?"), text.size());
  std::string_view authority = text.substr(0, end);
  const std::string_view rest = text.substr(end);
  url.target = absl::StrCat(rest.starts_with("/") ? "" : "/", std::string(rest));
  if (authority.find('@') != std::string_view::npos) return Malformed("want no user in it");

  const bool is_bracketed = TakePrefix(authority, "[");
  const std::size_t host_end = is_bracketed ? authority.find(']') : std::min(authority.find(':'), authority.size());
  if (host_end == std::string_view::npos) return Malformed("a bracket is not closed");
  url.host = absl::AsciiStrToLower(std::string(authority.substr(0, host_end)));
  authority.remove_prefix(host_end + (is_bracketed ? 1 : 0));
  if (!IsAddress(url.host, is_bracketed) && (is_bracketed || !IsHostName(url.host))) {
    return Malformed("want the name or the address of a host");
  }
  if (authority.empty()) return url;
  int port = 0;
  if (!TakePrefix(authority, ":") || authority.empty() || authority.size() > 5 ||
      !std::all_of(authority.begin(), authority.end(), absl::ascii_isdigit) ||
      !absl::SimpleAtoi(std::string(authority), &port) || port < 1 || port > 65535) {
    return Malformed("want a port of 1 to 65535");
  }
  url.port = static_cast<std::uint16_t>(port);
  return url;
}

std::string Url::Authority() const {
  const bool is_v6 = host.find(':') != std::string::npos;
  const std::string name = is_v6 ? absl::StrCat("[", host, "]") : host;
  return port == (is_https ? kHttpsPort : kHttpPort) ? name : absl::StrCat(name, ":", port);
}

}  // namespace jiebang::http
