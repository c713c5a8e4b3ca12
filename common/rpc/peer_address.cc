#include "common/rpc/peer_address.h"

#include <cctype>

namespace jiebang::rpc {
namespace {

constexpr std::size_t kLongestOther = 64;

// RFC 3986, 2.1. An escape that is none stays.
std::string PercentDecoded(std::string_view text) {
  const auto digit = [](char symbol) {
    return std::isdigit(static_cast<unsigned char>(symbol)) ? symbol - '0' : (symbol | 0x20) - 'a' + 10;
  };
  const auto is_hex = [](char symbol) { return std::isxdigit(static_cast<unsigned char>(symbol)) != 0; };
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && is_hex(text[i + 1]) && is_hex(text[i + 2])) {
      decoded.push_back(static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2])));
      i += 2;
    } else {
      decoded.push_back(text[i]);
    }
  }
  return decoded;
}

}  // namespace

std::string AddressOfPeer(std::string_view peer) {
  if (peer.starts_with("unix:") || peer.starts_with("unix-abstract:")) return "unix";
  if (peer.starts_with("ipv4:")) {
    const std::string_view address = peer.substr(5);
    return std::string(address.substr(0, address.rfind(':')));
  }
  if (peer.starts_with("ipv6:")) {
    const std::string address = PercentDecoded(peer.substr(5));
    const std::size_t end = address.rfind(']');
    if (address.starts_with('[') && end != std::string::npos) return address.substr(1, end - 1);
  }
  return std::string(peer.substr(0, kLongestOther));
}

}  // namespace jiebang::rpc
